"""Bringing parts of one metric together: sorted, each point once.

Two points are the same when step, timestamp and value are. All NaNs are one value; zero and
minus zero are two. Values order as numbers do, minus zero before zero, NaN after infinity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from epochal.series.columns import EMPTY, Columns, Floats, Integers

if TYPE_CHECKING:
    from collections.abc import Sequence

_LAST = np.iinfo(np.int64).max


def merge(parts: Sequence[Columns]) -> Columns:
    """All points, each once, ordered by (timestamp, step, value).

    The result depends neither on the order of the parts nor on how often a point is in them.
    """
    joined = _joined(parts)
    return _unique(joined, joined.timestamp, joined.step)


def merge_by_step(parts: Sequence[Columns]) -> Columns:
    """As `merge`, ordered by (step, timestamp, value)."""
    joined = _joined(parts)
    return _unique(joined, joined.step, joined.timestamp)


def ranks(values: Floats) -> Integers:
    """Integers that order as the values do; equal values only have equal ranks."""
    bits = values.view(np.int64)
    ordered = bits ^ ((bits >> 63) & _LAST)
    return np.where(np.isnan(values), _LAST, ordered)


def _joined(parts: Sequence[Columns]) -> Columns:
    filled = [part for part in parts if len(part)]
    return Columns.joined(filled) if filled else EMPTY


def _unique(points: Columns, first: Integers, second: Integers) -> Columns:
    if bool(np.all(first[1:] > first[:-1])):  # points that were logged in order: nearly always
        return _with_one_nan(points)
    third = ranks(points.value)
    if not bool(np.all(_rises(first, second, third))):
        order = np.lexsort((third, second, first))
        points, first, second, third = points[order], first[order], second[order], third[order]
        is_new = np.ones(len(points), np.bool_)
        is_new[1:] = _rises(first, second, third)
        points = points[is_new]
    return _with_one_nan(points)


def _rises(
    first: Integers, second: Integers, third: Integers
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether each row but the first is greater than the one before it."""
    deepest = third[1:] > third[:-1]
    inner = (second[1:] > second[:-1]) | ((second[1:] == second[:-1]) & deepest)
    return (first[1:] > first[:-1]) | ((first[1:] == first[:-1]) & inner)


def _with_one_nan(points: Columns) -> Columns:
    """NaN has many bit patterns; which one is kept must not depend on who came first."""
    is_nan = np.isnan(points.value)
    if not is_nan.any():
        return points
    return Columns(points.step, points.timestamp, np.where(is_nan, np.nan, points.value))
