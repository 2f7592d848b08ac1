"""Searches over runs and experiments: which rows make up one page, in which order.

The filter becomes a condition (`conditions`), the ordering becomes phases (`orderings`) and the
place where the last page ended becomes a bound on the ordering's columns (`page_tokens`), never
an offset: the tenth page costs what the first did, and rows that arrive meanwhile shift nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from epochal.entities import Page, ViewType
from epochal.search.algebra import demands
from epochal.search.tree import Field
from epochal.sql.conditions import (
    NEVER,
    Condition,
    KeyName,
    all_of,
)
from epochal.sql.filters import (
    beyond_bounds,
    bounds,
    experiment_condition,
    run_condition,
    wanted_keys,
)
from epochal.sql.orderings import (
    behind,
    experiment_keys,
    order_clause,
    phases,
    row_order,
    run_keys,
    source,
)
from epochal.sql.page_tokens import Position, decode, encode, fingerprint
from epochal.sql.ties import Ties

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from epochal.ports.tracking import ExperimentQuery, RunQuery
    from epochal.search.tree import Node
    from epochal.sql.database import Connection
    from epochal.sql.dialect import Dialect
    from epochal.sql.orderings import Column, Key, Phase

Row = tuple[Any, ...]  # the row's internal id, then the values it was ordered by

_STAGES = {
    ViewType.ACTIVE_ONLY: ("active",),
    ViewType.DELETED_ONLY: ("deleted",),
    ViewType.ALL: ("active", "deleted"),
}
# Each part of a search that an index orders by itself is asked for a whole page, and the answers
# are merged. Beyond these bounds one statement that sorts all is the cheaper one.
_MAX_SCANS = 16
_MAX_MERGED_ROWS = 20_000
_INT64_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Window:
    """At most `limit` rows, behind the row that was ordered by these values."""

    limit: int
    after: tuple[object, ...] | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """Runs that one statement looks at, and the interned names that hold among them."""

    experiments: tuple[int, ...]
    stages: tuple[str, ...]
    names: Mapping[KeyName, tuple[int, ...]]


def find_runs(connection: Connection, query: RunQuery) -> Page[int]:
    """One page of `runs.id`, in the order of the search.

    Raises InvalidParameterError for a page token that is not ours or is another search's.
    """
    keys = run_keys(query.order_by)
    experiments = numbers_of(query.experiment_ids)
    search = fingerprint(experiments, query.where, query.order_by, query.view)
    pager = Pager(phases(keys), query.limit, search, query.page_token)
    scans = _scans(connection, query, keys, experiments)
    for phase, window in pager.steps():
        found = [
            row
            for scan in scans
            for row in _ties(connection, query, scan).rows(phase, window.after, window.limit)
        ]
        if len(scans) > 1:
            found.sort(key=row_order(phase.columns))
        pager.take(found)
    return pager.page()


def find_experiments(connection: Connection, query: ExperimentQuery) -> Page[int]:
    """One page of `experiments.id`, in the order of the search.

    Raises InvalidParameterError for a page token that is not ours or is another search's.
    """
    search = fingerprint("experiments", query.where, query.order_by, query.view)
    pager = Pager(phases(experiment_keys(query.order_by)), query.limit, search, query.page_token)
    for phase, window in pager.steps():
        statement = compile_experiments(phase, window, query, connection.dialect)
        if statement is not None:
            pager.take(connection.execute(statement.sql, statement.params))
    return pager.page()


def _ties(connection: Connection, query: RunQuery, scan: Scan) -> Ties:
    """How the runs of one scan are read."""

    def fetch(
        phase: Phase, after: tuple[Any, ...] | None, count: int, also: Sequence[Condition]
    ) -> Sequence[Row]:
        window = Window(count, after)
        statement = compile_runs(phase, window, scan, query.where, connection.dialect, also)
        if statement is None:
            return []
        return connection.execute(statement.sql, statement.params)

    # A filter that names its runs leads to them; the orderings' indexes are of no use then.
    names: Mapping[KeyName, tuple[int, ...]] = {} if _names_runs(query.where) else scan.names
    return Ties(connection, names, fetch, lambda phase: _bounds(phase, query.where))


def compile_runs(
    phase: Phase,
    window: Window,
    scan: Scan,
    where: Node | None,
    dialect: Dialect,
    also: Sequence[Condition] = (),
) -> Condition | None:
    """The statement for one phase of one scan, under further conditions; None for no row.

    It yields `runs.id` and the values of `phase.columns`.
    """
    origin, needed = source(phase, scan.names, dialect, forced=not _names_runs(where))
    leading = phase.keys[phase.leading]
    limits = _bounds(phase, where)
    asked = beyond_bounds(where, leading.field) if limits else where
    number = "r.id" if leading.name is None else f"o{leading.index}.run"
    condition = all_of(
        [
            _among("r.experiment", scan.experiments, dialect),
            _among("r.lifecycle_stage", scan.stages, dialect),
            needed,
            *beyond(phase.columns, window),
            *limits,
            *also,
            run_condition(asked, dialect, scan.names, number),
        ]
    )
    return page_statement("r.id", origin, condition, phase.columns, window)


def compile_experiments(
    phase: Phase, window: Window, query: ExperimentQuery, dialect: Dialect
) -> Condition | None:
    """The statement for one phase: `experiments.id` and the values of `phase.columns`."""
    leading = phase.keys[phase.leading]
    condition = all_of(
        [
            _among("e.lifecycle_stage", _STAGES[query.view], dialect),
            *(Condition(f"{key.value.sql} IS NULL") for key in phase.keys[: phase.leading]),
            *([Condition(f"{leading.value.sql} IS NOT NULL")] if leading.rank else []),
            *beyond(phase.columns, window),
            experiment_condition(query.where, dialect),
        ]
    )
    return page_statement("e.id", Condition("experiments e"), condition, phase.columns, window)


def page_statement(
    identity: str, origin: Condition, condition: Condition, columns: list[Column], window: Window
) -> Condition | None:
    """The rows of one phase under a condition, in order; None for no row."""
    if condition == NEVER:
        return None
    selected = ", ".join([identity, *(column.sql for column in columns)])
    return Condition(
        f"SELECT {selected} FROM {origin.sql} WHERE {condition.sql} "
        f"ORDER BY {order_clause(columns)} LIMIT ?",
        (*origin.params, *condition.params, window.limit),
    )


def _bounds(phase: Phase, where: Node | None) -> list[Condition]:
    leading = phase.keys[phase.leading]
    if leading.name is None or phase.share != "number":
        return []
    return bounds(where, leading.field, leading.value.sql)


def beyond(columns: Sequence[Column], window: Window) -> list[Condition]:
    """What lets a window begin where the last page ended."""
    return [] if window.after is None else [behind(columns, window.after)]


def _among(column: str, values: tuple[int, ...] | tuple[str, ...], dialect: Dialect) -> Condition:
    if len(values) == 1:
        return Condition(f"{column} = ?", values)
    return Condition(dialect.among(column), (dialect.many(values),))


def numbers_of(experiment_ids: Iterable[str]) -> tuple[int, ...]:
    """Ids as the database counts them; others belong to no experiment."""
    plain = {i.strip() for i in experiment_ids}
    return tuple(
        sorted(int(i) for i in plain if i.isdecimal() and i.isascii() and len(i) <= _INT64_DIGITS)
    )


def _names_runs(where: Node | None) -> bool:
    """Whether the filter itself lists the few runs that can match."""
    return any(
        c.field == Field("attribute", "run_id") and c.operator in {"=", "IN"}
        for c in demands(where)
    )


def _scans(
    connection: Connection, query: RunQuery, keys: Sequence[Key], experiments: tuple[int, ...]
) -> list[Scan]:
    """The parts of a search that an index can order each by itself, or all in one."""
    stages = _STAGES[query.view]
    if not experiments:
        return []
    names = _interned(connection, query.where, keys, experiments)
    count = len(experiments) * len(stages)
    if count > _MAX_SCANS or count * query.limit > _MAX_MERGED_ROWS:
        return [Scan(experiments, stages, _merged(names))]
    return [
        Scan((experiment,), (stage,), {n: (key,) for n, key in names.get(experiment, {}).items()})
        for experiment in experiments
        for stage in stages
    ]


def whole_scan(connection: Connection, query: RunQuery, keys: Sequence[Key]) -> Scan:
    """All runs that a search looks at in one scan, whatever their order."""
    experiments = numbers_of(query.experiment_ids)
    names = _interned(connection, query.where, keys, experiments)
    return Scan(experiments, _STAGES[query.view], _merged(names))


def scan_condition(scan: Scan, where: Node | None, dialect: Dialect) -> Condition:
    """What a search demands of the row `r` of `runs`, for runs of one scan."""
    return all_of(
        [
            _among("r.experiment", scan.experiments, dialect),
            _among("r.lifecycle_stage", scan.stages, dialect),
            run_condition(where, dialect, scan.names),
        ]
    )


def _merged(names: Mapping[int, Mapping[KeyName, int]]) -> dict[KeyName, tuple[int, ...]]:
    merged: dict[KeyName, list[int]] = {}
    for own in names.values():
        for name, key in own.items():
            merged.setdefault(name, []).append(key)
    return {name: tuple(ids) for name, ids in merged.items()}


def _interned(
    connection: Connection,
    where: Node | None,
    keys: Sequence[Key],
    experiments: tuple[int, ...],
) -> dict[int, dict[KeyName, int]]:
    """The ids of all names that a search mentions, by experiment."""
    wanted = wanted_keys(where) | {key.name for key in keys if key.name}
    if not wanted:
        return {}
    dialect = connection.dialect
    rows = connection.execute(
        "SELECT experiment, kind, name, id FROM keys "
        f"WHERE {dialect.among('experiment')} AND kind IN ('m', 'p', 't') "
        f"AND {dialect.among('name')}",
        (dialect.many(experiments), dialect.many({name[1] for name in wanted})),
    )
    found: dict[int, dict[KeyName, int]] = {}
    for experiment, kind, name, key in rows:
        if (kind, name) in wanted:
            found.setdefault(experiment, {})[kind, name] = key
    return found


class Pager:
    """Collects rows phase by phase until a page is full and one more row is known to follow."""

    def __init__(self, steps: list[Phase], limit: int, search: str, token: str | None) -> None:
        self._steps, self._limit, self._search = steps, limit, search
        self._position = decode(
            token, search, [[column.kind for column in step.columns] for step in steps]
        )
        self._rows: list[tuple[int, Row]] = []
        self._phase = 0

    def steps(self) -> Iterable[tuple[Phase, Window]]:
        """What to fetch next, from where the last page ended, as long as rows are missing."""
        start = self._position.phase if self._position else 0
        for index in range(start, len(self._steps)):
            self._phase = index
            if self._missing <= 0:
                return
            resumed = self._position if index == start else None
            after = resumed.values if resumed else None
            yield self._steps[index], Window(self._missing, after)

    def take(self, rows: Iterable[Row]) -> None:
        """Add what a step found, in order; too many are cut."""
        self._rows += [(self._phase, row) for row in rows][: self._missing]

    @property
    def _missing(self) -> int:
        return self._limit + 1 - len(self._rows)

    def page(self) -> Page[int]:
        """The page, with a token if a row follows."""
        shown = self._rows[: self._limit]
        items: list[int] = [row[0] for _, row in shown]
        if len(self._rows) <= self._limit:
            return Page(items)
        phase, row = shown[-1]
        return Page(items, encode(Position(phase, tuple(row[1:])), self._search))
