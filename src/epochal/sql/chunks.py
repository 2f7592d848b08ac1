"""Compacted points: per metric a sequence of packed chunks that never overlap.

Chunks are ordered by their number, and so are their points by (timestamp, step, value).
Numbers leave gaps, so that late points can be put between without moving the others.
`first_step` and `last_step` are the least and the greatest step of a chunk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from epochal.series.codec import encode_series, open_series
from epochal.series.columns import MAX, MIN, Bounds
from epochal.series.merge import merge
from epochal.series.summary import count_duplicates

if TYPE_CHECKING:
    from epochal.series.codec import Packed
    from epochal.series.columns import Columns, Floats
    from epochal.series.summary import Duplicates
    from epochal.sql.database import Connection

EVERYTHING = Bounds()
FULL = 65_536  # points in a chunk at most
SPACING = 2**20  # between the numbers of two neighbours

_LIST = """
SELECT chunk, first_step, last_step, first_timestamp, last_timestamp, point_count
FROM metric_chunks WHERE run = ? AND key = ?"""
_READ = "SELECT payload FROM metric_chunks WHERE run = ? AND key = ? AND chunk = ?"
_REMOVE = "DELETE FROM metric_chunks WHERE run = ? AND key = ? AND chunk = ?"
_ADD = """
INSERT INTO metric_chunks (run, key, chunk, first_step, last_step, first_timestamp,
    last_timestamp, min_value, max_value, point_count, payload)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is known of a chunk without reading it."""

    number: int
    first_step: int
    last_step: int
    first_timestamp: int
    last_timestamp: int
    count: int

    def ends_before(self, points: Columns) -> bool:
        """Whether all points of the chunk come before some sorted points, none equal."""
        first = (int(points.timestamp[0]), int(points.step[0]))
        return (self.last_timestamp, self.last_step) < first

    def begins_after(self, points: Columns) -> bool:
        """Whether all points of the chunk come after some sorted points, none equal."""
        last = (int(points.timestamp[-1]), int(points.step[-1]))
        return (self.first_timestamp, self.first_step) > last


def list_chunks(
    connection: Connection, run: int, key: int, bounds: Bounds = EVERYTHING
) -> list[Chunk]:
    """The chunks of a metric that may hold points inside some bounds, in order."""
    where, params = within_bounds(bounds)
    sql = f"{_LIST}{where} ORDER BY chunk"
    return [Chunk(*row) for row in connection.execute(sql, (run, key, *params))]


def within_bounds(bounds: Bounds) -> tuple[str, list[int]]:
    """SQL that finds the chunks which may hold points inside some bounds, and its params."""
    where: list[str] = []
    params: list[int] = []
    for name, low, high in (
        ("step", bounds.first_step, bounds.last_step),
        ("timestamp", bounds.first_timestamp, bounds.last_timestamp),
    ):
        if low != MIN:
            where.append(f" AND last_{name} >= ?")
            params.append(low)
        if high != MAX:
            where.append(f" AND first_{name} <= ?")
            params.append(high)
    return "".join(where), params


def open_chunk(connection: Connection, run: int, key: int, chunk: Chunk) -> Packed:
    """A chunk, checked but not unpacked."""
    return open_series(connection.execute(_READ, (run, key, chunk.number))[0][0])


def remove_chunk(connection: Connection, run: int, key: int, number: int) -> None:
    """Forget a chunk."""
    connection.execute(_REMOVE, (run, key, number))


def replace_chunk(
    connection: Connection, run: int, key: int, number: int, points: Columns
) -> None:
    """Put other points, sorted and not none, in the place of a chunk."""
    remove_chunk(connection, run, key, number)
    connection.execute(_ADD, (run, key, *describe(number, points)))


def add_to_chunks(connection: Connection, run: int, key: int, fresh: Columns) -> Duplicates:
    """Merge points into a metric's chunks; says which equal ones were dropped.

    Only chunks that the points overlap are rewritten, and smaller ones just before them, so
    that chunks grow: each point is rewritten a logarithmic number of times, not each time.
    """
    points = merge([fresh])
    chunks = list_chunks(connection, run, key)
    start, end = _affected(chunks, points)
    replaced = chunks[start:end]
    parts = [open_chunk(connection, run, key, chunk).take() for chunk in replaced]
    merged = merge([*parts, points])
    before = chunks[start - 1].number if start else 0
    after = chunks[end].number if end < len(chunks) else None
    for chunk in replaced:
        remove_chunk(connection, run, key, chunk.number)
    for number, part in _numbered(merged, before, after):
        connection.execute(_ADD, (run, key, *describe(number, part)))
    return count_duplicates([fresh, *parts], merged)


def _affected(chunks: list[Chunk], points: Columns) -> tuple[int, int]:
    """Which chunks to rewrite, as a half-open range; it may be empty."""
    start, end = 0, len(chunks)
    while start < end and chunks[start].ends_before(points):
        start += 1
    while end > start and chunks[end - 1].begins_after(points):
        end -= 1
    size = len(points) + sum(chunk.count for chunk in chunks[start:end])
    while start and chunks[start - 1].count < FULL and chunks[start - 1].count <= size:
        start -= 1
        size += chunks[start].count
    # Without room for the numbers, the neighbour moves along.
    while end < len(chunks) and not _has_room(chunks, start, end, size):
        size += chunks[end].count
        end += 1
    return start, end


def _has_room(chunks: list[Chunk], start: int, end: int, size: int) -> bool:
    before = chunks[start - 1].number if start else 0
    return chunks[end].number - before > _parts(size)


def _parts(size: int) -> int:
    return -(-size // FULL)


def _numbered(points: Columns, before: int, after: int | None) -> list[tuple[int, Columns]]:
    """Points cut into chunks between two neighbours: even ones, or full ones at the end."""
    count = _parts(len(points))
    size = FULL if after is None else -(-len(points) // count)
    gap = SPACING if after is None else (after - before) // (count + 1)
    return [
        (before + gap * (index + 1), points[index * size : (index + 1) * size])
        for index in range(count)
    ]


def describe(number: int, points: Columns) -> tuple[object, ...]:
    """The columns of a chunk from its number on, in the order of the table."""
    return (
        number,
        int(points.step.min()),
        int(points.step.max()),
        int(points.timestamp[0]),
        int(points.timestamp[-1]),
        *_extremes(points.value),
        len(points),
        encode_series(points),
    )


def _extremes(values: Floats) -> tuple[float | None, float | None]:
    numbers = values[values == values]  # noqa: PLR0124 - NaN alone differs from itself
    return (float(numbers.min()), float(numbers.max())) if len(numbers) else (None, None)
