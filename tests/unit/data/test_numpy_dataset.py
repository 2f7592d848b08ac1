"""Datasets of arrays."""

import json

import numpy as np
import pytest

from epochal import data
from epochal.data.schema import TensorDatasetSchema
from epochal.errors import InvalidParameterError


def test_it_describes_itself():
    """Shapes, sizes and types of features and targets."""
    dataset = data.from_numpy(np.ones((5, 2)), "s3://bucket/x.npy", np.zeros(5, "int32"))
    assert dataset.profile == {
        "features_shape": (5, 2),
        "features_size": 10,
        "features_nbytes": 80,
        "targets_shape": (5,),
        "targets_size": 5,
        "targets_nbytes": 20,
    }
    assert TensorDatasetSchema.from_dict(json.loads(dataset.to_dict()["schema"])) == dataset.schema
    assert (dataset.features.shape, dataset.targets.shape) == ((5, 2), (5,))
    assert dataset.to_pyfunc().outputs is dataset.targets


def test_dictionaries_of_arrays():
    """Each array has its own shape, under its name."""
    dataset = data.from_numpy({"a": np.ones(3), "b": np.ones((3, 2))}, "x")
    assert dataset.profile["features_shape"] == {"a": (3,), "b": (3, 2)}
    assert dataset.schema.features.input_names() == ["a", "b"]


def test_a_single_number_has_no_schema():
    """It has no rows; its digest is known all the same."""
    dataset = data.from_numpy(np.array(1.5), "x")
    assert dataset.schema is None
    assert dataset.to_dict()["schema"] is None


def test_lists_are_refused():
    """The error says what to give."""
    with pytest.raises(InvalidParameterError, match="must be a numpy array"):
        data.from_numpy([1, 2])
