"""What a table looks like."""

import decimal
import json

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from epochal.data.profiles import profile
from epochal.errors import InvalidParameterError


def column(data, name="a"):
    told = profile(data)
    json.dumps(told, allow_nan=False)
    return next(each for each in told["columns"] if each["name"] == name)


def test_numbers_keep_their_distribution():
    """Moments are exact; the quantiles are those of the values."""
    values = np.random.default_rng(0).exponential(size=10_001)
    found = column(pd.DataFrame({"a": values}))
    assert found["kind"] == "number"
    assert found["mean"] == pytest.approx(values.mean())
    assert found["std"] == pytest.approx(values.std())
    assert (found["min"], found["max"]) == (values.min(), values.max())
    assert found["quantiles"][128] == pytest.approx(np.median(values))
    assert sum(found["histogram"]) == len(values)


def test_missing_and_infinite_numbers_are_counted_apart():
    """Neither spoils the moments."""
    found = column(pl.DataFrame({"a": [1.0, None, float("nan"), float("inf"), 3.0]}))
    assert (found["missing"], found["infinite"], found["mean"]) == (2, 1, 2.0)


def test_texts_keep_the_most_frequent():
    """The others are counted."""
    found = column(pd.DataFrame({"a": ["x"] * 3 + ["y"] * 2 + [None]}))
    assert found["kind"] == "category"
    assert (found["distinct"], found["missing"], found["others"]) == (2, 1, 0)
    assert found["top"] == [["x", 3], ["y", 2]]
    many = column(pd.DataFrame({"a": [str(n) for n in range(1000)]}))
    assert (len(many["top"]), many["others"]) == (50, 950)


@pytest.mark.parametrize(
    ("data", "kind", "missing"),
    [
        (pd.DataFrame({"a": pd.Series([], dtype="float64")}), "number", 0),
        (pd.DataFrame({"a": [None, None]}), "other", 2),
        (pd.DataFrame({"a": [np.nan, np.nan]}), "number", 2),
        (pd.DataFrame({"a": [1, "x", None]}), "category", 1),
        (pd.DataFrame({"a": pd.Categorical(["u", None])}), "category", 1),
        (pd.DataFrame({"a": [True, None]}), "category", 1),
        (pd.DataFrame({"a": pd.date_range("2024", periods=2, tz="Asia/Tokyo")}), "time", 0),
        (pd.DataFrame({"a": [[1], None]}), "other", 1),
        (pd.DataFrame({"a": [decimal.Decimal("1.5"), None]}), "number", 1),
        (pa.table({"a": pa.array([1, 2], pa.uint64())}), "number", 0),
        (pa.table({"a": pa.array([2**63 - 1, -(2**63)])}), "number", 0),
        (pa.table({"a": pa.array([1.7e308, -1.7e308])}), "number", 0),
        (pa.table({"a": pa.array(["x"], pa.large_string())}), "category", 0),
        (pa.table({"a": pa.array([1], pa.duration("s"))}), "other", 0),
    ],
)
def test_odd_columns(data, kind, missing):
    """Each has a kind, and can be written as JSON."""
    found = column(data)
    assert (found["kind"], found["missing"]) == (kind, missing)


def test_names_that_are_no_text():
    """They are shown as text."""
    assert column(pd.DataFrame([[1, 2]]), "0")["kind"] == "number"


def test_a_wide_table_has_a_small_profile():
    """Ten thousand columns are described in a few megabytes."""
    wide = pd.DataFrame(np.random.default_rng(0).normal(size=(50, 10_000)))
    assert len(json.dumps(profile(wide))) < 8_000_000


def test_what_is_no_table_is_refused():
    """The error says what is needed."""
    with pytest.raises(InvalidParameterError, match="table of pandas, polars or Arrow"):
        profile([1, 2])
