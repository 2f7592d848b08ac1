"""What is known of a metric without reading its history: latest, first, extremes, sum, count."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from epochal.entities import Points
    from epochal.series.columns import Columns

Point = tuple[int, int, float]  # step, timestamp, value
Rank = tuple[int, int, float, bool]
Extreme = tuple[float, int]  # value, and the earliest step that has it

MOST = 8e307  # a sum beyond it stays there, so that two sums can always be added
_SCALE = 2.0**64


@dataclass(frozen=True, slots=True)
class Summary:
    """One metric in a few numbers.

    `last` and `first` are the greatest and the least by (step, timestamp, value), MLflow's rule
    for the latest value. `least` and `greatest` leave NaN out, None if there is nothing else.
    `total` adds the finite values only: whether the mean is infinite, the extremes know.
    """

    last: Point
    first: Point
    least: Extreme | None
    greatest: Extreme | None
    total: float
    nan_count: int
    count: int  # of points as they arrived; equal ones are counted until they are merged


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Points that a merge found to be equal to others: what a summary has too much."""

    count: int = 0
    nan_count: int = 0
    total: float = 0.0


def rank(point: Point) -> Rank:
    """What decides which of two points is later. NaN stands where 0 does, just below it."""
    step, timestamp, value = point
    return (step, timestamp, value, True) if value == value else (step, timestamp, 0.0, False)  # noqa: PLR0124 - only NaN differs from itself


def summarize(points: Points) -> dict[int, Summary]:
    """The summary of each key that has points, by its index in `points.names`."""
    rows = list(zip(points.step, points.timestamp, points.value, strict=True))
    if len(points.names) == 1 and rows:
        return {0: _summary(rows)}
    groups: dict[int, list[Point]] = {}
    for key, row in zip(points.key, rows, strict=True):
        groups.setdefault(key, []).append(row)
    return {key: _summary(group) for key, group in groups.items()}


def combine(one: Summary, other: Summary) -> Summary:
    """The summary of two sets of points.

    Commutative, and associative but for the rounding of `total`; counts add up.
    """
    return Summary(
        max(one.last, other.last, key=rank),
        min(one.first, other.first, key=rank),
        min(_known(one.least, other.least), default=None),
        min(_known(one.greatest, other.greatest), key=_downwards, default=None),
        max(-MOST, min(MOST, one.total + other.total)),
        one.nan_count + other.nan_count,
        one.count + other.count,
    )


def total_of(values: Sequence[float]) -> float:
    """The sum of the finite values, rounded once whatever their order; none is NaN."""
    try:
        total = math.fsum(values)
    except (OverflowError, ValueError):  # too great on the way, or infinities that cancel
        total = math.inf
    if not math.isfinite(total):
        total = math.fsum(v / _SCALE for v in values if math.isfinite(v)) * _SCALE
    return max(-MOST, min(MOST, total))


def count_duplicates(before: Sequence[Columns], after: Columns) -> Duplicates:
    """What merging the parts `before` into `after` dropped."""
    count = sum(map(len, before)) - len(after)
    if not count:
        return Duplicates()
    come = [value for part in before for value in part.value.tolist()]
    stay = after.value.tolist()
    nan_count = _count_nan(come) - _count_nan(stay)
    kept = [-value for value in stay if value == value]  # noqa: PLR0124 - not NaN
    values = [value for value in come if value == value] + kept  # noqa: PLR0124 - not NaN
    return Duplicates(count, nan_count, total_of(values))


def _summary(points: list[Point]) -> Summary:
    if len(points) == 1:
        return _single(points[0])
    values = [value for _, _, value in points if value == value]  # noqa: PLR0124 - not NaN
    nan_count = len(points) - len(values)
    by_rank = rank if nan_count else None  # else tuples compare as ranks do, four times faster
    return Summary(
        max(points, key=by_rank),
        min(points, key=by_rank),
        _extreme(points, values, min(values)) if values else None,
        _extreme(points, values, max(values)) if values else None,
        total_of(values),
        nan_count,
        len(points),
    )


def _single(point: Point) -> Summary:
    step, _, value = point
    if value != value:  # noqa: PLR0124 - NaN
        return Summary(point, point, None, None, 0.0, 1, 1)
    extreme = (value, step)
    total = value if -MOST <= value <= MOST else total_of([value])
    return Summary(point, point, extreme, extreme, total, 0, 1)


def _extreme(points: list[Point], values: list[float], value: float) -> Extreme:
    """The earliest step among the points with this value, nearly always one."""
    if len(values) == len(points) and values.count(value) == 1:
        return value, points[values.index(value)][0]
    return value, min(step for step, _, other in points if other == value)


def _downwards(extreme: Extreme) -> Extreme:
    value, step = extreme
    return -value, step


def _known(*extremes: Extreme | None) -> Iterable[Extreme]:
    return (extreme for extreme in extremes if extreme is not None)


def _count_nan(values: Sequence[float]) -> int:
    return sum(value != value for value in values)  # noqa: PLR0124 - NaN alone differs from itself
