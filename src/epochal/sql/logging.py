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


def write_log(
    connection: Connection, entry: RunLog, delivery: Delivery | None, append: AppendPoints
) -> None:
    """Write an entry, unless its delivery was seen before; `append` keeps its points.

    Raises NotFoundError, NotActiveError, ParamChangedError.
    """
    if delivery is not None and not _is_new(connection, delivery):
        return
    run, experiment = find_active_run(connection, entry.run_id)
    if entry.params:
        _add_params(connection, entry.run_id, run, experiment, entry.params)
    if entry.points.value:
        append(connection, run, experiment, entry.points)
    if entry.tags:
        set_tags(connection, run, experiment, entry.tags)
        name = entry.tags.get(RUN_NAME_TAG)
        if name:
            connection.execute("UPDATE runs SET name = ? WHERE id = ?", (name, run))


def _is_new(connection: Connection, delivery: Delivery) -> bool:
    """Note a delivery; False if this number of its writer, or a later one, was noted before."""
    noted = connection.execute(
        "INSERT INTO writers (writer, sequence, seen_ms) VALUES (?, ?, ?) "
        "ON CONFLICT (writer) DO UPDATE "
        "SET sequence = excluded.sequence, seen_ms = excluded.seen_ms "
        "WHERE writers.sequence < excluded.sequence",
        (delivery.writer, delivery.sequence, time.time_ns() // 1_000_000),
    )
    return noted.rowcount > 0


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
