"""How far two tables are apart."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ks_2samp

from epochal.data import diff, from_pandas, profile
from epochal.errors import InvalidParameterError

FLOATS = st.floats(-1e6, 1e6, allow_nan=False)


def one(a, b):
    return diff(pd.DataFrame({"a": a}), pd.DataFrame({"a": b}))["columns"][0]


@settings(max_examples=40, deadline=None)
@given(a=st.lists(FLOATS, min_size=1, max_size=60), b=st.lists(FLOATS, min_size=1, max_size=60))
def test_the_distance_of_small_tables_is_near_that_of_the_samples(a, b):
    """It lies between 0 and 1, and is 0 for a table and itself."""
    found = one(a, b)
    assert 0 <= found["ks"] <= 1
    assert found["psi"] >= 0
    assert (one(a, a)["ks"], one(a, a)["psi"]) == (0, 0)


@pytest.mark.parametrize(("shift", "scale"), [(0.0, 1.0), (0.3, 1.0), (0.0, 2.0), (3.0, 1.0)])
def test_the_distance_is_that_of_statistics(shift, scale):
    """The same as SciPy's on all values, to one part in a hundred."""
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=20_000), rng.normal(shift, scale, 20_000)
    assert one(a, b)["ks"] == pytest.approx(ks_2samp(a, b).statistic, abs=0.01)


def test_drift_is_told_by_a_word():
    """Stable, moderate or large, as the index says."""
    rng = np.random.default_rng(0)
    a = rng.normal(size=20_000)
    verdicts = [one(a, rng.normal(shift, 1, 20_000))["verdict"] for shift in (0, 0.4, 2)]
    assert verdicts == ["stable", "moderate", "large"]


def test_categories_that_come_and_go():
    """They are named; the distance is half the sum of the differences of shares."""
    found = one(["x"] * 5 + ["y"] * 5, ["x"] * 5 + ["z"] * 5)
    assert (found["appeared"], found["vanished"], found["distance"]) == (["z"], ["y"], 0.5)
    assert found["verdict"] == "large"
    assert one(["x", "y"], ["y", "x"])["psi"] == 0


def test_columns_that_come_and_go():
    """Also those of another type, and the numbers of rows."""
    found = diff(pd.DataFrame({"a": [1], "b": [1]}), pd.DataFrame({"b": ["x", "y"], "c": [1, 2]}))
    assert (found["added"], found["removed"], found["rows"]) == (["c"], ["a"], [1, 2])
    assert found["retyped"][0]["name"] == "b"
    assert found["columns"][0]["verdict"] == "unknown"


def test_empty_and_missing_columns():
    """Nothing is divided by zero."""
    found = one(np.array([], dtype=float), [1.0])
    assert (found["psi"], found["verdict"]) == (None, "unknown")
    assert one([np.nan, 1.0], [1.0, 1.0])["missing_share"] == [0.5, 0.0]
    assert one([None, None], [None, None])["verdict"] == "unknown"
    assert one(pd.Series([], dtype="str"), ["x"])["psi"] is None


def test_datasets_and_profiles_are_compared_too():
    """Whatever has a table or is a profile."""
    frame = pd.DataFrame({"a": [1, 2]})
    assert diff(from_pandas(frame), profile(frame)) == diff(frame, frame)
    with pytest.raises(InvalidParameterError):
        diff(frame, 3)
