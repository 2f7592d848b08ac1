from __future__ import annotations

import math
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.entities import Points
from epochal.series.merge import merge
from epochal.series.summary import (
    MOST,
    Duplicates,
    combine,
    count_duplicates,
    rank,
    summarize,
    total_of,
)
from unit.series.series_strategies import ANY_POINTS, FEW_POINTS, columns, named

SOME = FEW_POINTS.filter(bool)


def summary(points):
    return summarize(named(points, ["loss"]))[0]


def tuples(series):
    return list(
        zip(series.step.tolist(), series.timestamp.tolist(), series.value.tolist(), strict=True)
    )


def shown(found):
    """A summary in a form where NaN equals itself."""
    numbers = (found.total, found.nan_count, found.count)
    return (rank(found.last), rank(found.first), found.least, found.greatest, *numbers)


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
    assert (found.least, found.greatest) == ((3.0, 2), (math.inf, 1))
    assert (found.nan_count, found.count) == (1, 3)
    for points in ([(0, 0, math.nan)], [(0, 0, math.nan)] * 2):
        alone = summary(points)
        assert (alone.least, alone.greatest, alone.total) == (None, None, 0.0)
        assert alone.nan_count == len(points)


@pytest.mark.parametrize("nan", [[], [(0, 0, math.nan)]])
def test_extremes_have_their_earliest_step(nan):
    """Among equal values, whichever came first; minus zero equals zero."""
    found = summary([*nan, (3, 0, 1.0), (2, 1, 1.0), (7, 2, -0.0), (5, 3, 0.0), (4, 4, 0.5)])
    assert (found.least, found.greatest) == ((0.0, 5), (1.0, 2))


@pytest.mark.parametrize(
    ("values", "total"),
    [
        ([], 0.0),
        ([0.1] * 10, 1.0),
        ([1e308, -1e308, 1e308, 3.0], MOST),
        ([1e308] * 3 + [-1e308] * 3, 0.0),
        ([-1e308], -MOST),
        ([math.inf, -math.inf, 2.5], 2.5),
        ([math.inf, 2.5], 2.5),
        ([5e-324] * 2, 1e-323),
    ],
)
def test_totals_add_what_is_finite(values, total):
    """Rounded once, infinities left out, and never beyond what can be added once more."""
    assert total_of(values) == total_of(values[::-1]) == total
    assert summary([(0, 0, value) for value in [*values, math.nan]]).total == total


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


@given(ANY_POINTS.filter(bool), ANY_POINTS.filter(bool), ANY_POINTS.filter(bool))
def test_totals_differ_by_rounding_only(one, two, three):
    """Any floats may be combined in any order; of all sums only the last bits depend on it."""
    a, b, c = summary(one), summary(two), summary(three)
    assert shown(combine(a, b)) == shown(combine(b, a))
    left, right = combine(combine(a, b), c), combine(a, combine(b, c))
    assert shown(left)[:4] == shown(right)[:4]
    if max(map(abs, (a.total, b.total, c.total))) < MOST / 3:
        scale = abs(a.total) + abs(b.total) + abs(c.total)
        assert abs(left.total - right.total) <= 4e-16 * scale


@given(FEW_POINTS, FEW_POINTS)
def test_duplicates_are_what_a_summary_has_too_much(one, two):
    """Without them it says what it would of the merged points."""
    parts = [columns(one), columns(two)]
    merged = merge(parts)
    found = count_duplicates(parts, merged)
    if not one + two:
        assert found == Duplicates()
        return
    arrived, kept = summary(one + two), summary(tuples(merged))
    assert arrived.count - found.count == kept.count
    assert arrived.nan_count - found.nan_count == kept.nan_count
    assert arrived.total - found.total == kept.total
    assert (arrived.least, arrived.greatest) == (kept.least, kept.greatest)


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
