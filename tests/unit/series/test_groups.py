from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from epochal.series.groups import group_by_key, summarize_groups
from epochal.series.summary import summarize
from unit.series.series_strategies import ANY_POINTS, FEW_POINTS, bits, columns, named

NAMES = ["a", "b", "c"]


@given(st.one_of(ANY_POINTS, FEW_POINTS), st.integers(1, 3))
def test_summaries_are_those_of_plain_loops(points, count):
    """Numpy finds what `series.summary.summarize` finds."""
    given_points = named(points, NAMES[:count])
    keys = np.frombuffer(given_points.key, np.uint32) if points else np.empty(0, np.uint32)
    found = dict(summarize_groups(keys, columns(points)))
    expected = dict(sorted(summarize(given_points).items()))
    assert _shown(found) == _shown(expected)


def _shown(summaries):
    """As text, where NaN equals itself; of zero and minus zero, equal numbers, either may win."""
    return repr(summaries).replace("-0.0", "0.0")


@given(FEW_POINTS, st.integers(1, 3))
def test_groups_keep_their_order(points, count):
    """Each key has its own points, as they came."""
    keys = np.array([index % count for index in range(len(points))], np.uint32)
    grouped = group_by_key(keys, columns(points))
    assert {key: bits(found) for key, found in grouped.items()} == {
        key: bits(columns(points[key::count])) for key in range(min(count, len(points)))
    }
