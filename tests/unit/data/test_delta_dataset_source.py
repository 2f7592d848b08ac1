"""Sources that are Delta tables."""

import pytest

from epochal.data.delta_dataset_source import DeltaDatasetSource
from epochal.errors import InvalidParameterError


def test_it_keeps_what_was_given():
    """A path or a name, with a version if there is one."""
    fields = {"path": "p", "delta_table_version": 3}
    source = DeltaDatasetSource.from_json(DeltaDatasetSource(**fields).to_json())
    assert source.to_dict() == fields
    assert (source.source_type, source.path, source.delta_table_version) == ("delta_table", "p", 3)


def test_exactly_one_place_is_needed():
    """Neither none nor two."""
    with pytest.raises(InvalidParameterError, match="exactly one"):
        DeltaDatasetSource()
    with pytest.raises(InvalidParameterError, match="exactly one"):
        DeltaDatasetSource("p", "t")
