"""Points of several metrics at once: told apart by key, and summarized, without a loop over points.

The same answers as `series.summary.summarize` gives, ten times faster for thousands of points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from epochal.series.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from epochal.series.columns import Columns

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
    least = np.fmin.reduceat(points.value, starts).tolist()
    greatest = np.fmax.reduceat(points.value, starts).tolist()
    firsts, lasts = _rows(points[starts]), _rows(points[ends - 1])
    for place, key in enumerate(keys[starts].tolist()):
        yield (
            key,
            Summary(
                lasts[place],
                firsts[place],
                _number(least[place]),
                _number(greatest[place]),
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


def _number(value: float) -> float | None:
    return value if value == value else None  # noqa: PLR0124 - NaN alone differs from itself
