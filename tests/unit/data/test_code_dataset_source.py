"""Data made by code."""

import pytest

from epochal.data.code_dataset_source import CodeDatasetSource
from epochal.errors import InvalidParameterError, NotSupportedError


def test_it_tells_who_ran_what():
    """The tags are those that a run of this process would get."""
    source = CodeDatasetSource.of_this_process()
    assert "mlflow.source.name" in source.to_dict()["tags"]
    assert CodeDatasetSource.from_json(source.to_json()).to_dict() == source.to_dict()


def test_code_cannot_be_asked_again():
    """Neither loaded nor named by a text."""
    with pytest.raises(NotSupportedError, match="run the code again"):
        CodeDatasetSource().load()
    with pytest.raises(InvalidParameterError, match="names no CodeDatasetSource"):
        CodeDatasetSource._resolve("x")
