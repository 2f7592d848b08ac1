"""What rewinds superseded: packed as chunks are, kept apart, one sequence per rewind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from epochal.series.codec import open_series
from epochal.sql.chunks import (
    Chunk,
    describe,
    list_chunks,
    open_chunk,
    remove_chunk,
    replace_chunk,
    within_bounds,
)

if TYPE_CHECKING:
    from epochal.series.columns import Bounds, Columns
    from epochal.sql.database import Connection
    from epochal.sql.series import Metric

_COLUMNS = (
    "chunk, first_step, last_step, first_timestamp, last_timestamp, min_value, max_value, "
    "point_count, payload"
)
_ADD = f"""
INSERT INTO metric_archive (run, key, rewind, {_COLUMNS})
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
# The bytes go from table to table; nothing is unpacked.
_MOVE = f"""
INSERT INTO metric_archive (run, key, rewind, {_COLUMNS})
SELECT run, key, ?, {_COLUMNS} FROM metric_chunks WHERE run = ? AND key = ? AND chunk = ?"""
_LIST = """
SELECT rewind, chunk, first_timestamp FROM metric_archive WHERE run = ? AND key = ?"""
_READ = """
SELECT payload FROM metric_archive WHERE run = ? AND key = ? AND rewind = ? AND chunk = ?"""


@dataclass(frozen=True, slots=True)
class SupersededChunk:
    """What is known of an archived chunk without reading it."""

    rewind: int
    number: int
    first_timestamp: int


def list_superseded(
    connection: Connection, run: int, key: int, bounds: Bounds
) -> list[SupersededChunk]:
    """Archived chunks that may hold points inside some bounds, by their first timestamp."""
    where, params = within_bounds(bounds)
    sql = f"{_LIST}{where} ORDER BY first_timestamp, rewind, chunk"
    return [SupersededChunk(*row) for row in connection.execute(sql, (run, key, *params))]


def open_superseded(connection: Connection, run: int, key: int, chunk: SupersededChunk) -> Columns:
    """The points of an archived chunk."""
    rows = connection.execute(_READ, (run, key, chunk.rewind, chunk.number))
    return open_series(rows[0][0]).take()


def supersede(connection: Connection, metric: Metric, step: int, rewind: int) -> int:
    """Move a metric's packed points beyond a step into the archive; says how many they were.

    One chunk at a time is in memory, and only those that the step cuts are unpacked.
    """
    return sum(
        _supersede(connection, metric, chunk, step, rewind)
        for chunk in list_chunks(connection, metric.run, metric.key)
        if chunk.last_step > step
    )


def _supersede(
    connection: Connection, metric: Metric, chunk: Chunk, step: int, rewind: int
) -> int:
    run, key, number = metric.run, metric.key, chunk.number
    if chunk.first_step > step:
        connection.execute(_MOVE, (rewind, run, key, number))
        remove_chunk(connection, run, key, number)
        return chunk.count
    points = open_chunk(connection, run, key, chunk).take()
    gone = points[points.step > step]
    connection.execute(_ADD, (run, key, rewind, *describe(number, gone)))
    replace_chunk(connection, run, key, number, points[points.step <= step])
    return len(gone)
