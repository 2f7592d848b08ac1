"""Schemas of tensors."""

import numpy as np
import pytest

from epochal.data.schema import TensorDatasetSchema
from epochal.data.types import Schema, TensorSpec
from epochal.errors import InvalidParameterError


def test_it_survives_its_spelling():
    """Also without targets."""
    features = Schema([TensorSpec(np.dtype("float64"), (-1, 2))])
    for schema in (TensorDatasetSchema(features), TensorDatasetSchema(features, features)):
        assert TensorDatasetSchema.from_dict(schema.to_dict()) == schema


def test_other_dictionaries_are_refused():
    """The error names the key that is lacking."""
    with pytest.raises(InvalidParameterError, match="mlflow_tensorspec"):
        TensorDatasetSchema.from_dict({"mlflow_colspec": []})
