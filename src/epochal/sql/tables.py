"""Runs as columns: only the values asked for are read, by one statement for each kind of value."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from epochal.entities import RunTable
from epochal.rules import limits
from epochal.sql.conditions import KEY_KINDS
from epochal.sql.orderings import RUN_ATTRIBUTES
from epochal.sql.search import find_runs, numbers_of, scan_condition, whole_scan
from epochal.sql.summaries import WHOLE, summary_column
from epochal.sql.texts import read_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from epochal.ports.tracking import RunQuery
    from epochal.search.tree import Field, Function
    from epochal.sql.database import Connection

Cells = list[Any]  # one column: a value for each run, None where there is none

_BASIC = ("experiment_id", "run_name", "status", "artifact_uri", "start_time", "end_time")
_TEXT_TABLES = {"p": "params", "t": "tags"}
_BLOCK = 250  # runs whose metrics are read at once: their rows stay in the processor's cache


def read_table(
    connection: Connection, query: RunQuery, columns: Mapping[str, Field] | None
) -> RunTable:
    """One page of runs in columns. See `ports.tables`."""
    experiments = numbers_of(query.experiment_ids)
    if columns is None:
        keys = _find_keys(connection, experiments)
        # Whole runs are as wide as their experiment; few of a wide one fill a page.
        limit = max(1, limits.MAX_TABLE_CELLS // (len(keys) + len(_BASIC)))
        query = replace(query, limit=min(query.limit, limit))
        page = find_runs(connection, query)
        return replace(_read_all(_Rows(connection, page.items), keys), token=page.token)
    page = find_runs(connection, query)
    names = {f.key for f in columns.values() if f.entity != "attribute"}
    keys = _find_keys(connection, experiments, names) if names and page.items else []
    return replace(_read_some(_Rows(connection, page.items), columns, keys), token=page.token)


def count_runs(connection: Connection, query: RunQuery) -> int:
    """How many runs match."""
    scan = whole_scan(connection, query, ())
    condition = scan_condition(scan, query.where, connection.dialect)
    sql = f"SELECT count(*) FROM runs r WHERE {condition.sql}"
    return int(connection.execute(sql, condition.params)[0][0])


@dataclass(frozen=True, slots=True)
class _Key:
    """A name under which runs of one experiment log something."""

    number: int
    kind: str
    name: str


@dataclass(slots=True)
class _Targets:
    """Which column the values of each key belong into."""

    texts: dict[str, dict[int, Cells]] = field(default_factory=dict[str, dict[int, Cells]])
    metrics: dict[Function | None, dict[int, Cells]] = field(
        default_factory=dict["Function | None", dict[int, Cells]]
    )

    def add(self, key: _Key, function: Function | None, cells: Cells) -> None:
        """Let the values of a key, or what a function says of them, fill these cells."""
        if key.kind == "m":
            self.metrics.setdefault(function, {})[key.number] = cells
        else:
            self.texts.setdefault(key.kind, {})[key.number] = cells


class _Rows:
    """The runs of one page, from whose rows columns are filled."""

    def __init__(self, connection: Connection, numbers: Sequence[int]) -> None:
        self.count = len(numbers)
        self._connection = connection
        self._numbers = numbers
        self._places = {number: place for place, number in enumerate(numbers)}
        self._listed = connection.dialect.many(numbers)

    def empty(self) -> Cells:
        """A column without values."""
        return [None] * self.count

    def attributes(self, names: Sequence[str]) -> dict[str, Cells]:
        """Columns of the runs' own rows."""
        found = {name: self.empty() for name in names}  # each once
        selected = ", ".join(RUN_ATTRIBUTES[name] for name in found)
        among = self._connection.dialect.among("r.id")
        rows = self._connection.execute(
            f"SELECT r.id, {selected} FROM runs r WHERE {among}", (self._listed,)
        )
        if rows:
            numbers, *columns = zip(*rows, strict=True)
            where = [self._places[number] for number in numbers]
            for cells, column in zip(found.values(), columns, strict=True):
                _put(cells, where, column)
        if "experiment_id" in found:
            found["experiment_id"] = list(map(str, found["experiment_id"]))
        return found

    def fill(self, targets: _Targets, *, only: bool) -> None:
        """Read what was logged; `only` these keys, where runs have others as well."""
        places = self._places
        for kind, by_key in targets.texts.items():
            # Runs that have equal keys are turned into columns together.
            alike: dict[tuple[int, ...], tuple[list[int], list[list[str]]]] = {}
            table, keys = _TEXT_TABLES[kind], by_key if only else None
            for run, own, values in read_texts(self._connection, table, self._numbers, keys):
                found = alike.get(own)
                if found is None:
                    found = alike[own] = ([], [])
                found[0].append(places[run])
                found[1].append(values)
            for own, (where, rows) in alike.items():
                for key, column in zip(own, zip(*rows, strict=True), strict=True):
                    _put(by_key[key], where, column)
        if targets.metrics:
            self._fill_metrics(targets.metrics, only=only)

    def _fill_metrics(
        self, metrics: Mapping[Function | None, dict[int, Cells]], *, only: bool
    ) -> None:
        keys = {key for by_key in metrics.values() for key in by_key} if only else None
        selected = ", ".join(summary_column(function, "metric_summaries") for function in metrics)
        places, nan = self._places, math.nan
        for start in range(0, self.count, _BLOCK):
            block = self._numbers[start : start + _BLOCK]
            rows = self._select("metric_summaries", selected, block, keys)
            for column, (function, by_key) in enumerate(metrics.items(), 2):
                missing = None if function in WHOLE else nan  # a step of no number, or NaN itself
                for row in rows:
                    cells = by_key.get(row[1])
                    if cells is not None:
                        value = row[column]
                        cells[places[row[0]]] = missing if value is None else value

    def _select(
        self, table: str, selected: str, runs: Sequence[int], keys: Iterable[int] | None
    ) -> list[tuple[Any, ...]]:
        dialect = self._connection.dialect
        sql = f"SELECT run, key, {selected} FROM {table} WHERE {dialect.among('run')}"
        if keys is None:
            return self._connection.execute(sql, (dialect.many(runs),))
        sql = f"{sql} AND {dialect.among('key')}"
        return self._connection.execute(sql, (dialect.many(runs), dialect.many(keys)))


def _read_some(rows: _Rows, columns: Mapping[str, Field], keys: Sequence[_Key]) -> RunTable:
    targets = _Targets()
    found: dict[Field, Cells] = {}
    by_name: dict[tuple[str, str], list[_Key]] = {}
    for key in keys:
        by_name.setdefault((key.kind, key.name), []).append(key)
    attributes = rows.attributes(
        ["run_id", *{f.key: None for f in columns.values() if f.entity == "attribute"}]
    )
    for wanted in columns.values():
        if wanted.entity == "attribute":
            found[wanted] = attributes[wanted.key]
        elif wanted not in found:
            found[wanted] = rows.empty()
            for key in by_name.get((KEY_KINDS[wanted.entity], wanted.key), ()):
                targets.add(key, wanted.function, found[wanted])
    rows.fill(targets, only=True)
    shown = {text: found[wanted] for text, wanted in columns.items()}
    return RunTable(attributes["run_id"], shown)


def _read_all(rows: _Rows, keys: Sequence[_Key]) -> RunTable:
    targets = _Targets()
    logged: dict[str, dict[str, Cells]] = {kind: {} for kind in KEY_KINDS.values()}
    for key in keys:
        cells = logged[key.kind].get(key.name)
        if cells is None:
            cells = logged[key.kind][key.name] = rows.empty()
        targets.add(key, None, cells)
    rows.fill(targets, only=False)
    attributes = rows.attributes(["run_id", *_BASIC])
    columns = {name: attributes[name] for name in _BASIC}
    for entity, kind in KEY_KINDS.items():
        places = {name: _first_place(cells) for name, cells in logged[kind].items()}
        # Sorting is stable: columns that are first seen in one run stay in that run's order.
        for name in sorted(places, key=places.__getitem__):
            if places[name] < rows.count:
                columns[f"{entity}s.{name}"] = logged[kind][name]
    return RunTable(attributes["run_id"], columns)


def _put(cells: Cells, where: Sequence[int], values: Sequence[Any]) -> None:
    for place, value in zip(where, values, strict=True):
        cells[place] = value


def _first_place(cells: Cells) -> int:
    return next((place for place, value in enumerate(cells) if value is not None), len(cells))


def _find_keys(
    connection: Connection, experiments: Sequence[int], names: Iterable[str] | None = None
) -> list[_Key]:
    """The keys of some experiments, metrics by name and others as they were first logged."""
    dialect = connection.dialect
    listed: list[object] = [dialect.many(experiments)]
    named = ""
    if names is not None:
        named = f" AND {dialect.among('name')}"
        listed.append(dialect.many(names))
    rows = connection.execute(
        f"SELECT id, kind, name FROM keys WHERE {dialect.among('experiment')}{named} "
        "AND kind IN ('m', 'p', 't') ORDER BY kind, CASE kind WHEN 'm' THEN name END, id",
        listed,
    )
    return [_Key(*row) for row in rows]
