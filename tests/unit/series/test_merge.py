from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from epochal.series.merge import merge, merge_by_step, ranks
from unit.series.series_strategies import FEW_POINTS, VALUES, bits, columns


def plain(value):
    """A value that sorts and compares as identity says."""
    return (True, 0, 1) if math.isnan(value) else (False, value, math.copysign(1, value))


def expected(points, order):
    """The same rule in three lines of plain Python."""
    unique = {(step, time, plain(value)): (step, time, value) for step, time, value in points}
    return [unique[key] for key in sorted(unique, key=order)]


def same(one, other):
    return [(s, t, plain(v)) for s, t, v in one] == [(s, t, plain(v)) for s, t, v in other]


def tuples(series):
    return list(
        zip(series.step.tolist(), series.timestamp.tolist(), series.value.tolist(), strict=True)
    )


@given(st.lists(FEW_POINTS, max_size=5))
def test_merge_is_the_sorted_set_of_points(parts):
    """Ordered by (timestamp, step, value), NaN last, each point once."""
    everything = [point for part in parts for point in part]
    merged = merge([columns(part) for part in parts])
    assert same(tuples(merged), expected(everything, lambda key: (key[1], key[0], key[2])))


@given(st.lists(FEW_POINTS, max_size=5))
def test_merge_by_step_orders_by_step_first(parts):
    """The order of charts is (step, timestamp, value)."""
    everything = [point for part in parts for point in part]
    merged = merge_by_step([columns(part) for part in parts])
    assert same(tuples(merged), expected(everything, lambda key: key))


@given(st.lists(FEW_POINTS, max_size=4), st.randoms(use_true_random=False))
def test_merge_forgets_order_and_multiplicity(parts, random):
    """Parts shuffled, repeated or merged in two steps give the same bits."""
    once = merge([columns(part) for part in parts])
    again = [*parts, *parts]
    random.shuffle(again)
    assert bits(merge([columns(part) for part in again])) == bits(once)
    halves = [merge([columns(part) for part in parts[:2]]), merge([columns(p) for p in parts[2:]])]
    assert bits(merge(halves)) == bits(once)


@given(st.lists(VALUES, min_size=2, max_size=20))
def test_ranks_order_as_numbers_do(values):
    """Ranks sort floats; NaN is the greatest, minus zero is just below zero."""
    found = ranks(columns([(0, 0, value) for value in values]).value).tolist()
    by_rank = [value for _, value in sorted(zip(found, values, strict=True), key=lambda p: p[0])]
    assert [plain(value) for value in by_rank] == sorted(map(plain, values))
