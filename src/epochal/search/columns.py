"""What of a run can be shown in a column, grouped by or aggregated: fields and aggregates.

A column is spelled as a field of a filter is, and may also be what runs are not searched by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from epochal.errors import SearchSyntaxError
from epochal.search.fields import RUN_FIELDS, FieldType
from epochal.search.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.search.tree import Entity, Field

AggregateFunction = Literal["count", "min", "max", "mean", "sum"]

# The attributes of a run, in the order in which they are listed.
ATTRIBUTES: Mapping[str, Literal["number", "text", "date"]] = {
    "run_id": "text",
    "run_name": "text",
    "experiment_id": "text",
    "status": "text",
    "user_id": "text",
    "start_time": "date",
    "end_time": "date",
    "duration": "number",
    "artifact_uri": "text",
    "lifecycle_stage": "text",
}
_AGGREGATE = re.compile(r"\s*(\w+)\s*(?:\((.*)\)\s*)?", re.DOTALL)
_AGGREGATES: tuple[AggregateFunction, ...] = ("count", "min", "max", "mean", "sum")
_LOGGED: tuple[Entity, ...] = ("metric", "param", "tag")
_TABLE = replace(
    RUN_FIELDS,
    prefixes={
        word: entity
        for word, entity in RUN_FIELDS.prefixes.items()
        if entity in {"attribute", *_LOGGED}
    },
    fixed={
        "attribute": {
            name: FieldType("text" if kind == "text" else "number", ())
            for name, kind in ATTRIBUTES.items()
        }
    },
    free={entity: RUN_FIELDS.free[entity] for entity in _LOGGED},
    example="metrics.loss, params.lr, tags.`my key`, run_name or min(metrics.loss)",
)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What is said of all runs of a group: `function` over the runs' values of `field`.

    Without a field it is `count`, of the runs. NaN and missing values are left out.
    """

    function: AggregateFunction
    field: Field | None = None


def parse_column(text: str, what: str = "column") -> Field:
    """The field that a text names. Raises SearchSyntaxError and UnknownFieldError."""
    reader = Reader(text, f"{what} '{text}'", _TABLE)
    if reader.is_done:
        raise SearchSyntaxError(
            f"Invalid {what} '{text}': it is empty. For example: {_TABLE.example}", 0
        )
    name = reader.read_name()
    field, _ = reader.resolve(name)
    if field.relation is not None:
        raise SearchSyntaxError(
            f"Invalid {what} '{text}': fields of {field.relation} stand in filters only; a "
            f"{what} is a field of the run itself. For example: {_TABLE.example}",
            name.position,
        )
    if not reader.is_done:
        raise reader.invalid(reader.token, "One field is named, and nothing follows it.")
    return field


def parse_columns(texts: Sequence[str], what: str = "column") -> dict[str, Field]:
    """The fields that texts name, each once, in order. Raises as `parse_column` does."""
    return {text: parse_column(text, what) for text in texts}


def parse_aggregate(text: str) -> Aggregate:
    """What `count`, `min(metrics.loss)` or `mean(min(metrics.loss))` asks for.

    The outer function is over runs; the field within is one value of each run, so
    `min(metrics.loss)` is the least of the latest losses. Raises SearchSyntaxError.
    """
    match = _AGGREGATE.fullmatch(text)
    function: AggregateFunction | None = next(
        (name for name in _AGGREGATES if match and match[1].lower() == name), None
    )
    if match is None or function is None or (match[2] is None and function != "count"):
        raise SearchSyntaxError(
            f"Invalid aggregate '{text}': write count, or one of {', '.join(_AGGREGATES)} of a "
            "field in parentheses. For example: min(metrics.loss), mean(duration)",
            0,
        )
    if match[2] is None:
        return Aggregate(function)
    field = parse_column(match[2].strip(), "aggregate")
    if function != "count" and not is_number(field):
        raise SearchSyntaxError(
            f"Invalid aggregate '{text}': '{function}' is taken of numbers, that is of metrics, "
            "start_time, end_time and duration. For example: min(metrics.loss), mean(duration)",
            0,
        )
    return Aggregate(function, field)


def is_number(field: Field) -> bool:
    """Whether the values of a field are numbers in every run."""
    if field.entity == "attribute":
        return ATTRIBUTES.get(field.key) in {"number", "date"}
    return field.entity == "metric"
