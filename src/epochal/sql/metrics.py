"""Metrics on SQL: appending within a write, and `ports.metrics.MetricStore`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from epochal.entities import Series
from epochal.errors import InvalidParameterError
from epochal.ports.metrics import SeriesPage
from epochal.sql.compaction import MANY_ROWS, Compaction
from epochal.sql.keys import intern
from epochal.sql.page_tokens import Position, decode, encode, fingerprint
from epochal.sql.summaries import add_to_summaries, latest_metrics
from epochal.sql.tail import append_to_tail, read_tail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import Points
    from epochal.series.columns import Columns
    from epochal.sql.database import Connection, Database
    from epochal.sql.histories import Metric, Place

__all__ = ["SqlMetrics", "append_points", "delete_points", "latest_metrics"]

_FIND = """
SELECT runs.run_id, runs.id, keys.id FROM runs
JOIN keys ON keys.experiment = runs.experiment AND keys.kind = 'm' AND keys.name = ?
WHERE {}"""
_TABLES = ("metric_tail", "metric_chunks", "metric_summaries")
_PLACE = (("integer", "integer", "integer"),)


def append_points(connection: Connection, run: int, experiment: int, points: Points) -> None:
    """Keep points of a run: a row of the tail and the summaries of their keys."""
    if not points.value:
        return
    numbers = intern(connection, experiment, "m", points.names)
    append_to_tail(connection, run, numbers, points)
    add_to_summaries(connection, run, numbers, points)


def delete_points(connection: Connection, runs: Sequence[int]) -> None:
    """Forget all metrics of some runs."""
    for table in _TABLES:
        sql = f"DELETE FROM {table} WHERE {connection.dialect.among('run')}"
        connection.execute(sql, (connection.dialect.many(runs),))


class SqlMetrics:
    """The metric half of a store. See the promises of `ports.metrics`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._compaction = Compaction(database.write)

    def append(self, connection: Connection, run: int, experiment: int, points: Points) -> None:
        """As `append_points`; once committed, the run's tail is kept short."""
        if points.value:
            append_points(connection, run, experiment, points)
            connection.after_commit(partial(self._compaction.appended, run, len(points)))

    def tidy(self, run: int) -> None:
        """A run has ended: pack what it logged, soon and in the background."""
        self._compaction.tidy(run, has_ended=True)

    def get_history(
        self, run_id: str, key: str, limit: int | None = None, page_token: str | None = None
    ) -> SeriesPage:
        """Points ordered by (timestamp, step, value), NaN last among equals."""
        search = fingerprint("history", run_id, key)
        after = _place(page_token, search)
        with self._database.read() as connection:
            metric = _find(connection, [run_id], key).get(run_id)
            if metric is None:
                return SeriesPage(Series())
            points, has_more = self._page(connection, metric, after, limit)
        token = encode(Position(0, _last_place(points)), search) if has_more else None
        return SeriesPage(points.to_series(), token)

    def get_histories(
        self, run_ids: Sequence[str], key: str, limit: int
    ) -> list[tuple[str, Series]]:
        """Histories of several runs ordered by run_id, at most `limit` points in all."""
        found: list[tuple[str, Series]] = []
        with self._database.read() as connection:
            for run_id, metric in sorted(_find(connection, run_ids, key).items()):
                if limit <= 0:
                    break
                points, _ = self._page(connection, metric, None, limit)
                limit -= len(points)
                found.append((run_id, points.to_series()))
        return _filled(found)

    def sample(
        self, run_ids: Sequence[str], key: str, steps: tuple[int, int] | None, limit: int
    ) -> list[tuple[str, Series]]:
        """At most `limit` points of each run, chosen evenly, by (step, timestamp, value)."""
        from epochal.sql.histories import sample_evenly

        found: list[tuple[str, Series]] = []
        with self._database.read() as connection:
            metrics = _find(connection, run_ids, key)
            for run_id in filter(metrics.__contains__, dict.fromkeys(run_ids)):
                metric = metrics[run_id]
                fresh = self._fresh(connection, metric)
                points = sample_evenly(connection, metric, fresh, steps, limit)
                found.append((run_id, points.to_series()))
        return _filled(found)

    def _page(
        self, connection: Connection, metric: Metric, after: Place | None, limit: int | None
    ) -> tuple[Columns, bool]:
        from epochal.sql.histories import read_page

        return read_page(connection, metric, self._fresh(connection, metric), after, limit)

    def _fresh(self, connection: Connection, metric: Metric) -> Columns:
        fresh, rows = read_tail(connection, metric.run, metric.key)
        if rows > MANY_ROWS:  # left by a process that ended before it tidied
            self._compaction.tidy(metric.run)
        return fresh


def _filled(found: list[tuple[str, Series]]) -> list[tuple[str, Series]]:
    return [(run_id, series) for run_id, series in found if len(series)]


def _last_place(points: Columns) -> Place:
    from epochal.sql.histories import last_place

    return last_place(points)


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
