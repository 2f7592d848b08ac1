"""What is known of a metric without reading its history: latest, first, extremes, count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from epochal.entities import Points

Point = tuple[int, int, float]  # step, timestamp, value
Rank = tuple[int, int, float, bool]


@dataclass(frozen=True, slots=True)
class Summary:
    """One metric in a few numbers.

    `last` and `first` are the greatest and the least by (step, timestamp, value), MLflow's rule
    for the latest value. `least` and `greatest` leave NaN out, None if there is nothing else.
    """

    last: Point
    first: Point
    least: float | None
    greatest: float | None
    count: int  # of points as they arrived; equal ones are counted until they are merged


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
    """The summary of two sets of points. Associative and commutative; counts add up."""
    return Summary(
        max(one.last, other.last, key=rank),
        min(one.first, other.first, key=rank),
        min(_known(one.least, other.least), default=None),
        max(_known(one.greatest, other.greatest), default=None),
        one.count + other.count,
    )


def _summary(points: list[Point]) -> Summary:
    if len(points) == 1:
        point = points[0]
        number = point[2] if point[2] == point[2] else None
        return Summary(point, point, number, number, 1)
    values = [value for _, _, value in points if value == value]  # noqa: PLR0124 - not NaN
    if len(values) == len(points):  # tuples compare as ranks do, and four times faster
        return Summary(max(points), min(points), min(values), max(values), len(points))
    return Summary(
        max(points, key=rank),
        min(points, key=rank),
        min(values, default=None),
        max(values, default=None),
        len(points),
    )


def _known(*values: float | None) -> Iterable[float]:
    return (value for value in values if value is not None)
