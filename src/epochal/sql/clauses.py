"""One clause of a filter, said of a column that holds the field's value.

A column that is NULL makes the clause NULL, which counts as false: what has no value matches
nothing. Only a metric's NULL is a value, NaN.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from epochal.search.tree import Moment
from epochal.sql.conditions import ALWAYS, Condition
from epochal.sql.summaries import WHOLE

if TYPE_CHECKING:
    from epochal.search.tree import Comparison, Value
    from epochal.sql.dialect import Dialect

_DIFFERS = {"!=", "NOT IN", "NOT BETWEEN"}


def text_clause(column: str, clause: Comparison, dialect: Dialect) -> Condition:
    """A clause on a column of texts, which are compared as numbers where the value is one."""
    if clause.operator == "IS NOT NULL":
        return Condition(f"{column} IS NOT NULL")
    values = _values(clause)
    if not isinstance(values[0], str):
        return number_clause(dialect.number(column), clause, [float(v) for v in _numbers(values)])
    operator = clause.operator
    if operator in {"IN", "NOT IN"}:
        listed = Condition(dialect.among(column), (dialect.many(cast("list[str]", values)),))
        return listed if operator == "IN" else _complement(listed)
    if operator in {"=~", "!~"}:
        sql, pattern = dialect.matches(column, values[0])
        matched = Condition(sql, (pattern,))
        return matched if operator == "=~" else _complement(matched)
    if operator.endswith("LIKE"):
        spell = dialect.ilike if operator.endswith("ILIKE") else dialect.like
        alike = Condition(spell(column), (values[0],))
        return _complement(alike) if operator.startswith("NOT") else alike
    return Condition(f"{column} {operator} ?", (values[0],))


def number_clause(
    column: str, clause: Comparison, values: list[int | float] | None = None
) -> Condition:
    """A clause on a column of numbers."""
    operator = clause.operator
    if operator == "IS NOT NULL":
        return Condition(f"{column} IS NOT NULL")
    bound = tuple(_numbers(_values(clause)) if values is None else values)
    if operator in {"BETWEEN", "NOT BETWEEN"}:
        return Condition(f"{column} {operator} ? AND ?", bound)
    if operator in {"IN", "NOT IN"}:
        return Condition(f"{column} {operator} ({', '.join('?' * len(bound))})", bound)
    return Condition(f"{column} {operator} ?", bound)


def metric_clause(column: str, clause: Comparison) -> Condition:
    """NULL stands for NaN, which differs from every number and is otherwise incomparable."""
    if clause.operator == "IS NOT NULL":
        return ALWAYS
    is_exact = clause.field.function in WHOLE
    numbers = _numbers(_values(clause))
    test = number_clause(column, clause, numbers if is_exact else [float(n) for n in numbers])
    if clause.operator in _DIFFERS:
        return Condition(f"({test.sql} OR {column} IS NULL)", test.params)
    return test


def duration_clause(column: str, clause: Comparison) -> Condition:
    """Seconds, compared as doubles."""
    if clause.operator == "IS NOT NULL":
        return number_clause(column, clause)
    return number_clause(column, clause, [float(n) for n in _numbers(_values(clause))])


def number_of_experiment_clause(column: str, clause: Comparison) -> Condition:
    """Ids of experiments are text on the wire and numbers in the database."""
    if clause.operator == "IS NOT NULL":
        return ALWAYS
    return number_clause(column, clause, [int(cast("str", value)) for value in _values(clause)])


def _values(clause: Comparison) -> list[Value]:
    value = clause.value
    return list(value) if isinstance(value, tuple) else [cast("Value", value)]


def _numbers(values: list[Value]) -> list[int | float]:
    """The numbers to bind; distances from now become instants."""
    now_ms = time.time_ns() // 1_000_000
    return [
        now_ms + value.offset_ms if isinstance(value, Moment) else cast("float", value)
        for value in values
    ]


def _complement(condition: Condition) -> Condition:
    return Condition(f"NOT ({condition.sql})", condition.params)
