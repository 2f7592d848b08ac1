"""Fresh points: one row per request and run, until compaction moves them into chunks."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from epochal.series.points import decode_points, encode_columns, encode_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from epochal.entities import Points
    from epochal.series.columns import Columns
    from epochal.series.points import Fresh
    from epochal.sql.database import Connection

KEYS_PER_ROW = 32  # of a sorted tail: what one step of a compaction moves
GATHERED_POINTS = 1024  # rows with fewer are gathered into one

_ADD = "INSERT INTO metric_tail (run, point_count, payload) VALUES (?, ?, ?)"
_TAKE = "DELETE FROM metric_tail WHERE run = ? {} RETURNING payload"


def append_to_tail(
    connection: Connection, run: int, numbers: Sequence[int], points: Points
) -> None:
    """Keep points as one row; `numbers[i]` is the key of `points.names[i]`."""
    connection.execute(_ADD, (run, len(points), encode_points(points, numbers)))


def read_tail(connection: Connection, run: int, key: int) -> tuple[Columns, int]:
    """The fresh points of one metric as they were logged, and how many rows the run's tail has."""
    from epochal.series.columns import Columns

    rows = connection.execute("SELECT payload FROM metric_tail WHERE run = ?", (run,))
    fresh = decode_points(payload for (payload,) in rows)
    return Columns.of(fresh.series)[_numbers(fresh) == key], len(rows)


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
    connection.execute(_ADD, (run, len(fresh), payload))


def sort_tail(connection: Connection, run: int) -> list[int]:
    """Rewrite the whole tail in rows of few keys each, and say which rows these are.

    A compaction then moves row by row, each in a transaction of its own; whatever happens
    between two of them, every point is either in its row or in its chunk.
    """
    rows = connection.execute(_TAKE.format(""), (run,))
    grouped = group_by_key(decode_points(payload for (payload,) in rows))
    keys = sorted(grouped)
    added: list[int] = []
    for start in range(0, len(keys), KEYS_PER_ROW):
        part = {key: grouped[key] for key in keys[start : start + KEYS_PER_ROW]}
        count = sum(map(len, part.values()))
        row = connection.execute(f"{_ADD} RETURNING id", (run, count, _encoded(part)))
        added.append(int(row[0][0]))
    return added


def take_row(connection: Connection, run: int, row: int) -> dict[int, Columns]:
    """Remove one row and return its points by key; nothing if another process took it."""
    rows = connection.execute(_TAKE.format("AND id = ?"), (run, row))
    return group_by_key(decode_points(payload for (payload,) in rows))


def group_by_key(fresh: Fresh) -> dict[int, Columns]:
    """The points of each key, in the order they had."""
    import numpy as np

    from epochal.series.columns import Columns

    if not len(fresh):
        return {}
    numbers, columns = _numbers(fresh), Columns.of(fresh.series)
    order = np.argsort(numbers, kind="stable")
    keys, starts = np.unique(numbers[order], return_index=True)
    ends = [*starts.tolist()[1:], len(order)]
    spans = zip(keys.tolist(), starts.tolist(), ends, strict=True)
    return {key: columns[order[start:end]] for key, start, end in spans}


def _encoded(part: dict[int, Columns]) -> bytes:
    from epochal.series.columns import Columns

    keys = array("I")
    for key, columns in part.items():
        keys.extend([key] * len(columns))
    series = Columns.joined(list(part.values())).to_series()
    return encode_columns(keys, series.step, series.timestamp, series.value)


def _numbers(fresh: Fresh) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    import numpy as np

    return np.frombuffer(fresh.key, np.uint32) if len(fresh) else np.empty(0, np.uint32)
