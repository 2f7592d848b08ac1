from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.series.groups import group_by_key, summarize_groups
from epochal.series.summary import MOST, rank, summarize
from unit.series.series_strategies import ANY_POINTS, FEW_POINTS, bits, columns, named

NAMES = ["a", "b", "c"]


def grouped(points):
    """The summaries of points that belong to three keys in turn."""
    keys = np.arange(len(points), dtype=np.uint32) % len(NAMES)
    return dict(summarize_groups(keys, columns(points)))


def shown(found):
    """A summary in a form where NaN equals itself, and its total."""
    ends = (rank(found.last), rank(found.first), found.least, found.greatest)
    return (*ends, found.nan_count, found.count), found.total


@given(FEW_POINTS | ANY_POINTS)
def test_groups_are_summarized_as_points_are(points):
    """What `summarize` says of each key; totals may differ in their last bits."""
    found, expected = grouped(points), summarize(named(points, NAMES))
    assert found.keys() == expected.keys()
    rounding = 1e-14 * max((abs(v) for *_, v in points if math.isfinite(v)), default=0.0)
    for key, summary in expected.items():
        known, total = shown(found[key])
        assert known == shown(summary)[0]
        assert total == pytest.approx(summary.total, rel=0.0, abs=rounding)


@given(FEW_POINTS)
def test_totals_of_small_numbers_are_exact(points):
    """Nothing is rounded where nothing has to be."""
    found, expected = grouped(points), summarize(named(points, NAMES))
    assert {k: s.total for k, s in found.items()} == {k: s.total for k, s in expected.items()}


def test_totals_stay_within_their_bounds():
    """Sums that no double can hold stop where those of `summary` do."""
    points = [(0, 0, 1e308), (0, 0, -1e308), (0, 0, 1.0)] * 2 + [(3, 0, 1.7e308), (4, 0, -1.0)]
    assert [s.total for s in grouped(points).values()] == [MOST, -MOST, 2.0]


def test_a_constant_has_its_extremes_at_its_first_step():
    """However many points share the value."""
    ((_, found),) = summarize_groups(
        np.zeros(1000, np.uint32), columns([(step, step, 0.5) for step in range(7, 1007)])
    )
    assert found.least == found.greatest == (0.5, 7)


@given(FEW_POINTS, st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_points_are_told_apart_in_their_order(points, keys):
    """Each key has its points as they came."""
    found = group_by_key(np.array(keys[: len(points)], np.uint32), columns(points))
    expected = {
        key: [p for k, p in zip(keys, points, strict=False) if k == key]
        for key in set(keys[: len(points)])
    }
    assert {k: bits(c) for k, c in found.items()} == {
        k: bits(columns(p)) for k, p in expected.items()
    }
