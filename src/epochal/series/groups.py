"""Points of several metrics at once: told apart by key, and summarized, without a loop over points.

The same answers as `series.summary.summarize` gives, but for the rounding of totals, and ten
times faster for thousands of points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from epochal.series.summary import MOST, Extreme, Summary, total_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from epochal.series.columns import Columns, Floats, Integers

Keys = NDArray[np.uint32]


def group_by_key(keys: Keys, points: Columns) -> dict[int, Columns]:
    """The points of each key, in the order they had; row `i` is a point of `keys[i]`."""
    found = np.unique(keys)
    if len(found) <= 1:
        return {int(key): points for key in found}
    order = np.argsort(keys, kind="stable")
    ends = np.searchsorted(keys[order], found, "right").tolist()
    ordered = points[order]
    return {
        int(key): ordered[start:end]
        for key, start, end in zip(found.tolist(), [0, *ends[:-1]], ends, strict=True)
    }


def summarize_groups(keys: Keys, points: Columns) -> Iterator[tuple[int, Summary]]:
    """The summary of each key that has points."""
    if not len(keys):
        return
    keys, points = _ranked(keys, points)
    is_first = np.ones(len(keys), np.bool_)
    is_first[1:] = keys[1:] != keys[:-1]
    starts = np.flatnonzero(is_first)
    ends = np.append(starts[1:], len(keys))
    least = _extremes(points, starts, np.fmin.reduceat(points.value, starts))
    greatest = _extremes(points, starts, np.fmax.reduceat(points.value, starts))
    nan_counts = np.add.reduceat(np.isnan(points.value), starts, dtype=np.int64).tolist()
    totals = _totals(points.value, starts)
    firsts, lasts = _rows(points[starts]), _rows(points[ends - 1])
    for place, key in enumerate(keys[starts].tolist()):
        yield (
            key,
            Summary(
                lasts[place],
                firsts[place],
                least[place],
                greatest[place],
                totals[place],
                nan_counts[place],
                int(ends[place] - starts[place]),
            ),
        )


def _ranked(keys: Keys, points: Columns) -> tuple[Keys, Columns]:
    """Points by key, and those of a key as `series.summary.rank` orders them."""
    if bool(np.all(keys[1:] == keys[:-1]) and np.all(points.step[1:] > points.step[:-1])):
        return keys, points
    is_number = ~np.isnan(points.value)
    value = np.where(is_number, points.value, 0.0)
    order = np.lexsort((is_number, value, points.timestamp, points.step, keys))
    return keys[order], points[order]


def _rows(points: Columns) -> list[tuple[int, int, float]]:
    columns = (points.step.tolist(), points.timestamp.tolist(), points.value.tolist())
    return list(zip(*columns, strict=True))


def _extremes(points: Columns, starts: Integers, extremes: Floats) -> list[Extreme | None]:
    """The extreme value of each group with its earliest step; None if all are NaN."""
    sizes = np.diff(starts, append=len(points))
    places = np.flatnonzero(points.value == np.repeat(extremes, sizes))
    groups = np.searchsorted(starts, places, "right") - 1
    # Steps rise within a group, so that the first place in it has the earliest.
    known, chosen = np.unique(groups, return_index=True)
    steps = points.step[places[chosen]].tolist()
    found: list[Extreme | None] = [None] * len(starts)
    for group, value, step in zip(known.tolist(), extremes[known].tolist(), steps, strict=True):
        found[group] = value, step
    return found


def _totals(values: Floats, starts: Integers) -> list[float]:
    finite = np.where(np.isfinite(values), values, 0.0)
    with np.errstate(over="ignore", invalid="ignore"):
        totals = np.add.reduceat(finite, starts)
    if bool(np.all(np.abs(totals) <= MOST)):
        found: list[float] = totals.tolist()
        return found
    return [total_of(part.tolist()) for part in np.split(finite, starts[1:])]
