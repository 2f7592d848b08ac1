from __future__ import annotations

import math
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.entities import Points
from epochal.series.summary import combine, rank, summarize
from unit.series.series_strategies import FEW_POINTS, named

SOME = FEW_POINTS.filter(bool)


def summary(points):
    return summarize(named(points, ["loss"]))[0]


def shown(found):
    """A summary in a form where NaN equals itself."""
    return (rank(found.last), rank(found.first), found.least, found.greatest, found.count)


@pytest.mark.parametrize(
    ("points", "latest"),
    [
        ([(3, 200, 1.0), (5, 100, 2.0)], (5, 100, 2.0)),
        ([(5, 100, 2.0), (5, 101, 1.0)], (5, 101, 1.0)),
        ([(5, 100, 2.0), (5, 100, 1.0)], (5, 100, 2.0)),
        ([(-3, 100, 2.0), (-5, 900, 1.0)], (-3, 100, 2.0)),
        ([(0, 0, math.nan), (0, 0, 1.0)], (0, 0, 1.0)),
    ],
)
def test_latest_is_the_greatest_by_step_timestamp_value(points, latest):
    """MLflow's rule, whichever order the points came in."""
    assert summary(points).last == summary(points[::-1]).last == latest


def test_nan_stands_where_zero_does():
    """At one step and instant NaN beats minus one."""
    assert math.isnan(summary([(0, 0, -1.0), (0, 0, math.nan)]).last[2])


def test_extremes_leave_nan_out():
    """Infinities are extremes, NaN never; of NaN alone there are none."""
    found = summary([(0, 0, math.nan), (1, 1, math.inf), (2, 2, 3.0)])
    assert (found.least, found.greatest, found.count) == (3.0, math.inf, 3)
    assert (summary([(0, 0, math.nan)]).least, summary([(0, 0, math.nan)]).greatest) == (
        None,
        None,
    )


@given(SOME)
def test_many_points_are_summarized_as_one_by_one(points):
    """A batch gives what its points give when they are combined."""
    assert shown(summary(points)) == shown(reduce(combine, (summary([p]) for p in points)))


@given(SOME, SOME, SOME)
def test_combining_is_associative_and_commutative(one, two, three):
    """Concurrent writers may add their points in any order."""
    a, b, c = summary(one), summary(two), summary(three)
    assert shown(combine(a, b)) == shown(combine(b, a))
    assert shown(combine(combine(a, b), c)) == shown(combine(a, combine(b, c)))


@given(st.lists(st.tuples(st.integers(), st.integers(), st.floats()), min_size=3, max_size=9))
def test_each_name_has_its_own_summary(points):
    """Points of one key never reach the summary of another."""
    names = ["a", "b", "c"]
    small = [(s % 9, t % 9, v) for s, t, v in points]
    found = summarize(named(small, names))
    assert {i: shown(found[i]) for i in found} == {
        i: shown(summary(small[i::3])) for i in range(3)
    }


def test_no_points_have_no_summary():
    """A name without points is left out."""
    assert summarize(Points(names=["a"])) == {}
