"""One row per run and metric: latest, first, extremes and count, kept with every write."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from epochal.entities import Metric
from epochal.series.summary import summarize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from epochal.entities import Points
    from epochal.series.summary import Summary
    from epochal.sql.database import Connection


def _rank(table: str, end: str) -> str:
    """The SQL of `series.summary.rank`: NaN, stored as NULL, stands just below zero."""
    column = f"{table}.{end}"
    return (
        f"({column}_step, {column}_timestamp, coalesce({column}_value, 0), "
        f"{column}_value IS NOT NULL)"
    )


def _point(end: str, comparison: str) -> str:
    """SET clauses that take the excluded point where it compares so with the one that stands."""
    test = f"{_rank('excluded', end)} {comparison} {_rank('metric_summaries', end)}"
    return ", ".join(
        f"{name} = CASE WHEN {test} THEN excluded.{name} ELSE metric_summaries.{name} END"
        for name in (f"{end}_value", f"{end}_step", f"{end}_timestamp")
    )


def _extreme(name: str, comparison: str) -> str:
    """A SET clause that keeps the extreme of two values of which either may be NULL."""
    stands = f"metric_summaries.{name}"
    return (
        f"{name} = CASE WHEN excluded.{name} IS NULL OR {stands} {comparison} excluded.{name} "
        f"THEN {stands} ELSE excluded.{name} END"
    )


# Compared in SQL, not here: another process may have written between our read and our write.
_UPSERT = f"""
INSERT INTO metric_summaries (run, key, last_step, last_timestamp, last_value, first_step,
    first_timestamp, first_value, min_value, max_value, point_count)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run, key) DO UPDATE SET {_point("last", ">")}, {_point("first", "<")},
    {_extreme("min_value", "<=")}, {_extreme("max_value", ">=")},
    point_count = metric_summaries.point_count + excluded.point_count"""

_FEWER = "UPDATE metric_summaries SET point_count = point_count - ? WHERE run = ? AND key = ?"

_LATEST = """
SELECT metric_summaries.run, keys.name, last_value, last_timestamp, last_step
FROM metric_summaries JOIN keys ON keys.id = metric_summaries.key
WHERE {} ORDER BY keys.name"""


def add_to_summaries(
    connection: Connection, run: int, numbers: Sequence[int], points: Points
) -> None:
    """Let the summaries know new points; `numbers[i]` is the key of `points.names[i]`."""
    found = summarize(points)
    add_summaries(connection, run, ((numbers[index], found[index]) for index in found))


def add_summaries(
    connection: Connection, run: int, summaries: Iterable[tuple[int, Summary]]
) -> None:
    """Let the summaries of a run, by key, know of new points as summarized; each key once."""
    # By key, so that two processes that log into one run wait for each other in one order.
    rows = sorted(_row(run, key, summary) for key, summary in summaries)
    if len(rows) == 1:
        connection.execute(_UPSERT, rows[0])
    else:
        connection.executemany(_UPSERT, rows)


def replace_summary(connection: Connection, run: int, key: int, summary: Summary | None) -> None:
    """Let a summary be this one, whatever it was; None for a metric that has no points."""
    connection.execute("DELETE FROM metric_summaries WHERE run = ? AND key = ?", (run, key))
    if summary is not None:
        connection.execute(_UPSERT, _row(run, key, summary))


def subtract_duplicates(connection: Connection, run: int, dropped: Mapping[int, int]) -> None:
    """Correct the counts by the equal points that a merge found, per key."""
    rows = [(count, run, key) for key, count in sorted(dropped.items()) if count]
    if rows:
        connection.executemany(_FEWER, rows)


def latest_metrics(connection: Connection, runs: Sequence[int]) -> dict[int, list[Metric]]:
    """The latest point of each metric of some runs, ordered by key; every run has a list."""
    among = connection.dialect.among("metric_summaries.run")
    rows = connection.execute(_LATEST.format(among), (connection.dialect.many(runs),))
    found: dict[int, list[Metric]] = {run: [] for run in runs}
    for run, name, value, timestamp, step in rows:
        found[run].append(Metric(name, math.nan if value is None else value, timestamp, step))
    return found


def count_keys(connection: Connection, run: int) -> int:
    """How many metrics a run has."""
    rows = connection.execute("SELECT count(*) FROM metric_summaries WHERE run = ?", (run,))
    return int(rows[0][0])


def _row(run: int, key: int, summary: Summary) -> tuple[object, ...]:
    least, greatest = summary.least, summary.greatest
    return (run, key, *summary.last, *summary.first, least, greatest, summary.count)
