"""Metrics on SQL: appending within a write, reading within a snapshot.

The reading half keeps the promises of `ports.metrics`. Readers take `noticed`, which is told
the run and the number of rows whenever they meet a tail; see `Compaction.noticed`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.entities import Series
from epochal.errors import InvalidParameterError
from epochal.ports.metrics import SeriesPage
from epochal.sql.keys import intern_keys
from epochal.sql.page_tokens import Position, decode, encode, fingerprint
from epochal.sql.summaries import add_to_summaries, latest_metrics
from epochal.sql.tail import append_to_tail, read_tail

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from epochal.entities import Points
    from epochal.series.columns import Columns
    from epochal.sql.database import Connection
    from epochal.sql.histories import Metric, Place

    Noticed = Callable[[int, int], None]

__all__ = [
    "append_points",
    "delete_points",
    "get_histories",
    "get_history",
    "latest_metrics",
    "sample",
]

_FIND = """
SELECT runs.run_id, runs.id, keys.id FROM runs
JOIN keys ON keys.experiment = runs.experiment AND keys.kind = 'm' AND keys.name = ?
WHERE {}"""
_TABLES = ("metric_tail", "metric_chunks", "metric_summaries")
_PLACE = (("integer", "integer", "integer"),)


def _ignore(run: int, rows: int) -> None:
    """Nobody wants to know."""


def append_points(connection: Connection, run: int, experiment: int, points: Points) -> None:
    """Keep points of a run: a row of the tail and the summaries of their keys."""
    if not points.value:
        return
    known = intern_keys(connection, experiment, "m", points.names)
    numbers = [known[name] for name in points.names]
    append_to_tail(connection, run, numbers, points)
    add_to_summaries(connection, run, numbers, points)


def delete_points(connection: Connection, runs: Sequence[int]) -> None:
    """Forget all metrics of some runs."""
    for table in _TABLES:
        sql = f"DELETE FROM {table} WHERE {connection.dialect.among('run')}"
        connection.execute(sql, (connection.dialect.many(runs),))


def get_history(
    connection: Connection,
    run_id: str,
    key: str,
    limit: int | None = None,
    page_token: str | None = None,
    *,
    noticed: Noticed = _ignore,
) -> SeriesPage:
    """Points ordered by (timestamp, step, value), NaN last among equals."""
    search = fingerprint("history", run_id, key)
    after = _place(page_token, search)
    metric = _find(connection, [run_id], key).get(run_id)
    if metric is None:
        return SeriesPage(Series())
    from epochal.sql.histories import last_place, read_page

    fresh = _fresh(connection, metric, noticed)
    points, has_more = read_page(connection, metric, fresh, after, limit)
    token = encode(Position(0, last_place(points)), search) if has_more else None
    return SeriesPage(points.to_series(), token)


def get_histories(
    connection: Connection,
    run_ids: Sequence[str],
    key: str,
    limit: int,
    *,
    noticed: Noticed = _ignore,
) -> list[tuple[str, Series]]:
    """Histories of several runs ordered by run_id, at most `limit` points in all."""
    from epochal.sql.histories import read_page

    found: list[tuple[str, Series]] = []
    for run_id, metric in sorted(_find(connection, run_ids, key).items()):
        if limit <= 0:
            break
        fresh = _fresh(connection, metric, noticed)
        points, _ = read_page(connection, metric, fresh, None, limit)
        limit -= len(points)
        if len(points):
            found.append((run_id, points.to_series()))
    return found


def sample(
    connection: Connection,
    run_ids: Sequence[str],
    key: str,
    steps: tuple[int, int] | None,
    limit: int,
    *,
    noticed: Noticed = _ignore,
) -> list[tuple[str, Series]]:
    """At most `limit` points of each run, chosen evenly, by (step, timestamp, value)."""
    from epochal.sql.histories import sample_evenly

    found: list[tuple[str, Series]] = []
    metrics = _find(connection, run_ids, key)
    for run_id in dict.fromkeys(run_ids):
        if run_id in metrics:
            fresh = _fresh(connection, metrics[run_id], noticed)
            points = sample_evenly(connection, metrics[run_id], fresh, steps, limit)
            if len(points):
                found.append((run_id, points.to_series()))
    return found


def _fresh(connection: Connection, metric: Metric, noticed: Noticed) -> Columns:
    fresh, rows = read_tail(connection, metric.run, metric.key)
    if rows:
        noticed(metric.run, rows)
    return fresh


def _find(connection: Connection, run_ids: Sequence[str], key: str) -> dict[str, Metric]:
    """Those of some runs whose experiment knows the key."""
    from epochal.sql.histories import Metric

    sql = _FIND.format(connection.dialect.among("runs.run_id"))
    rows = connection.execute(sql, (key, connection.dialect.many(run_ids)))
    return {run_id: Metric(run, number) for run_id, run, number in rows}


def _place(token: str | None, search: str) -> Place | None:
    position = decode(token, search, _PLACE)
    if position is None:
        return None
    timestamp, step, rank = position.values
    if isinstance(timestamp, int) and isinstance(step, int) and isinstance(rank, int):
        return timestamp, step, rank
    raise InvalidParameterError(
        f"Invalid page token, not one of ours: {str(token)[:80]!r}; pass the next_page_token of "
        "the page before, or no token for the first page."
    )
