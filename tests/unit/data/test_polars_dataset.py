"""Datasets of polars."""

import datetime as dt
import json

import polars as pl
import pytest

from epochal import data
from epochal.errors import InvalidParameterError


def test_it_describes_itself():
    """Types of polars become those of schemas; a column of nulls alone is optional."""
    frame = pl.DataFrame(
        {"a": [1, 2], "b": ["x", None], "c": [[1.5], []], "d": [{"p": True}, {"p": False}]},
    ).with_columns(e=pl.lit(None, pl.Float32), f=pl.lit(dt.date(2024, 1, 1)))
    told = data.from_polars(frame, "x.parquet", targets="a", name="n").to_dict()
    columns = {c["name"]: c for c in json.loads(told["schema"])["mlflow_colspec"]}
    assert columns["a"] == {"name": "a", "type": "long", "required": True}
    assert columns["b"]["required"]
    assert columns["c"]["items"] == {"type": "double"}
    assert columns["d"]["properties"] == {"p": {"type": "boolean", "required": True}}
    assert columns["e"] == {"name": "e", "type": "float", "required": False}
    assert columns["f"]["type"] == "datetime"
    assert json.loads(told["profile"]) == {"num_rows": 2, "num_elements": 12}


def test_an_unknown_type_leaves_the_schema_open():
    """MLflow writes null then, and so do we."""
    frame = pl.DataFrame({"a": pl.Series([1], dtype=pl.UInt64)})
    dataset = data.from_polars(frame, "x")
    assert dataset.schema is None
    assert dataset.to_dict()["schema"] == "null"


def test_it_is_split_for_evaluation():
    """Models get what pandas has."""
    split = data.from_polars(pl.DataFrame({"a": [1], "y": [2]}), "x", targets="y").to_pyfunc()
    assert (list(split.inputs.columns), list(split.outputs)) == (["a"], [2])
    assert data.from_polars(pl.DataFrame({"a": [1]}), "x").to_pyfunc().outputs is None


def test_what_cannot_be_is_refused():
    """A lazy frame has to be collected first, and the error says so."""
    frame = pl.DataFrame({"a": [1]})
    with pytest.raises(InvalidParameterError, match=r"call collect\(\)"):
        data.from_polars(frame.lazy())
    with pytest.raises(InvalidParameterError, match="targets column 'b'"):
        data.from_polars(frame, targets="b")
    assert data.from_polars(frame, predictions="a").predictions == "a"
    assert data.from_polars(frame, predictions="a").df is frame
