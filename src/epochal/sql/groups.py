"""Runs counted by their values: groups with aggregates, and the distinct values of a field."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from epochal.entities import Page, RunGroup, ValueCount
from epochal.sql.conditions import Condition, all_of
from epochal.sql.orderings import Column, behind, field_key, joined, order_clause
from epochal.sql.page_tokens import Position, decode, encode, fingerprint
from epochal.sql.search import numbers_of, scan_condition, whole_scan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.ports.tracking import RunQuery
    from epochal.search.columns import Aggregate
    from epochal.search.tree import Field
    from epochal.sql.database import Connection
    from epochal.sql.orderings import Key

_NAN, _MISSING = 1, 2  # ranks of `orderings.Key`
# PostgreSQL refuses sums that overflow; what is as large counts as infinite.
_BOUNDED = (
    "CASE WHEN {0} > 1e290 THEN CAST({1} AS double precision) "
    "WHEN {0} < -1e290 THEN -CAST({1} AS double precision) "
    "ELSE CAST({0} AS double precision) END"
)
_INFINITY = {"sqlite": "9e999", "postgresql": "'Infinity'"}


def group_runs(
    connection: Connection, query: RunQuery, by: Sequence[Field], aggregates: Sequence[Aggregate]
) -> Page[RunGroup]:
    """One page of groups, by their values. See `ports.tables`."""
    search = fingerprint(
        "groups", numbers_of(query.experiment_ids), query.where, query.view, by, aggregates
    )
    columns = [
        column
        for index, key in enumerate(_keys(by))
        for column in (
            Column(f"g.rank{index}", "integer"),
            Column(f"g.value{index}", key.value.kind),
        )
    ]
    position = decode(query.page_token, search, [[column.kind for column in columns]])
    grouped = _grouped(connection, query, by, aggregates)
    demands = [] if position is None or not columns else [behind(columns, position.values)]
    condition = all_of(demands)
    order = f" ORDER BY {order_clause(columns)}" if columns else ""
    rows = connection.execute(
        f"SELECT g.* FROM ({grouped.sql}) g WHERE {condition.sql}{order} LIMIT ?",
        (*grouped.params, *condition.params, query.limit + 1),
    )
    groups = [_group(row, by) for row in rows[: query.limit]]
    token = None
    if len(rows) > query.limit:
        token = encode(Position(0, tuple(rows[query.limit - 1][: len(columns)])), search)
    return Page(groups if by or groups[0].count else [], token)


def list_values(
    connection: Connection, query: RunQuery, field: Field, prefix: str
) -> list[ValueCount]:
    """The distinct values of a field, most frequent first. See `ports.tables`."""
    grouped = _grouped(connection, query, [field], ())
    demands = [Condition(f"g.rank0 <> {_MISSING}")]
    if prefix:
        demands.append(
            Condition(
                "substr(CAST(g.value0 AS text), 1, CAST(? AS integer)) = ?", (len(prefix), prefix)
            )
        )
    condition = all_of(demands)
    rows = connection.execute(
        f"SELECT g.* FROM ({grouped.sql}) g WHERE {condition.sql} "
        "ORDER BY g.runs DESC, g.rank0, g.value0 LIMIT ?",
        (*grouped.params, *condition.params, query.limit),
    )
    return [ValueCount(_value(field, *row[:2]), row[2]) for row in rows]


def _keys(fields: Sequence[Field], start: int = 0) -> list[Key]:
    return [field_key(index, field) for index, field in enumerate(fields, start)]


def _grouped(
    connection: Connection, query: RunQuery, by: Sequence[Field], aggregates: Sequence[Aggregate]
) -> Condition:
    """All groups, one a row: rank and value of each field, the count, each aggregate."""
    dialect = connection.dialect
    keys = _keys(by)
    fields = [aggregate.field for aggregate in aggregates if aggregate.field is not None]
    measured = dict(zip(fields, _keys(fields, len(by)), strict=True))  # equal ones are one
    scan = whole_scan(connection, query, [*keys, *measured.values()])
    joins = joined([*keys, *measured.values()], scan.names, dialect)
    condition = scan_condition(scan, query.where, dialect)
    parts = [
        part
        for index, key in enumerate(keys)
        for part in (
            f"{key.rank.sql if key.rank else '0'} AS rank{index}",
            f"{key.value.sql} AS value{index}",
        )
    ]
    said = [
        f"{_aggregate(aggregate, measured, dialect.name)} AS said{index}"
        for index, aggregate in enumerate(aggregates)
    ]
    ordinals = ", ".join(str(index + 1) for index in range(len(parts)))
    sql = (
        f"SELECT {', '.join([*parts, 'count(*) AS runs', *said])} FROM runs r{joins.sql} "
        f"WHERE {condition.sql}{f' GROUP BY {ordinals}' if parts else ''}"
    )
    return Condition(sql, (*joins.params, *condition.params))


def _aggregate(aggregate: Aggregate, measured: dict[Field, Key], dialect: str) -> str:
    if aggregate.field is None:
        return "count(*)"
    key = measured[aggregate.field]
    value = key.value.sql
    if aggregate.function == "count":  # of runs that have it, NaN too
        return f"count({value if key.name is None else f'o{key.index}.run'})"
    if aggregate.function in {"min", "max"}:
        return f"{aggregate.function}({value})"
    function = "avg" if aggregate.function == "mean" else "sum"
    return f"{function}({_BOUNDED.format(value, _INFINITY[dialect])})"


def _group(row: tuple[Any, ...], by: Sequence[Field]) -> RunGroup:
    width = 2 * len(by)
    values = [_value(field, *row[2 * index : 2 * index + 2]) for index, field in enumerate(by)]
    return RunGroup(values, row[width], list(row[width + 1 :]))


def _value(field: Field, rank: int, value: Any) -> Any:
    if rank == _NAN:
        return math.nan
    return str(value) if field.key == "experiment_id" and field.entity == "attribute" else value
