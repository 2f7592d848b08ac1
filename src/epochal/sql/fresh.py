"""Points on their way into the tail: gathered until the commit, then written once per run.

However many requests a commit holds, each of its runs gets one row of the tail, and each metric
one change of its summary.
"""

from __future__ import annotations

from array import array
from functools import partial
from typing import TYPE_CHECKING

from epochal.entities import Points
from epochal.series.points import encode_columns
from epochal.sql.keys import intern
from epochal.sql.summaries import add_summaries, add_to_summaries
from epochal.sql.tail import append_payload, append_to_tail

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from epochal.sql.database import Connection

MANY = 256  # points of a run for which numpy is worth loading and calling
MOST = 131_072  # points that wait at a time; 3.6 MB

Part = tuple["Sequence[int]", Points]  # numbers of the names, points


class FreshPoints:
    """What the entries of one transaction have logged."""

    def __init__(self) -> None:
        self.watch: Callable[[int, int], None] | None = None  # told of runs and their new points
        self._parts: dict[int, list[Part]] = {}
        self._count = 0

    def add(
        self, connection: Connection, run: int, numbers: Sequence[int], points: Points
    ) -> None:
        """Put off points of a run; `numbers[i]` is the key of `points.names[i]`."""
        parts = self._parts.get(run)
        if parts is None:
            parts = self._parts[run] = []
        parts.append((numbers, points))
        self._count += len(points.value)
        if self._count >= MOST:
            self.flush(connection)

    def flush(self, connection: Connection) -> None:
        """Write all points that wait, in the order of runs."""
        for run, parts in sorted(self._parts.items()):
            count = _write(connection, run, parts)
            if self.watch is not None:
                connection.after_commit(partial(self.watch, run, count))
        self._parts.clear()
        self._count = 0


def append_points(connection: Connection, run: int, experiment: int, points: Points) -> None:
    """Keep points of a run, at the latest when the transaction commits."""
    if points.value:
        numbers = intern(connection, experiment, "m", points.names)
        connection.deferred(FreshPoints).add(connection, run, numbers, points)


def _write(connection: Connection, run: int, parts: list[Part]) -> int:
    count = sum(len(points.value) for _, points in parts)
    if count >= MANY:
        _write_many(connection, run, parts)
        return count
    numbers, points = parts[0] if len(parts) == 1 else _joined(parts)
    append_to_tail(connection, run, numbers, points)
    add_to_summaries(connection, run, numbers, points)
    return count


def _joined(parts: list[Part]) -> Part:
    whole = Points()
    known: dict[int, int] = {}
    for numbers, points in parts:
        places = [known.setdefault(number, len(known)) for number in numbers]
        whole.key.extend([places[index] for index in points.key])
        whole.step.extend(points.step)
        whole.timestamp.extend(points.timestamp)
        whole.value.extend(points.value)
    numbers = list(known)
    whole.names = [""] * len(numbers)  # nobody asks for them
    return numbers, whole


def _write_many(connection: Connection, run: int, parts: list[Part]) -> None:
    import numpy as np

    from epochal.series.columns import Columns
    from epochal.series.groups import summarize_groups

    keys, step, timestamp, value = array("I"), array("q"), array("q"), array("d")
    for numbers, points in parts:
        key = np.array(numbers, np.uint32)[np.frombuffer(points.key, np.uint32)]
        keys.frombytes(key.data.cast("B"))
        step += points.step
        timestamp += points.timestamp
        value += points.value
    append_payload(connection, run, len(keys), encode_columns(keys, step, timestamp, value))
    columns = Columns(
        np.frombuffer(step, np.int64),
        np.frombuffer(timestamp, np.int64),
        np.frombuffer(value, np.float64),
    )
    add_summaries(connection, run, summarize_groups(np.frombuffer(keys, np.uint32), columns))
