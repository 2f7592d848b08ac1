"""Sources in Spark."""

import pytest

from epochal.data.spark_dataset_source import SparkDatasetSource
from epochal.errors import InvalidParameterError


def test_it_keeps_the_one_that_was_given():
    """A path, a table or a query."""
    for fields in ({"path": "p"}, {"table_name": "t"}, {"sql": "SELECT 1"}):
        source = SparkDatasetSource(**fields)
        assert source.to_dict() == fields
        assert SparkDatasetSource.from_json(source.to_json()).to_dict() == fields


def test_exactly_one_is_needed():
    """Neither none nor two."""
    for fields in ({}, {"path": "p", "sql": "s"}):
        with pytest.raises(InvalidParameterError, match="exactly one"):
            SparkDatasetSource(**fields)
