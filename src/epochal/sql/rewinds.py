"""Taking points back: rewinding a run to a step, and forgetting one of its metrics.

Both are one transaction each. Fresh points of the metrics concerned are packed first, so that
only chunks have to be cut; the others go back into the tail as they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.errors import NotFoundError
from epochal.ports.metrics import Rewound
from epochal.sql.compaction import lock_run
from epochal.sql.keys import find_keys
from epochal.sql.runs import find_active_run
from epochal.sql.series import Metric
from epochal.sql.summaries import replace_summary
from epochal.sql.tail import add_row, read_tail, take_tail

if TYPE_CHECKING:
    from epochal.series.columns import Columns
    from epochal.series.summary import Summary
    from epochal.sql.database import Connection

_CUT = "SELECT DISTINCT key FROM metric_chunks WHERE run = ? AND last_step > ?"
_NEXT = "SELECT coalesce(max(rewind), 0) + 1 FROM metric_rewinds WHERE run = ?"
_NOTE = "INSERT INTO metric_rewinds (run, rewind, step, rewound_ms) VALUES (?, ?, ?, ?)"
_HOLD = "SELECT key FROM metric_summaries WHERE run = ? ORDER BY key FOR UPDATE"
_NO_KEY = 0  # keys are counted from 1
_KEPT_OF_KEY = ("metric_summaries", "metric_chunks", "metric_archive")


def rewind(connection: Connection, run_id: str, step: int, now_ms: int) -> Rewound:
    """Supersede what was logged beyond a step. Raises NotFoundError, NotActiveError."""
    from epochal.sql.archive import supersede
    from epochal.sql.chunks import add_to_chunks

    run, _ = find_active_run(connection, run_id)
    lock_run(connection, run)
    if not _affected(connection, run, step, read_tail(connection, run).grouped()):
        return Rewound(None, 0)
    fresh = _hold_tail(connection, run)
    affected = _affected(connection, run, step, fresh)
    number = int(connection.execute(_NEXT, (run,))[0][0])
    connection.execute(_NOTE, (run, number, step, now_ms))
    count = 0
    for key in sorted(affected):
        metric = Metric(run, key)
        if key in fresh:
            add_to_chunks(connection, run, key, fresh.pop(key))
        count += supersede(connection, metric, step, number)
        replace_summary(connection, run, key, _summarize(connection, metric))
    if fresh:
        add_row(connection, run, fresh)
    return Rewound(number, count)


def delete_metric(connection: Connection, run_id: str, key: str) -> None:
    """Forget one key of a run. Raises NotFoundError (run or key), NotActiveError."""
    run, experiment = find_active_run(connection, run_id)
    lock_run(connection, run)
    number = find_keys(connection, experiment, "m", [key]).get(key, _NO_KEY)
    fresh = _hold_tail(connection, run)
    count = len(fresh.pop(number, ()))
    for table in _KEPT_OF_KEY:
        sql = f"DELETE FROM {table} WHERE run = ? AND key = ?"
        count += connection.execute(sql, (run, number)).rowcount
    if not count:
        raise NotFoundError(f"metric of run {run_id}", key)
    if fresh:
        add_row(connection, run, fresh)


def _affected(connection: Connection, run: int, step: int, fresh: dict[int, Columns]) -> set[int]:
    """The metrics that have points beyond a step."""
    packed = {int(key) for (key,) in connection.execute(_CUT, (run, step))}
    return packed | {key for key, points in fresh.items() if bool((points.step > step).any())}


def _summarize(connection: Connection, metric: Metric) -> Summary | None:
    """The summary of what a metric's chunks hold, None for nothing; reads one after the other."""
    import numpy as np

    from epochal.series.groups import summarize_groups
    from epochal.series.summary import combine
    from epochal.sql.chunks import list_chunks, open_chunk

    found: Summary | None = None
    for chunk in list_chunks(connection, metric.run, metric.key):
        points = open_chunk(connection, metric.run, metric.key, chunk).take()
        ((_, summary),) = summarize_groups(np.zeros(len(points), np.uint32), points)
        found = summary if found is None else combine(found, summary)
    return found


def _hold_tail(connection: Connection, run: int) -> dict[int, Columns]:
    """Take a run's whole tail, and let nobody else change its summaries until we end.

    What another server logs meanwhile is either committed, and then in the tail we take, or it
    waits for our summaries and stays in a row of its own.
    """
    from epochal.series.columns import Columns

    fresh: dict[int, Columns] = {}
    while True:
        held = _hold_summaries(connection, run)
        for key, points in take_tail(connection, run).items():
            fresh[key] = Columns.joined([fresh[key], points]) if key in fresh else points
        if held is None or held.issuperset(fresh):
            return fresh


def _hold_summaries(connection: Connection, run: int) -> set[int] | None:
    """The metrics whose summaries are locked; on SQLite, where a writer is alone, None."""
    if connection.dialect.name == "sqlite":
        return None
    return {int(key) for (key,) in connection.execute(_HOLD, (run,))}
