"""What an ordering means in SQL: phases, each of which an index can drive.

Missing values come last in both directions, and NaN just before them. Sorting by "is missing"
first would keep every index from being used. So a search runs in phases: the runs that have
the first key, then (for a metric) those whose value is NaN, then those without it, ordered by
the keys that remain. A page usually ends within the first phase and reads little more than
itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cmp_to_key
from typing import TYPE_CHECKING, Any, Literal

from epochal.search.tree import Field, OrderBy
from epochal.sql.conditions import (
    ALWAYS,
    EXPERIMENT_COLUMNS,
    NEVER,
    RUN_COLUMNS,
    VALUE_TABLES,
    Condition,
    KeyName,
    all_of,
    among_keys,
    key_name,
    value_column,
)
from epochal.sql.summaries import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from epochal.sql.dialect import Dialect

ColumnType = Literal["integer", "number", "text"]
INDEXED_LENGTH = 200  # characters of params and tags that their indexes hold
Share = Literal["number", "nan", "present"]  # which runs of the leading key a phase returns

RUN_ATTRIBUTES = {
    **RUN_COLUMNS,
    "experiment_id": "r.experiment",
    "lifecycle_stage": "r.lifecycle_stage",
}
_TIMES = {"start_time", "end_time", "creation_time", "last_update_time", "duration"}
_NUMBERS = {"e.id", "r.experiment"}
_RUN_TIES = (
    OrderBy(Field("attribute", "start_time"), descending=True),
    OrderBy(Field("attribute", "run_id")),
)
_CREATED = OrderBy(Field("attribute", "creation_time"), descending=True)
_EXPERIMENT_ID = Field("attribute", "experiment_id")
_UNIQUE = {_EXPERIMENT_ID, Field("attribute", "run_id")}


@dataclass(frozen=True, slots=True)
class Column:
    """An expression that rows are ordered by.

    `indexed` is what an index has of it, from the first character on; None if none has it.
    """

    sql: str
    kind: ColumnType
    descending: bool = False
    indexed: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """One ordering key and the alias `o<index>` that its table is joined under."""

    index: int
    field: Field
    name: KeyName | None  # None: a column of the searched table itself
    value: Column
    rank: Column | None  # 0 present, 1 NaN, 2 missing; None if the value is never missing

    @property
    def columns(self) -> list[Column]:
        """The columns of a key that does not lead its phase."""
        return [self.value] if self.rank is None else [self.rank, self.value]


@dataclass(frozen=True, slots=True)
class Phase:
    """The rows that lack the keys before `leading` and have it in the way `share` says."""

    keys: tuple[Key, ...]
    leading: int
    share: Share

    @property
    def columns(self) -> list[Column]:
        """What the rows are ordered by."""
        first = [] if self.share == "nan" else [self.keys[self.leading].value]
        rest = (column for key in self.keys[self.leading + 1 :] for column in key.columns)
        return [*first, *rest]


def run_keys(order_by: Sequence[OrderBy]) -> tuple[Key, ...]:
    """The keys that runs are ordered by, ties broken."""
    return tuple(_run_key(i, o) for i, o in enumerate(_deciding([*order_by, *_RUN_TIES])))


def experiment_keys(order_by: Sequence[OrderBy]) -> tuple[Key, ...]:
    """The keys that experiments are ordered by, ties broken: newer first among equals."""
    default = (_CREATED, OrderBy(_EXPERIMENT_ID))
    wanted = [*order_by, OrderBy(_EXPERIMENT_ID, descending=True)] if order_by else default
    return tuple(
        _own_key(index, ordering, EXPERIMENT_COLUMNS[ordering.field.key])
        for index, ordering in enumerate(_deciding(wanted))
    )


def phases(keys: tuple[Key, ...]) -> list[Phase]:
    """All phases in order. They follow from the query alone, so a page token may number them."""
    found: list[Phase] = []
    for index, key in enumerate(keys):
        is_metric = key.name is not None and key.name[0] == "m"
        found.append(Phase(keys, index, "number" if is_metric else "present"))
        if is_metric:
            found.append(Phase(keys, index, "nan"))
        if key.rank is None:  # no row lacks it, so nothing is left
            break
    return found


def source(
    phase: Phase, names: Mapping[KeyName, tuple[int, ...]], dialect: Dialect, *, forced: bool
) -> tuple[Condition, Condition]:
    """The FROM clause of a phase over `runs r`, and what it demands of the rows.

    `forced` makes SQLite walk the metric's index, which without statistics it would not choose;
    it must not where the filter names the runs outright.
    """
    leading = phase.keys[phase.leading]
    join, demands = _leading(leading, phase.share, names, dialect, forced=forced)
    demands += [lacking(key, names, dialect) for key in phase.keys[: phase.leading]]
    others = joined(phase.keys[phase.leading + 1 :], names, dialect)
    return Condition(join + others.sql, others.params), all_of(demands)


def order_clause(columns: Sequence[Column]) -> str:
    """ORDER BY for these columns, spelled so that either database can walk an index."""
    return ", ".join(
        f"{sql} DESC" if column.descending else sql
        for place, column in enumerate(columns)
        for sql in dict.fromkeys(
            [column.indexed or column.sql if place == 0 else column.sql, column.sql]
        )
    )


def behind(columns: Sequence[Column], values: Sequence[object]) -> Condition:
    """The rows that come after the one with these values.

    A value is None only where the rank before it says missing, so equal ranks mean equal values.
    """
    known = [(c, v) for c, v in zip(columns, values, strict=True) if v is not None]
    if not known:
        return NEVER
    # Not nested, though shorter so: SQLite's parser takes only some fifty pairs of parentheses.
    ways: list[str] = []
    params: list[object] = []
    for place, (column, value) in enumerate(known):
        equal = [f"{before.sql} = ?" for before, _ in known[:place]]
        beyond = f"{column.sql} {'<' if column.descending else '>'} ?"
        ways.append(" AND ".join([*equal, beyond]))
        params += [*(v for _, v in known[:place]), value]
    first, value = known[0]
    # Says nothing new, but as a plain bound on the first column it lets the index start there.
    bound = f"{first.sql} {'<=' if first.descending else '>='} ?"
    return Condition(f"{bound} AND ({' OR '.join(ways)})", (value, *params))


def row_order(columns: Sequence[Column]) -> Callable[[tuple[Any, ...]], Any]:
    """A sort key over rows `(id, *values)` that agrees with the database."""

    def compare(left: tuple[Any, ...], right: tuple[Any, ...]) -> int:
        for column, a, b in zip(columns, left[1:], right[1:], strict=True):
            if a != b and a is not None and b is not None:
                return (-1 if a < b else 1) * (-1 if column.descending else 1)
        return 0

    return cmp_to_key(compare)


def _deciding(order_by: Sequence[OrderBy]) -> list[OrderBy]:
    """The orderings that decide anything: the first of each field, none behind a unique one."""
    first: dict[Field, OrderBy] = {}
    for ordering in order_by:
        first.setdefault(ordering.field, ordering)
        if ordering.field in _UNIQUE:
            break
    return list(first.values())


def field_key(index: int, field: Field) -> Key:
    """A field as a key with the alias `o<index>`, for what is not ordered by it."""
    return _run_key(index, OrderBy(field))


def _run_key(index: int, ordering: OrderBy) -> Key:
    name = key_name(ordering.field)
    if name is None:
        return _own_key(index, ordering, RUN_ATTRIBUTES[ordering.field.key])
    value = value_column(ordering.field, f"o{index}")
    nan = f" WHEN {value} IS NULL THEN 1" if name[0] == "m" else ""
    rank = f"CASE WHEN o{index}.run IS NULL THEN 2{nan} ELSE 0 END"
    number: ColumnType = "integer" if ordering.field.function in WHOLE else "number"
    column = Column(
        value,
        number if name[0] == "m" else "text",
        ordering.descending,
        _indexed(ordering.field, value),
    )
    return Key(index, ordering.field, name, column, Column(rank, "integer"))


def _indexed(field: Field, value: str) -> str | None:
    """What the indexes of `schema/` hold of a value."""
    if field.entity == "metric":
        return value if field.function in {None, "min", "max"} else None
    return f"substr({value}, 1, {INDEXED_LENGTH})"


def _own_key(index: int, ordering: OrderBy, column: str) -> Key:
    """A key that is a column of the searched table; only times may be missing."""
    is_time = ordering.field.key in _TIMES
    rank = Column(f"CASE WHEN {column} IS NULL THEN 2 ELSE 0 END", "integer") if is_time else None
    kind: ColumnType = "integer" if is_time or column in _NUMBERS else "text"
    if ordering.field.key == "duration":
        kind = "number"
    return Key(index, ordering.field, None, Column(column, kind, ordering.descending), rank)


def joined(
    keys: Sequence[Key], names: Mapping[KeyName, tuple[int, ...]], dialect: Dialect
) -> Condition:
    """Left joins from `runs r` to the values of keys, missing ones as NULL."""
    joins: list[Condition] = []
    for key in keys:
        if key.name is not None:
            table, match = _match(key, key.name, names, dialect)
            joins.append(Condition(f" LEFT JOIN {table} ON {match.sql}", match.params))
    return Condition(
        "".join(join.sql for join in joins),
        tuple(value for join in joins for value in join.params),
    )


def _match(
    key: Key, name: KeyName, names: Mapping[KeyName, tuple[int, ...]], dialect: Dialect
) -> tuple[str, Condition]:
    """The table of a key under its alias, and which of its rows belongs to `r`."""
    alias = f"o{key.index}"
    ids = names.get(name, ())
    match = among_keys(f"{alias}.key", ids, dialect) if ids else NEVER
    return f"{VALUE_TABLES[name[0]]} {alias}", Condition(
        f"{alias}.run = r.id AND {match.sql}", match.params
    )


def _leading(
    key: Key,
    share: Share,
    names: Mapping[KeyName, tuple[int, ...]],
    dialect: Dialect,
    *,
    forced: bool,
) -> tuple[str, list[Condition]]:
    if key.name is None:
        present = [Condition(f"{key.value.sql} IS NOT NULL")] if key.rank else []
        return "runs r", present
    table, match = _match(key, key.name, names, dialect)
    if not names.get(key.name):
        return "runs r", [NEVER]
    joined = "CROSS JOIN runs r" if forced else "INNER JOIN runs r ON 1 = 1"
    if key.name[0] != "m":
        return f"{table} {joined}", [match]
    null = "IS NULL" if share == "nan" else "IS NOT NULL"
    return f"{table} {joined}", [match, Condition(f"{key.value.sql} {null}")]


def lacking(key: Key, names: Mapping[KeyName, tuple[int, ...]], dialect: Dialect) -> Condition:
    """The rows that have no value for a key."""
    if key.name is None:
        return Condition(f"{key.value.sql} IS NULL")
    ids = names.get(key.name, ())
    if not ids:
        return ALWAYS
    match = among_keys("x.key", ids, dialect)
    table = VALUE_TABLES[key.name[0]]
    return Condition(
        f"(SELECT 1 FROM {table} x WHERE x.run = r.id AND {match.sql}) IS NULL", match.params
    )
