"""What a filter means in SQL: from the tree of `epochal.search` to one condition on a row.

Each clause looks its value up by primary key in a scalar subquery. PostgreSQL would turn EXISTS
into joins and plan hundreds of clauses for minutes; a lookup costs the same for each row on
both databases. A missing value makes the subquery NULL, which no clause but IS NULL accepts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from epochal.entities.dataset import CONTEXT_TAG
from epochal.search.tree import And, Comparison, Field
from epochal.sql.summaries import WHOLE, summary_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from epochal.search.tree import Entity, Node
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
    parts = list(conditions)
    if NEVER in parts:
        return NEVER
    # SQLite reads a chain of n ANDs as a tree of depth n and refuses a depth of 1,000.
    while len(parts) > _MAX_CHAIN:
        chains = (parts[i : i + _MAX_CHAIN] for i in range(0, len(parts), _MAX_CHAIN))
        parts = [Condition(f"({c.sql})", c.params) for c in map(_chain, chains)]
    return _chain(parts) if parts else ALWAYS


def _chain(parts: list[Condition]) -> Condition:
    sql = " AND ".join(part.sql for part in parts)
    return Condition(sql, tuple(value for part in parts for value in part.params))


def comparisons(node: Node | None) -> Iterator[Comparison]:
    """Every clause of a tree."""
    if isinstance(node, And):
        for part in node.parts:
            yield from comparisons(part)
    elif node is not None:
        yield node


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


def run_condition(
    node: Node | None, dialect: Dialect, keys: Mapping[KeyName, tuple[int, ...]]
) -> Condition:
    """What a filter demands of the row `r` of `runs`. `keys` resolves interned names."""
    logged: dict[KeyName, list[Comparison]] = {}
    others: list[Condition] = []
    for comparison in comparisons(node):
        name = filter_key_name(comparison.field)
        if name is not None:
            logged.setdefault(name, []).append(comparison)
        elif comparison.field.entity == "dataset":
            others.append(_dataset(comparison, dialect))
        else:
            column = RUN_COLUMNS[comparison.field.key]
            others.append(_compare(column, comparison, dialect))
    # Clauses on one name look at one row, so that row is looked up once for all of them.
    looked_up = (
        _logged(clauses, name[0], keys.get(name, ()), dialect) for name, clauses in logged.items()
    )
    return all_of([*others, *looked_up])


def bounds(node: Node | None, field: Field, column: str) -> list[Condition]:
    """What a filter demands of one metric or summary, said of a column that holds its value.

    It repeats a part of the filter in a form that bounds the walk over an index.
    """
    return [
        _metric(comparison, column)
        for comparison in comparisons(node)
        if comparison.field == field and comparison.operator != "!="
    ]


def experiment_condition(node: Node | None, dialect: Dialect) -> Condition:
    """What a filter demands of the row `e` of `experiments`."""

    def clause(comparison: Comparison) -> Condition:
        field = comparison.field
        if field.entity == "tag":
            return _experiment_tag(comparison, dialect)
        if field.key == "experiment_id":
            comparison = _with_numbers(comparison)
        return _compare(EXPERIMENT_COLUMNS[field.key], comparison, dialect)

    return all_of(clause(comparison) for comparison in comparisons(node))


def _compare(column: str, comparison: Comparison, dialect: Dialect) -> Condition:
    operator, value = comparison.operator, comparison.value
    if operator == "LIKE":
        return Condition(dialect.like(column), (value,))
    if operator == "ILIKE":
        return Condition(dialect.ilike(column), (value,))
    if isinstance(value, tuple):
        listed = Condition(dialect.among(column), (dialect.many(value),))
        return listed if operator == "IN" else Condition(f"NOT ({listed.sql})", listed.params)
    return Condition(f"{column} {operator} ?", (value,))


def _logged(
    clauses: list[Comparison], kind: str, keys: tuple[int, ...], dialect: Dialect
) -> Condition:
    """All clauses on one metric, param or tag of a run."""
    wants_none = [clause.operator == "IS NULL" for clause in clauses]
    if not keys:  # nothing was ever logged under this name
        return ALWAYS if all(wants_none) else NEVER
    key = among_keys("x.key", keys, dialect)
    row = f"FROM {VALUE_TABLES[kind]} x WHERE x.run = r.id AND {key.sql}"
    if any(wants_none):
        return Condition(f"(SELECT 1 {row}) IS NULL", key.params) if all(wants_none) else NEVER
    test = all_of(
        _metric(clause, column) if kind == "m" else _compare(column, clause, dialect)
        for clause, column in ((c, value_column(c.field, "x")) for c in clauses)
        if clause.operator != "IS NOT NULL"
    )
    return Condition(f"(SELECT 1 {row} AND {test.sql}) IS NOT NULL", key.params + test.params)


def _metric(comparison: Comparison, column: str) -> Condition:
    """NULL stands for NaN, which differs from every number and is otherwise incomparable."""
    operator, value = comparison.operator, comparison.value
    test = f"{column} {operator} ?"
    if operator == "!=":
        test = f"({test} OR {column} IS NULL)"
    is_exact = comparison.field.function in WHOLE
    return Condition(test, (float(value) if isinstance(value, int) and not is_exact else value,))


def _dataset(comparison: Comparison, dialect: Dialect) -> Condition:
    """A clause on any dataset that the run read; several clauses may mean several datasets."""
    if comparison.field.key == "context":
        join = "input_tags x ON x.input = i.id"
        test = _compare("x.value", comparison, dialect)
        test = all_of([Condition("x.key = ?", (CONTEXT_TAG,)), test])
    else:
        join = "datasets x ON x.id = i.dataset"
        test = _compare(f"x.{comparison.field.key}", comparison, dialect)
    sql = f"SELECT 1 FROM inputs i JOIN {join} WHERE i.run = r.id AND {test.sql} LIMIT 1"
    return Condition(f"({sql}) IS NOT NULL", test.params)


def _experiment_tag(comparison: Comparison, dialect: Dialect) -> Condition:
    source = "FROM experiment_tags x WHERE x.experiment = e.id AND x.key = ?"
    key = comparison.field.key
    if comparison.operator in {"IS NULL", "IS NOT NULL"}:
        return Condition(f"(SELECT 1 {source}) {comparison.operator}", (key,))
    test = _compare("x.value", comparison, dialect)
    return Condition(f"(SELECT {test.sql} {source})", (*test.params, key))


def _with_numbers(comparison: Comparison) -> Comparison:
    """Experiment ids are text on the wire and numbers in the database."""
    field, operator, value = comparison.field, comparison.operator, comparison.value
    if isinstance(value, tuple):
        # The tree types lists as text; `Dialect.many` binds numbers as well.
        return Comparison(field, operator, tuple(int(item) for item in value))  # pyright: ignore[reportArgumentType]
    return Comparison(field, operator, int(value or 0))
