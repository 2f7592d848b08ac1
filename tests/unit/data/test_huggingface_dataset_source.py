"""Sources on the Hugging Face hub."""

import pytest

from epochal.data.huggingface_dataset_source import HuggingFaceDatasetSource
from epochal.errors import InvalidParameterError


def test_it_keeps_what_load_dataset_was_told():
    """All but whether to trust code, which everybody decides for themselves."""
    source = HuggingFaceDatasetSource("org/set", "small", split="train", trust_remote_code=True)
    kept = source.to_dict()
    assert kept["path"] == "org/set"
    assert kept["split"] == "train"
    assert "trust_remote_code" not in kept
    assert HuggingFaceDatasetSource.from_json(source.to_json()).to_dict() == kept


def test_a_path_is_needed_and_nothing_is_said_twice():
    """The error names the argument."""
    with pytest.raises(InvalidParameterError, match="'path'"):
        HuggingFaceDatasetSource.from_json("{}")
    with pytest.raises(InvalidParameterError, match="split"):
        HuggingFaceDatasetSource("p").load(split="test")
