"""Conditions of SQL, put together so that every database takes them, and the columns of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from epochal.search.tree import Field
from epochal.sql.summaries import summary_column

if TYPE_CHECKING:
    from collections.abc import Iterable

    from epochal.search.tree import Entity
    from epochal.sql.dialect import Dialect

RUN_NAME_TAG = "mlflow.runName"

# The kind letter of the table `keys` and the table of values, by entity.
KEY_KINDS: dict[Entity, str] = {"metric": "m", "param": "p", "tag": "t"}
VALUE_TABLES = {"m": "metric_summaries", "p": "params", "t": "tags"}

RUN_COLUMNS = {
    "run_id": "r.run_id",
    "run_name": "r.name",  # for ordering; filters look at the tag, as MLflow's do
    "status": "r.status",
    "user_id": "r.user_id",
    "artifact_uri": "r.artifact_uri",
    "start_time": "r.start_time",
    "end_time": "r.end_time",
    # Seconds. In doubles: the difference of two 64-bit integers may not fit into one.
    "duration": (
        "((CAST(r.end_time AS double precision) - CAST(r.start_time AS double precision)) / 1000)"
    ),
}
EXPERIMENT_COLUMNS = {
    "name": "e.name",
    "experiment_id": "e.id",
    "creation_time": "e.creation_time",
    "last_update_time": "e.last_update_time",
}

_MAX_CHAIN = 25

KeyName = tuple[str, str]  # kind and name, as in the table `keys`


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL and the values bound in it, in order."""

    sql: str
    params: tuple[object, ...] = ()


NEVER = Condition("1 = 0")
ALWAYS = Condition("1 = 1")


def all_of(conditions: Iterable[Condition]) -> Condition:
    """All conditions hold; NEVER if one of them is."""
    parts = [part for part in conditions if part != ALWAYS]
    if NEVER in parts:
        return NEVER
    return _chained(parts, " AND ") if parts else ALWAYS


def any_of(conditions: Iterable[Condition]) -> Condition:
    """At least one condition holds; ALWAYS if one of them is. It stands in parentheses."""
    parts = [part for part in conditions if part != NEVER]
    if ALWAYS in parts:
        return ALWAYS
    if len(parts) < 2:  # noqa: PLR2004 - nothing is joined
        return parts[0] if parts else NEVER
    return wrapped(_chained(parts, " OR "))


def negated(condition: Condition) -> Condition:
    """The complement: what is NULL does not hold, and so its complement does."""
    if condition == ALWAYS:
        return NEVER
    if condition == NEVER:
        return ALWAYS
    return Condition(f"({condition.sql}) IS NOT TRUE", condition.params)


def wrapped(condition: Condition) -> Condition:
    """The same in parentheses."""
    return Condition(f"({condition.sql})", condition.params)


def _chained(parts: list[Condition], joint: str) -> Condition:
    # SQLite reads a chain of n joints as a tree of depth n and refuses a depth of 1,000.
    while len(parts) > _MAX_CHAIN:
        chains = (parts[i : i + _MAX_CHAIN] for i in range(0, len(parts), _MAX_CHAIN))
        parts = [wrapped(_chain(chain, joint)) for chain in chains]
    return _chain(parts, joint)


def _chain(parts: list[Condition], joint: str) -> Condition:
    sql = joint.join(part.sql for part in parts)
    return Condition(sql, tuple(value for part in parts for value in part.params))


def run_column(key: str, alias: str) -> str:
    """An attribute of a run, in the row `alias` of `runs`."""
    return RUN_COLUMNS[key].replace("r.", f"{alias}.")


def key_name(field: Field) -> KeyName | None:
    """Under which interned key the values of a field are kept; None for columns and datasets."""
    kind = KEY_KINDS.get(field.entity)
    return None if kind is None else (kind, field.key)


def filter_key_name(field: Field) -> KeyName | None:
    """The same for a filter, where the name of a run is its tag."""
    if field == Field("attribute", "run_name"):
        return "t", RUN_NAME_TAG
    return key_name(field)


def value_column(field: Field, alias: str) -> str:
    """The value of a logged field in the row `alias` of its table."""
    if field.entity == "metric":
        return summary_column(field.function, alias)
    return f"{alias}.value"


def among_keys(column: str, keys: tuple[int, ...], dialect: Dialect) -> Condition:
    """The key is the interned one; several only when several experiments are searched."""
    if len(keys) == 1:
        return Condition(f"{column} = ?", keys)
    return Condition(dialect.among(column), (dialect.many(keys),))
