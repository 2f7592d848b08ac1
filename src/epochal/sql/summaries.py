"""One row per run and metric: latest, first, extremes, sum, count; kept with every write."""

from __future__ import annotations

import math
from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from epochal.entities import LatestMetrics
from epochal.series.summary import MOST, summarize
from epochal.sql.texts import key_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from epochal.entities import Points
    from epochal.search.tree import Function
    from epochal.series.summary import Duplicates, Summary
    from epochal.sql.database import Connection


def _rank(table: str, end: str) -> str:
    """The SQL of `series.summary.rank`: NaN, stored as NULL, stands just below zero."""
    column = f"{table}.{end}"
    return (
        f"({column}_step, {column}_timestamp, coalesce({column}_value, 0), "
        f"{column}_value IS NOT NULL)"
    )


def _taken(test: str, *names: str) -> str:
    """SET clauses that take the excluded values where the test holds."""
    return ", ".join(
        f"{name} = CASE WHEN {test} THEN excluded.{name} ELSE metric_summaries.{name} END"
        for name in names
    )


def _point(end: str, comparison: str) -> str:
    """SET clauses that take the excluded point where it compares so with the one that stands."""
    test = f"{_rank('excluded', end)} {comparison} {_rank('metric_summaries', end)}"
    return _taken(test, f"{end}_value", f"{end}_step", f"{end}_timestamp")


def _is_beyond(value: str, step: str, end: str, comparison: str) -> str:
    """Whether a value is more extreme than the one that stands, either of which may be NULL.

    Among equal values the earlier step is kept.
    """
    stands = f"metric_summaries.{end}"
    return (
        f"{value} {comparison} {stands}_value "
        f"OR {value} = {stands}_value AND {step} < {stands}_step OR {stands}_value IS NULL"
    )


def _extreme(end: str, comparison: str) -> str:
    """SET clauses that keep the extreme of two values and its step."""
    test = _is_beyond(f"excluded.{end}_value", f"excluded.{end}_step", end, comparison)
    return _taken(test, f"{end}_value", f"{end}_step")


def _move(end: str, comparison: str) -> str:
    """SQLite's statement that replaces an extreme if the one given is beyond it.

    Binds run, key, value and step, in this order.
    """
    return (
        f"UPDATE metric_summaries SET {end}_value = ?3, {end}_step = ?4 "
        f"WHERE run = ?1 AND key = ?2 AND ({_is_beyond('?3', '?4', end, comparison)})"
    )


def _total(sign: str, value: str) -> str:
    """A SET clause that adds to the total within bounds; PostgreSQL refuses to overflow."""
    total = f"metric_summaries.total {sign} {value}"
    return (
        f"total = CASE WHEN {total} > {MOST!r} THEN {MOST!r} "
        f"WHEN {total} < -{MOST!r} THEN -{MOST!r} ELSE {total} END"
    )


# Compared in SQL, not here: another process may have written between our read and our write.
_INSERT = """
INSERT INTO metric_summaries (run, key, last_step, last_timestamp, last_value, first_step,
    first_timestamp, first_value, min_value, min_step, max_value, max_step, total, nan_count,
    point_count)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_UPDATE_ENDS = f"""
{_INSERT} ON CONFLICT (run, key) DO UPDATE SET {_point("last", ">")}, {_point("first", "<")},
    {_total("+", "excluded.total")},
    nan_count = metric_summaries.nan_count + excluded.nan_count,
    point_count = metric_summaries.point_count + excluded.point_count"""
_UPDATE_ALL = f"{_UPDATE_ENDS}, {_extreme('min', '<')}, {_extreme('max', '>')}"
_MOVE_LEAST = _move("min", "<")
_MOVE_GREATEST = _move("max", ">")

_FEWER = f"""
UPDATE metric_summaries SET point_count = point_count - ?, nan_count = nan_count - ?,
    {_total("-", "CAST(? AS double precision)")} WHERE run = ? AND key = ?"""

_LARGEST = "1.7976931348623157e308"  # what is greater is infinite
# Either database would show as zero what is as small as this divided by a count, yet PostgreSQL
# refuses to.
_SMALLEST = "1e-300"
# Where all values are equal their mean is exact.
_MEAN = f"""CASE WHEN {{0}}.min_value IS NULL THEN NULL
    WHEN {{0}}.min_value = {{0}}.max_value THEN {{0}}.min_value
    WHEN {{0}}.max_value > {_LARGEST}
    THEN CASE WHEN {{0}}.min_value < -{_LARGEST} THEN NULL ELSE {{0}}.max_value END
    WHEN {{0}}.min_value < -{_LARGEST} THEN {{0}}.min_value
    WHEN {{0}}.total BETWEEN -{_SMALLEST} AND {_SMALLEST} THEN 0.0
    ELSE {{0}}.total / ({{0}}.point_count - {{0}}.nan_count) END"""

_COLUMNS: dict[Function | None, str] = {
    None: "{}.last_value",
    "first": "{}.first_value",
    "min": "{}.min_value",
    "max": "{}.max_value",
    "mean": _MEAN,
    "count": "{}.point_count",
    "last_step": "{}.last_step",
    "min_step": "{}.min_step",
    "max_step": "{}.max_step",
}
WHOLE: frozenset[Function | None] = frozenset({"count", "last_step", "min_step", "max_step"})

_LATEST = """
SELECT run, key, last_value, last_timestamp, last_step FROM metric_summaries
WHERE {} ORDER BY run, key"""


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
    found = sorted(summaries, key=itemgetter(0))
    rows = [_row(run, key, summary) for key, summary in found]
    if connection.dialect.name == "postgresql":
        if len(rows) == 1:  # no pipeline for one
            connection.execute(_UPDATE_ALL, rows[0])
        else:
            connection.executemany(_UPDATE_ALL, rows)
        return
    # What an UPDATE of SQLite names is written anew in each index, changed or not; so extremes,
    # which seldom move, have statements of their own. Nobody else writes between them.
    connection.executemany(_UPDATE_ENDS, rows)
    least = [(run, key, *summary.least) for key, summary in found if summary.least]
    greatest = [(run, key, *summary.greatest) for key, summary in found if summary.greatest]
    connection.executemany(_MOVE_LEAST, least)
    connection.executemany(_MOVE_GREATEST, greatest)


def replace_summary(connection: Connection, run: int, key: int, summary: Summary | None) -> None:
    """Let a summary be this one, whatever it was; None for a metric that has no points."""
    connection.execute("DELETE FROM metric_summaries WHERE run = ? AND key = ?", (run, key))
    if summary is not None:
        connection.execute(_INSERT, _row(run, key, summary))


def subtract_duplicates(
    connection: Connection, run: int, dropped: Mapping[int, Duplicates]
) -> None:
    """Correct counts and totals by the equal points that a merge found, per key."""
    rows = [
        (found.count, found.nan_count, *[found.total] * 3, run, key)
        for key, found in sorted(dropped.items())
        if found.count
    ]
    if rows:
        connection.executemany(_FEWER, rows)


def summary_column(function: Function | None, alias: str) -> str:
    """What a function of the search language says, of the row `alias`; NULL is NaN."""
    return _COLUMNS[function].format(alias)


def latest_metrics(connection: Connection, runs: Sequence[int]) -> dict[int, LatestMetrics]:
    """The latest point of each metric of some runs, ordered by name; for runs that have any."""
    among = connection.dialect.among("run")
    rows = connection.execute(_LATEST.format(among), (connection.dialect.many(runs),))
    if not rows:
        return {}
    # Columns of all runs at once, then cut: zipping run by run costs more than the cuts do.
    numbers, keys, values, timestamps, steps = zip(*rows, strict=True)
    if None in values:
        values = tuple(math.nan if value is None else value for value in values)
    names = key_names(connection, set(keys))
    known: dict[tuple[int, ...], _Order] = {}
    found: dict[int, LatestMetrics] = {}
    start = 0
    for run, count in Counter(numbers).items():  # in the order of the rows
        end = start + count
        own = keys[start:end]
        order = known.get(own)
        if order is None:
            order = known[own] = _Order([names[key] for key in own])
        arrange = order.arrange
        found[run] = LatestMetrics(
            order.names,
            arrange(values[start:end]),
            arrange(timestamps[start:end]),
            arrange(steps[start:end]),
        )
        start = end
    return found


class _Order:
    """Names in order, and what brings a column of theirs into that order."""

    __slots__ = ("arrange", "names")

    arrange: Callable[[tuple[Any, ...]], tuple[Any, ...]]

    def __init__(self, names: list[str]) -> None:
        places = sorted(range(len(names)), key=names.__getitem__)
        self.names = [names[place] for place in places]
        self.arrange = tuple if self.names == names else itemgetter(*places)


def count_keys(connection: Connection, run: int) -> int:
    """How many metrics a run has."""
    rows = connection.execute("SELECT count(*) FROM metric_summaries WHERE run = ?", (run,))
    return int(rows[0][0])


def _row(run: int, key: int, summary: Summary) -> tuple[object, ...]:
    return (
        run,
        key,
        *summary.last,
        *summary.first,
        *(summary.least or (None, None)),
        *(summary.greatest or (None, None)),
        summary.total,
        summary.nan_count,
        summary.count,
    )
