"""Types of columns and their spelling."""

import json

import numpy as np
import pytest

from epochal.data.types import (
    AnyType,
    Array,
    ColSpec,
    DataType,
    Map,
    Object,
    Property,
    Schema,
    SparkMLVector,
    TensorSpec,
)
from epochal.errors import InvalidParameterError

NESTED = Schema(
    [
        ColSpec("long", "a"),
        ColSpec(Array(Map(DataType.string)), "b", required=False),
        ColSpec(Object([Property("y", AnyType(), required=False), Property("x", DataType.double)]), "c"),
        ColSpec(SparkMLVector(), "d"),
    ]
)  # fmt: skip


def test_a_schema_survives_its_json():
    """What was spelled is read again, nested types and missing values included."""
    assert Schema.from_json(NESTED.to_json()) == NESTED
    tensors = Schema([TensorSpec(np.dtype("float32"), (-1, 3), "x")])
    assert Schema.from_json(tensors.to_json()) == tensors
    assert tensors.is_tensor_spec()


def test_properties_are_kept_by_name():
    """The order in which an object's keys came does not matter."""
    x, y = Property("x", DataType.long), Property("y", DataType.long)
    assert Object([y, x]) == Object([x, y])
    assert list(Object([y, x]).to_dict()["properties"]) == ["x", "y"]


def test_it_reads_well():
    """People see names, types and whether a column is required."""
    shown = repr(NESTED)
    assert "'a': long (required)" in shown
    assert "Array(Map(str -> string))" in shown
    assert "{x: double (required), y: Any (optional)}" in shown


def test_names_and_types_of_inputs():
    """Columns without names are known by their positions."""
    assert NESTED.input_names() == ["a", "b", "c", "d"]
    unnamed = Schema([ColSpec("long")])
    assert (unnamed.input_names(), unnamed.has_input_names()) == ([0], False)
    assert unnamed.input_types() == [DataType.long]
    assert DataType.integer.to_numpy() == np.dtype("int32")
    assert len(unnamed) == len(list(unnamed)) == 1


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Schema([]), "at least one"),
        (lambda: Schema([ColSpec("long", "a"), ColSpec("long")]), "all inputs"),
        (lambda: Schema([ColSpec("long", required=False)]), "required"),
        (lambda: Schema([ColSpec("long", "a"), TensorSpec(np.dtype("int8"), (1,), "b")]), "both"),
        (lambda: ColSpec("lang", "a"), "'lang'"),
        (lambda: Object([Property("x", DataType.long)] * 2), "once"),
        (lambda: Schema.from_json("{"), "no schema"),
        (lambda: Schema.from_json(json.dumps([{"name": "a"}])), "no schema"),
    ],
)
def test_what_no_schema_can_be_is_refused(make, told):
    """The error says what was wrong."""
    with pytest.raises(InvalidParameterError, match=told):
        make()
