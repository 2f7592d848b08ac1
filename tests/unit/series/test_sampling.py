from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.series.sampling import evenly, peaks


@pytest.mark.parametrize(
    ("count", "limit", "chosen"),
    [
        (0, 3, []),
        (1, 1, [0]),
        (3, 3, [0, 1, 2]),
        (3, 5, [0, 1, 2]),
        (7, 1, [6]),
        (7, 2, [0, 6]),
        (7, 3, [0, 3, 6]),
        (10, 4, [0, 3, 6, 9]),
        (11, 4, [0, 3, 6, 10]),
    ],
)
def test_even_choice_is_that_of_ntile(count, limit, chosen):
    """First of each bucket, last of the last one; a limit of one takes the last point."""
    assert evenly(count, limit).tolist() == chosen


@given(st.integers(0, 3000), st.integers(1, 100))
def test_even_choice_keeps_both_ends(count, limit):
    """Never more than asked for, ascending, with the first and the last point."""
    chosen = evenly(count, limit).tolist()
    assert len(chosen) == min(count, limit)
    assert chosen == sorted(set(chosen))
    if len(chosen) > 1:
        assert (chosen[0], chosen[-1]) == (0, count - 1)


@given(st.lists(st.floats(width=32), min_size=1, max_size=400), st.integers(1, 60))
def test_peaks_keep_extremes_and_ends(values, limit):
    """The greatest and the least number of the whole are always among the chosen."""
    column = np.array(values)
    chosen = peaks(column, limit)
    assert len(chosen) <= limit or len(values) <= limit
    assert chosen.tolist() == sorted(set(chosen.tolist()))
    numbers = [value for value in values if not math.isnan(value)]
    if numbers and limit >= 4:
        assert {min(numbers), max(numbers)} <= set(column[chosen].tolist())
        assert {0, len(values) - 1} <= set(chosen.tolist())


def test_a_lone_spike_survives():
    """One outlier among a million points is still there among a thousand."""
    column = np.zeros(1_000_000)
    column[654_321] = 9.0
    assert 654_321 in peaks(column, 1000).tolist()
