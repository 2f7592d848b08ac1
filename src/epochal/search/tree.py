"""What a filter means, as a typed tree. Knows no SQL and no spelling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Entity = Literal["attribute", "metric", "param", "tag", "dataset"]
Operator = Literal[
    "=",
    "!=",
    ">",
    ">=",
    "<",
    "<=",
    "LIKE",
    "NOT LIKE",
    "ILIKE",
    "NOT ILIKE",
    "=~",
    "!~",
    "IN",
    "NOT IN",
    "BETWEEN",
    "NOT BETWEEN",
    "IS NULL",
    "IS NOT NULL",
]
# What of a metric is meant; without one, its latest value.
Function = Literal["first", "min", "max", "mean", "count", "last_step", "min_step", "max_step"]
# Whose field is meant; without one, that of the searched thing itself.
Relation = Literal["parent", "child", "experiment", "model"]
# What is searched; each has its own table of fields.
Kind = Literal["run", "experiment", "registered_model", "model_version"]


@dataclass(frozen=True, slots=True)
class Field:
    """Something that can be compared or ordered by: `metrics.rmse`, `start_time`, `min(metrics.a)`.

    `key` is canonical: aliases (`created`, `Run name`) are resolved by the parser, and so is
    `last(metrics.rmse)`, which is `metrics.rmse`. Only a metric has a function.
    """

    entity: Entity
    key: str
    function: Function | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant counted from the one at which the search runs: `now - 7d`.

    It stays relative in the tree, so that all pages of one search have one and the same tree.
    """

    offset_ms: int = 0


Value = str | int | float | Moment


@dataclass(frozen=True, slots=True)
class Comparison:
    """One clause.

    `value` is a text, a number or (for times) a Moment; a tuple of these for IN, of exactly two
    for BETWEEN; None for IS NULL. Times are milliseconds since the epoch, durations seconds. A
    param or tag that is compared with a number is read as one.
    """

    field: Field
    operator: Operator
    value: Value | tuple[Value, ...] | None = None


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold: the true complement, which things without the field belong to."""

    part: Node


Node = Comparison | And | Or | Not


@dataclass(frozen=True, slots=True)
class OrderBy:
    """One ordering key. Missing values come last in both directions."""

    field: Field
    descending: bool = False
