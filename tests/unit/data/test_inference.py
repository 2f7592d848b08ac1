"""Schemas inferred from data."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from epochal.data.inference import infer_kind, infer_schema, merge_kinds
from epochal.data.types import AnyType, Array, ColSpec, DataType, Object, Property, Schema
from epochal.errors import InvalidParameterError


def kinds(frame):
    return {column.name: (column.type, column.required) for column in infer_schema(frame)}


def test_columns_of_a_frame():
    """Each dtype has its type; a missing value makes a column optional."""
    frame = pd.DataFrame(
        {
            "long": [1, 2],
            "double": [1.0, np.nan],
            "text": ["x", None],
            "flag": [True, False],
            "time": pd.to_datetime(["2024-01-01", "2024-01-02"], utc=True),
            "small": np.array([1, 2], dtype="uint8"),
            "list": [[1], [2, 3]],
            "nothing": [None, None],
        }
    )
    assert kinds(frame) == {
        "long": (DataType.long, True),
        "double": (DataType.double, False),
        "text": (DataType.string, False),
        "flag": (DataType.boolean, True),
        "time": (DataType.datetime, True),
        "small": (DataType.integer, True),
        "list": (Array(DataType.long), True),
        "nothing": (AnyType(), False),
    }


def test_objects_are_merged():
    """A key that only some rows have is optional."""
    frame = pd.DataFrame({"a": [{"p": 1, "q": "x"}, {"p": 2}]})
    expected = Object(
        [Property("p", DataType.long), Property("q", DataType.string, required=False)]
    )
    assert kinds(frame)["a"] == (expected, True)


def test_plain_values():
    """Dictionaries, lists and scalars have schemas too."""
    assert infer_schema({"a": 1, "b": ["x"]}) == Schema(
        [ColSpec("long", "a"), ColSpec(Array(DataType.string), "b")]
    )
    assert infer_schema([{"a": 1}, {"a": None}]) == Schema([ColSpec("long", "a", required=False)])
    assert infer_schema(["x"]) == Schema([ColSpec("string")])
    assert infer_schema([]) == Schema([ColSpec("string")])
    assert infer_schema(1.5) == Schema([ColSpec("double")])
    assert infer_schema(pd.Series([1], name="s")) == Schema([ColSpec("long", "s")])
    assert infer_kind(dt.date(2024, 1, 1)) is DataType.datetime


def test_missing_values_say_nothing_about_a_type():
    """Beside numbers they change nothing, beside objects they make keys optional."""
    assert merge_kinds(AnyType(), DataType.long) is DataType.long
    whole = Object([Property("p", DataType.long)])
    assert merge_kinds(whole, AnyType()) == Object([Property("p", DataType.long, required=False)])


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "twice"),
        (pd.DataFrame({"a": pd.to_timedelta([1], unit="s")}), "timedelta"),
        (pd.DataFrame({"a": [1, "x"]}), "one type"),
        (pd.DataFrame({"a": [1j]}), "complex"),
        (np.array(1.5), "no dimensions"),
        ({1: 2}, "must be text"),
        ([np.array([])], "no type"),
        (object(), "of none of the types"),
    ],
)
def test_what_no_schema_can_name_is_refused(data, told):
    """The error names the column or the value."""
    with pytest.raises(InvalidParameterError, match=told):
        infer_schema(data)


class _Field:
    def __init__(self, name, kind, **more) -> None:
        self.name = name
        self.dataType = type(kind, (), more)()
        self.nullable = False


def test_columns_of_spark():
    """Spark's types are known by their names, so that it need not be installed to be read."""
    struct = {"fields": [_Field("p", "DoubleType")]}
    fields = [
        _Field("a", "LongType"),
        _Field("b", "StructType", **struct),
        _Field("c", "ArrayType", elementType=_Field("", "StringType").dataType),
        _Field("d", "VectorUDT"),
    ]
    kind = type("DataFrame", (), {"__module__": "pyspark.sql.dataframe"})
    frame = kind()
    frame.schema = type("S", (), {"fields": fields})
    assert [str(column) for column in infer_schema(frame)] == [
        "'a': long (required)",
        "'b': {p: double (required)} (required)",
        "'c': Array(string) (required)",
        "'d': SparkML vector (required)",
    ]
    frame.schema.fields = [_Field("a", "IntervalType")]
    with pytest.raises(InvalidParameterError, match="IntervalType"):
        infer_schema(frame)
