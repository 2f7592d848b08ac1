"""Metrics on SQL: appending within a write, and `ports.metrics.MetricStore`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.entities import Curve, Series
from epochal.errors import InvalidParameterError
from epochal.ports.metrics import SeriesPage, Window
from epochal.sql.compaction import MANY_ROWS, Compaction
from epochal.sql.fresh import FreshPoints, append_points
from epochal.sql.page_tokens import Position, decode, encode, fingerprint
from epochal.sql.series import find_metrics
from epochal.sql.summaries import latest_metrics
from epochal.sql.tail import read_tail

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from epochal.entities import Points
    from epochal.ports.metrics import ChartQuery, Rewound
    from epochal.sql.database import Connection, Database
    from epochal.sql.histories import Place
    from epochal.sql.series import Metric
    from epochal.sql.tail import Tail

__all__ = ["SqlMetrics", "delete_points", "latest_metrics"]

_TABLES = (
    "metric_tail",
    "metric_chunks",
    "metric_summaries",
    "metric_archive",
    "metric_rewinds",
)
_PLACE = (("integer", "integer", "integer"),)


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
        """Keep points of a run, in work that joins; the run's tail is kept short afterwards."""
        connection.deferred(FreshPoints).watch = self._compaction.appended
        append_points(connection, run, experiment, points)

    def tidy(self, run: int) -> None:
        """A run has ended: pack what it logged, soon and in the background."""
        self._compaction.tidy(run, has_ended=True)

    def get_history(
        self,
        run_id: str,
        key: str,
        limit: int | None = None,
        page_token: str | None = None,
        *,
        window: Window | None = None,
        superseded: bool = False,
    ) -> SeriesPage:
        """Points ordered by (timestamp, step, value), NaN last among equals."""
        from epochal.sql.histories import Span, last_place, read_page, read_superseded

        # Plain histories may be continued by older tokens.
        extras = (repr(window), superseded) if window is not None or superseded else ()
        search = fingerprint("history", run_id, key, *extras)
        after = _place(page_token, search)
        with self._database.read() as connection:
            found = find_metrics(connection, [run_id], [key], superseded=superseded)
            metric = found.get((run_id, key))
            if metric is None:
                return SeriesPage(Series())
            span = Span(metric.bounds(window), after, limit)
            if superseded:
                points, has_more = read_superseded(connection, metric, span)
            else:
                fresh = self._tail(connection, metric.run).of(metric.key)
                points, has_more = read_page(connection, metric, fresh, span)
        token = encode(Position(0, last_place(points)), search) if has_more else None
        return SeriesPage(points.to_series(), token)

    def get_histories(
        self, run_ids: Sequence[str], key: str, limit: int
    ) -> list[tuple[str, Series]]:
        """Histories of several runs ordered by run_id, at most `limit` points in all."""
        from epochal.sql.histories import Span, read_page

        found: list[tuple[str, Series]] = []
        with self._database.read() as connection:
            for (run_id, _), metric in sorted(find_metrics(connection, run_ids, [key]).items()):
                if limit <= 0:
                    break
                fresh = self._tail(connection, metric.run).of(metric.key)
                points, _ = read_page(connection, metric, fresh, Span(limit=limit))
                limit -= len(points)
                if len(points):
                    found.append((run_id, points.to_series()))
        return found

    def sample(
        self, run_ids: Sequence[str], key: str, steps: tuple[int, int] | None, limit: int
    ) -> list[tuple[str, Series]]:
        """At most `limit` points of each run, chosen evenly, by (step, timestamp, value)."""
        from epochal.sql.curves import sample_evenly

        window = None if steps is None else Window("step", *steps)
        found: list[tuple[str, Series]] = []
        with self._database.read() as connection:
            metrics = find_metrics(connection, run_ids, [key])
            for run_id in dict.fromkeys(run_ids):
                metric = metrics.get((run_id, key))
                if metric is None:
                    continue
                fresh = self._tail(connection, metric.run).of(metric.key)
                points = sample_evenly(connection, metric, fresh, metric.bounds(window), limit)
                if len(points):
                    found.append((run_id, points.to_series()))
        return found

    def draw(self, query: ChartQuery) -> list[Curve]:
        """Points for a chart, the peaks among them, by run and key as asked for."""
        found: list[Curve] = []
        with self._database.read() as connection:
            metrics = find_metrics(connection, query.run_ids, query.keys)
            for run_id in dict.fromkeys(query.run_ids):
                chosen = [
                    (key, metrics[run_id, key])
                    for key in dict.fromkeys(query.keys)
                    if (run_id, key) in metrics
                ]
                if chosen:
                    found += self._draw_run(connection, run_id, chosen, query)
        return found

    def rewind(self, run_id: str, step: int, now_ms: int) -> Rewound:
        """Supersede all points of a run with a greater step. See `sql.rewinds`."""
        from epochal.sql import rewinds

        return self._database.write(lambda c: rewinds.rewind(c, run_id, step, now_ms)).result()

    def delete_metric(self, run_id: str, key: str) -> None:
        """Forget a key of a run. See `sql.rewinds`."""
        from epochal.sql import rewinds

        self._database.write(lambda c: rewinds.delete_metric(c, run_id, key)).result()

    def _draw_run(
        self,
        connection: Connection,
        run_id: str,
        metrics: list[tuple[str, Metric]],
        query: ChartQuery,
    ) -> Iterator[Curve]:
        from epochal.sql.curves import sample_peaks

        tail = self._tail(connection, metrics[0][1].run)
        for key, metric in metrics:
            bounds = metric.bounds(query.window)
            points, is_whole = sample_peaks(
                connection,
                metric,
                tail.of(metric.key),
                bounds,
                query.limit,
                by_time=query.window.axis != "step",
            )
            if len(points):
                yield Curve(run_id, key, metric.origin, points.to_series(), is_whole)

    def _tail(self, connection: Connection, run: int) -> Tail:
        tail = read_tail(connection, run)
        if tail.rows > MANY_ROWS:  # left by a process that ended before it tidied
            self._compaction.tidy(run)
        return tail


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
