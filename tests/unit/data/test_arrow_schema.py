"""Schemas of Arrow tables."""

import pandas as pd
import pyarrow as pa
import pytest

from epochal.data.arrow_schema import schema_of_table
from epochal.data.inference import infer_schema
from epochal.data.tables import as_table


def test_it_is_that_of_the_frame():
    """For what both know, Arrow and pandas are told the same."""
    frame = pd.DataFrame(
        {
            "a": [1, 2],
            "b": ["x", None],
            "c": [1.5, 2.5],
            "d": [True, False],
            "e": pd.to_datetime(["2024", "2025"]),
            "f": [[1], [2]],
            "g": [{"p": 1}, {"p": 2}],
        }
    )
    assert schema_of_table(as_table(frame)) == infer_schema(frame)


@pytest.mark.parametrize(
    ("dtype", "shown"),
    [
        (pa.map_(pa.string(), pa.int64()), "Map(str -> long)"),
        (pa.dictionary(pa.int8(), pa.string()), "string"),
        (pa.large_list(pa.float32()), "Array(float)"),
        (pa.timestamp("ms", "UTC"), "datetime"),
    ],
)
def test_types_of_arrow(dtype, shown):
    """Nested and encoded ones too."""
    table = pa.table({"a": pa.array([], dtype)})
    assert str(schema_of_table(table).inputs[0].type) == shown or shown in repr(
        schema_of_table(table)
    )


def test_unknown_types_leave_it_open():
    """As with a table without columns."""
    assert schema_of_table(pa.table({"a": pa.array([1], pa.duration("s"))})) is None
    assert schema_of_table(pa.table({})) is None
