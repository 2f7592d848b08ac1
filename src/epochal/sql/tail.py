"""Fresh points: one row per run and commit, until compaction moves them into chunks."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from epochal.series.points import decode_points, encode_columns, encode_points
from epochal.series.summary import count_duplicates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.entities import Points
    from epochal.series.columns import Columns
    from epochal.series.groups import Keys
    from epochal.series.points import Fresh
    from epochal.series.summary import Duplicates
    from epochal.sql.database import Connection

KEYS_PER_ROW = 32  # of a sorted tail: what one step of a compaction moves
GATHERED_POINTS = 1024  # rows with fewer are gathered into one

_ADD = {
    "sqlite": "INSERT INTO metric_tail (run, id, point_count, payload) VALUES "
    "(?1, (SELECT coalesce(max(id), 0) + 1 FROM metric_tail WHERE run = ?1), ?2, ?3)",
    "postgresql": "INSERT INTO metric_tail (run, point_count, payload) VALUES (?, ?, ?)",
}
_READ = "SELECT payload FROM metric_tail WHERE run = ?"
_TAKE = "DELETE FROM metric_tail WHERE run = ? {} RETURNING payload"


@dataclass(frozen=True, slots=True)
class Tail:
    """The fresh points of one run, as they were logged."""

    rows: int
    _keys: Keys
    _points: Columns

    def of(self, key: int) -> Columns:
        """Those of one metric."""
        return self._points[self._keys == key] if len(self._points) else self._points

    def grouped(self) -> dict[int, Columns]:
        """Those of each metric that has some."""
        from epochal.series.groups import group_by_key

        return group_by_key(self._keys, self._points)


def append_to_tail(
    connection: Connection, run: int, numbers: Sequence[int], points: Points
) -> None:
    """Keep points as one row; `numbers[i]` is the key of `points.names[i]`."""
    connection.execute(
        _ADD[connection.dialect.name], (run, len(points), encode_points(points, numbers))
    )


def append_payload(connection: Connection, run: int, count: int, payload: bytes) -> None:
    """Keep so many points, encoded by `series.points`, as one row."""
    connection.execute(_ADD[connection.dialect.name], (run, count, payload))


def read_tail(connection: Connection, run: int) -> Tail:
    """The fresh points of a run."""
    return _tail_of([payload for (payload,) in connection.execute(_READ, (run,))])


def measure_tail(connection: Connection, run: int) -> tuple[int, int]:
    """How many rows and points a run's tail has."""
    sql = "SELECT count(*), coalesce(sum(point_count), 0) FROM metric_tail WHERE run = ?"
    rows = connection.execute(sql, (run,))
    return int(rows[0][0]), int(rows[0][1])


def gather_tail(connection: Connection, run: int) -> None:
    """Make one row of the small ones, so that reading the tail stays cheap."""
    sql = _TAKE.format("AND point_count < ?")
    rows = connection.execute(sql, (run, GATHERED_POINTS))
    if not rows:
        return
    fresh = decode_points(payload for (payload,) in rows)
    series = fresh.series
    payload = encode_columns(fresh.key, series.step, series.timestamp, series.value)
    append_payload(connection, run, len(fresh), payload)


def merge_tail(connection: Connection, run: int) -> dict[int, Duplicates]:
    """Make one row of the whole tail, each point once; says which equal ones were dropped."""
    from epochal.series.merge import merge

    taken = take_tail(connection, run)
    merged = {key: merge([points]) for key, points in taken.items()}
    if merged:
        add_row(connection, run, merged)
    return {key: count_duplicates([taken[key]], merged[key]) for key in merged}


def sort_tail(connection: Connection, run: int) -> list[int]:
    """Rewrite the whole tail in rows of few keys each, and say which rows these are.

    A compaction then moves row by row, each in a transaction of its own; whatever happens
    between two of them, every point is either in its row or in its chunk.
    """
    grouped = take_tail(connection, run)
    keys = sorted(grouped)
    return [
        add_row(connection, run, {key: grouped[key] for key in keys[start : start + KEYS_PER_ROW]})
        for start in range(0, len(keys), KEYS_PER_ROW)
    ]


def take_tail(connection: Connection, run: int) -> dict[int, Columns]:
    """Remove the whole tail and return its points by key."""
    return _taken(connection, _TAKE.format(""), (run,))


def take_row(connection: Connection, run: int, row: int) -> dict[int, Columns]:
    """Remove one row and return its points by key; nothing if another process took it."""
    return _taken(connection, _TAKE.format("AND id = ?"), (run, row))


def add_row(connection: Connection, run: int, grouped: Mapping[int, Columns]) -> int:
    """Keep points by key, at least one, as one row; its number."""
    from epochal.series.columns import Columns

    keys = array("I")
    for key, columns in grouped.items():
        keys.extend(array("I", (key,)) * len(columns))
    series = Columns.joined(list(grouped.values())).to_series()
    payload = encode_columns(keys, series.step, series.timestamp, series.value)
    add = f"{_ADD[connection.dialect.name]} RETURNING id"
    return int(connection.execute(add, (run, len(keys), payload))[0][0])


def _taken(connection: Connection, sql: str, params: tuple[int, ...]) -> dict[int, Columns]:
    return _tail_of([payload for (payload,) in connection.execute(sql, params)]).grouped()


def _tail_of(payloads: list[bytes]) -> Tail:
    from epochal.series.columns import Columns

    fresh = decode_points(payloads)
    return Tail(len(payloads), _numbers(fresh), Columns.of(fresh.series))


def _numbers(fresh: Fresh) -> Keys:
    import numpy as np

    return np.frombuffer(fresh.key, np.uint32) if len(fresh) else np.empty(0, np.uint32)
