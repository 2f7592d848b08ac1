"""Tables as Arrow and as Parquet."""

import io

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from epochal.data.chunking import cut
from epochal.data.tables import as_table, preview, read_table, write_parquet
from epochal.errors import InvalidParameterError


def bytes_of(frame):
    return bytes(write_parquet(as_table(frame)))


def new_share(before, after):
    known = {chunk.digest for chunk in cut(before)}
    return sum(len(c.data) for c in cut(after) if c.digest not in known) / len(after)


def flights(rows=400_000):
    rng = np.random.default_rng(1)
    return pd.DataFrame(
        {
            "number": np.arange(rows),
            "delay": rng.normal(size=rows),
            "distance": rng.integers(50, 5000, rows),
            "carrier": rng.choice(["AA", "UA", "DL", "WN"], rows),
        }
    )


def test_a_table_comes_back_as_it_was():
    """With its index, categories, zones and nested values."""
    frame = pd.DataFrame(
        {
            "a": pd.Categorical(["u", "v"]),
            "b": pd.to_datetime(["2024-01-01", None], utc=True),
            "c": [[1, 2], None],
        },
        index=pd.Index(["x", "y"], name="key"),
    )
    back = read_table(io.BytesIO(bytes_of(frame)), "parquet").to_pandas()
    pd.testing.assert_frame_equal(back.drop(columns="c"), frame.drop(columns="c"))
    assert list(back["c"].iloc[0]) == [1, 2]
    table = pa.table({"a": [1]})
    assert as_table(table) is table
    assert as_table(pl.DataFrame({"a": [1]})).equals(table)


def test_equal_tables_are_equal_bytes():
    """So that the same content is the same version."""
    assert bytes_of(flights(5000)) == bytes_of(flights(5000))


def test_changed_rows_change_few_bytes():
    """One row in a hundred, in one region: overwritten, inserted or taken away."""
    before = flights()
    original = bytes_of(before)
    start, size = 123_456, 4000
    edited = before.copy()
    edited.loc[start : start + size, "delay"] = 0.5
    inserted = pd.concat([before[:start], before[:size], before[start:]], ignore_index=True)
    deleted = before.drop(index=range(start, start + size)).reset_index(drop=True)
    assert new_share(original, bytes_of(edited)) < 0.06
    assert new_share(original, bytes_of(inserted)) < 0.15
    assert new_share(original, bytes_of(deleted)) < 0.15


def test_what_cannot_be_kept_is_refused():
    """The error names the column and says what to do."""
    with pytest.raises(InvalidParameterError, match=r"astype\(str\)"):
        as_table(pd.DataFrame({"a": [1, "x"]}))
    with pytest.raises(InvalidParameterError, match="'a' is there twice"):
        as_table(pd.DataFrame([[1, 2]], columns=["a", "a"]))
    with pytest.raises(InvalidParameterError, match="not a list"):
        as_table([1])
    with pytest.raises(InvalidParameterError, match="cannot be read as parquet"):
        read_table(io.BytesIO(b"no table"), "parquet")
    assert as_table(pd.DataFrame({"a": [1, "x"]}), is_lossy=True)["a"].to_pylist() == ["1", "x"]


def test_pages_of_rows():
    """Any page, the same for both kinds of files; beyond the end there are none."""
    frame = flights(1000)
    parquet = bytes_of(frame)
    csv = frame.to_csv(index=False).encode()
    names, rows = preview(io.BytesIO(parquet), "parquet", 990, 20)
    assert names == list(frame.columns)
    assert [row[0] for row in rows] == list(range(990, 1000))
    names, rows = preview(io.BytesIO(csv), "csv", 5, 2)
    assert (names, [row[0] for row in rows]) == (list(frame.columns), ["5", "6"])
    assert preview(io.BytesIO(parquet), "parquet", 1000, 5)[1] == []
    assert preview(io.BytesIO(b""), "csv", 0, 5) == ([], [])


def test_cells_are_what_json_can_spell():
    """Infinities, large whole numbers, bytes and times become text."""
    table = pa.table(
        {
            "a": [float("inf"), float("nan"), None],
            "b": [2**60, 1, None],
            "c": [b"x", b"y", None],
            "d": [[1.5], [], None],
            "e": [{"p": pd.Timestamp("2024-01-01")}, None, None],
            "f": [True, False, None],
        }
    )
    _, rows = preview(io.BytesIO(bytes(write_parquet(table))), "parquet", 0, 3)
    assert rows[0] == ["inf", str(2**60), "b'x'", [1.5], {"p": "2024-01-01 00:00:00"}, True]
    assert rows[1][:2] == ["nan", 1]
    assert rows[2] == [None] * 6


def test_files_without_rows_are_refused():
    """Damaged ones too."""
    with pytest.raises(InvalidParameterError, match="'npy' has no rows"):
        preview(io.BytesIO(b""), "npy", 0, 1)
    with pytest.raises(InvalidParameterError, match="cannot be read"):
        preview(io.BytesIO(b"no table"), "parquet", 0, 1)
    with pytest.raises(InvalidParameterError, match="cannot be read"):
        preview(io.BytesIO(b'a\n"' + b"x" * 200_000 + b'"\n'), "csv", 0, 1)
