"""Tables as columns, as files, and put together."""

from __future__ import annotations

import importlib.util

import pandas as pd
import pytest

from epochal.client import tables
from epochal.errors import InvalidParameterError, NotSupportedError


def test_frames_and_dictionaries_are_columns():
    """Rows may come as a DataFrame, as lists, or as single values."""
    assert tables.as_columns(pd.DataFrame({"a": [1, 2]})) == {"a": [1, 2]}
    assert tables.as_columns({"a": 1, 2: "x"}) == {"a": [1], "2": ["x"]}
    assert tables.as_columns({"a": (1, 2)}) == {"a": [1, 2]}


def test_missing_cells_are_empty():
    """Columns that one part has not are filled up."""
    grown = tables.append({"a": [1]}, {"a": [2], "b": [3]})
    assert grown == {"a": [1, 2], "b": [None, 3]}


def test_json_is_mlflows():
    """The file holds columns and rows, and comes back the same."""
    data = tables.encode({"a": [1], "b": ["x"]}, "t.json")
    assert data == b'{"columns": ["a", "b"], "data": [[1, "x"]]}'
    assert tables.decode(data, "t.json") == {"a": [1], "b": ["x"]}


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"columns": ["a"], "data": [[]]}', b"\xff"])
def test_files_that_are_no_tables(data):
    """A file that something else wrote is refused by name."""
    with pytest.raises(InvalidParameterError, match=r"t\.json"):
        tables.decode(data, "t.json")


def test_parquet_says_what_it_needs():
    """Without pyarrow the error names the package; with it the table comes back."""
    if importlib.util.find_spec("pyarrow") is None:
        with pytest.raises(NotSupportedError, match="pyarrow"):
            tables.encode({"a": [1]}, "t.parquet")
    else:
        assert tables.decode(tables.encode({"a": [1]}, "t.parquet"), "t.parquet") == {"a": [1]}


def test_the_tag_lists_each_table_once():
    """A second table is added, a known one is not, and rubbish is replaced."""
    tag = tables.noted_in_tag(None, "a.json")
    assert tables.noted_in_tag(tag, "a.json") is None
    assert '"b.json"' in str(tables.noted_in_tag(tag, "b.json"))
    assert tables.noted_in_tag("rubbish", "a.json") == tag
