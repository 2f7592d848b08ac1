"""The hot path: what one request or one courier batch logs into one run."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from epochal.errors import ParamChangedError
from epochal.sql.keys import intern
from epochal.sql.runs import RUN_NAME_TAG, find_active_run, set_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from epochal.entities import Points
    from epochal.ports.tracking import Delivery, RunLog
    from epochal.sql.database import Connection

    AppendPoints = Callable[[Connection, int, int, Points], None]  # run, experiment

_NOTE = """
INSERT INTO writers (writer, sequence, seen_ms) VALUES (?, ?, ?)
ON CONFLICT (writer) DO UPDATE SET sequence = excluded.sequence, seen_ms = excluded.seen_ms
WHERE writers.sequence < excluded.sequence"""
_LAST = "SELECT sequence FROM writers WHERE writer = ?"


def write_log(
    connection: Connection, entry: RunLog, delivery: Delivery | None, append: AppendPoints
) -> None:
    """Write an entry, unless its delivery was seen before; `append` keeps its points.

    For work that joins: entries of one commit ask for their run and note their writer once.

    Raises NotFoundError, NotActiveError, ParamChangedError.
    """
    if delivery is not None and not connection.deferred(_Writers).is_new(connection, delivery):
        return
    run, experiment = connection.deferred(_Runs).find(connection, entry.run_id)
    if entry.params:
        _add_params(connection, entry.run_id, run, experiment, entry.params)
    if entry.points.value:
        append(connection, run, experiment, entry.points)
    if entry.tags:
        set_tags(connection, run, experiment, entry.tags)
        name = entry.tags.get(RUN_NAME_TAG)
        if name:
            connection.execute("UPDATE runs SET name = ? WHERE id = ?", (name, run))


class _Runs:
    """The active runs that this transaction has found; nothing is put off."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, int]] = {}

    def find(self, connection: Connection, run_id: str) -> tuple[int, int]:
        found = self._found.get(run_id)
        if found is None:
            found = self._found[run_id] = find_active_run(connection, run_id)
        return found

    def flush(self, connection: Connection) -> None:
        """Forget them: what follows may delete runs."""


class _Writers:
    """The last sequence of each writer that this transaction has met.

    The first delivery of a writer locks its row; those after it are compared here.
    """

    def __init__(self) -> None:
        self._last: dict[str, int] = {}
        self._ahead: set[str] = set()  # of what its row says

    def is_new(self, connection: Connection, delivery: Delivery) -> bool:
        """Note a delivery; False if this number of its writer, or a later one, was noted."""
        writer, sequence = delivery.writer, delivery.sequence
        last = self._last.get(writer)
        if last is None:
            self._last[writer] = sequence
            if connection.execute(_NOTE, (writer, sequence, _now_ms())).rowcount:
                return True
            last = self._last[writer] = connection.execute(_LAST, (writer,))[0][0]
        if sequence <= last:
            return False
        self._last[writer] = sequence
        self._ahead.add(writer)
        return True

    def flush(self, connection: Connection) -> None:
        for writer in self._ahead:
            connection.execute(_NOTE, (writer, self._last[writer], _now_ms()))


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _add_params(
    connection: Connection, run_id: str, run: int, experiment: int, params: Mapping[str, str]
) -> None:
    wanted = dict(zip(intern(connection, experiment, "p", params), params, strict=True))
    connection.executemany(
        "INSERT INTO params (run, key, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(run, key, params[wanted[key]]) for key in sorted(wanted)],
    )
    # Looking afterwards also sees what another process wrote while our insert waited for it.
    for key, kept in connection.execute(
        f"SELECT key, value FROM params WHERE run = ? AND {connection.dialect.among('key')}",
        (run, connection.dialect.many(wanted)),
    ):
        name = wanted[key]
        if kept != params[name]:
            raise ParamChangedError(run_id, name, kept, params[name])
