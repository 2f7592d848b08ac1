"""What a filter means, as a typed tree. Knows no SQL and no spelling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Entity = Literal["attribute", "metric", "param", "tag", "dataset"]
Operator = Literal[
    "=", "!=", ">", ">=", "<", "<=", "LIKE", "ILIKE", "IN", "NOT IN", "IS NULL", "IS NOT NULL"
]
# What of a metric is meant; without one, its latest value.
Function = Literal["first", "min", "max", "mean", "count", "last_step", "min_step", "max_step"]
Kind = Literal["run", "experiment"]  # what is searched; each has its own table of fields


@dataclass(frozen=True, slots=True)
class Field:
    """Something that can be compared or ordered by: `metrics.rmse`, `start_time`, `min(metrics.a)`.

    `key` is canonical: aliases (`created`, `Run name`) are resolved by the parser, and so is
    `last(metrics.rmse)`, which is `metrics.rmse`. Only a metric has a function.
    """

    entity: Entity
    key: str
    function: Function | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One clause.

    `value` is a number for numeric fields, text for text fields, a tuple for IN lists and None
    for IS NULL and IS NOT NULL.
    """

    field: Field
    operator: Operator
    value: str | int | float | tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold. Parts may be any node: later versions of the language add Or and Not."""

    parts: tuple[Node, ...]


Node = Comparison | And


@dataclass(frozen=True, slots=True)
class OrderBy:
    """One ordering key. Missing values come last in both directions."""

    field: Field
    descending: bool = False
