"""What can be asked for: one table of fields per kind of thing that is searched.

The parser, the documentation and the completion in the UI read these tables; a field that
stands here is known everywhere. Nothing here knows how a field is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from epochal.search.tree import Entity, Function, Kind, Operator

ValueKind = Literal["number", "integer", "text", "identifier"]  # identifier: digits in quotes

_ORDERED: tuple[Operator, ...] = ("=", "!=", ">", ">=", "<", "<=")
_EQUAL: tuple[Operator, ...] = ("=", "!=")
_TEXT: tuple[Operator, ...] = (*_EQUAL, "LIKE", "ILIKE")
_LIST: tuple[Operator, ...] = ("IN", "NOT IN")
_NULL: tuple[Operator, ...] = ("IS NULL", "IS NOT NULL")


@dataclass(frozen=True, slots=True)
class FieldType:
    """How a field is compared, and whether results can be ordered by it."""

    value: ValueKind
    operators: tuple[Operator, ...]
    is_orderable: bool = True


@dataclass(frozen=True, slots=True)
class FunctionType:
    """What a function says of a metric."""

    function: Function | None  # None: the latest value, as without a function
    meaning: str


FUNCTIONS: Mapping[str, FunctionType] = {
    "last": FunctionType(
        None, "the value at the greatest step, then the latest instant: `metrics.key` itself"
    ),
    "first": FunctionType("first", "the value at the least step, then the earliest instant"),
    "min": FunctionType("min", "the least value"),
    "max": FunctionType("max", "the greatest value"),
    "mean": FunctionType("mean", "the mean of the values"),
    "count": FunctionType("count", "how many points there are, NaN included"),
    "last_step": FunctionType("last_step", "the greatest step"),
    "min_step": FunctionType("min_step", "the earliest step that has the least value"),
    "max_step": FunctionType("max_step", "the earliest step that has the greatest value"),
}


@dataclass(frozen=True, slots=True)
class FieldTable:
    """The fields of one kind.

    `fixed` lists the keys of entities whose keys are ours; `free` types the entities whose keys
    users invent. An identifier without a prefix is an attribute.
    """

    kind: Kind
    prefixes: Mapping[str, Entity]  # every accepted spelling of an entity
    fixed: Mapping[Entity, Mapping[str, FieldType]]
    free: Mapping[Entity, FieldType]
    example: str  # a filter that is right, shown with every error
    aliases: Mapping[str, str] = field(default_factory=dict[str, str])
    functions: Mapping[str, FunctionType] = field(default_factory=dict[str, FunctionType])
    are_repeats_refused: bool = False  # whether one field may order the results twice

    def find(self, entity: Entity, key: str) -> FieldType | None:
        """How a field is compared; None if there is no such key. Aliases are resolved before."""
        if entity in self.fixed:
            return self.fixed[entity].get(key)
        return self.free.get(entity)

    def keys(self, entity: Entity) -> list[str]:
        """The accepted keys of an entity whose keys are ours, aliases included."""
        known = list(self.fixed.get(entity, ()))
        if entity == "attribute":
            known += self.aliases
        return known

    def orderable_keys(self) -> list[str]:
        """The attributes that results can be ordered by; spaced aliases are for filters only."""
        types = self.fixed["attribute"]
        known = [key for key, kind in types.items() if kind.is_orderable]
        return known + [alias for alias in self.aliases if " " not in alias]

    def listed_keys(self) -> list[str]:
        """The attributes that can be compared with a list."""
        return [key for key, kind in self.fixed["attribute"].items() if "IN" in kind.operators]


_DATASET_TEXT = FieldType("text", (*_TEXT, *_LIST), is_orderable=False)

RUN_FIELDS = FieldTable(
    kind="run",
    prefixes={
        "attributes": "attribute",
        "attribute": "attribute",
        "attr": "attribute",
        "run": "attribute",
        "metrics": "metric",
        "metric": "metric",
        "params": "param",
        "param": "param",
        "parameters": "param",
        "parameter": "param",
        "tags": "tag",
        "tag": "tag",
        "datasets": "dataset",
        "dataset": "dataset",
    },
    fixed={
        "attribute": {
            "run_id": FieldType("text", (*_TEXT, *_LIST)),
            "run_name": FieldType("text", _TEXT),
            "status": FieldType("text", _TEXT),
            "user_id": FieldType("text", _TEXT),
            "artifact_uri": FieldType("text", _TEXT),
            "start_time": FieldType("number", _ORDERED),
            "end_time": FieldType("number", _ORDERED),
        },
        "dataset": {"name": _DATASET_TEXT, "digest": _DATASET_TEXT, "context": _DATASET_TEXT},
    },
    free={
        "metric": FieldType("number", _ORDERED),
        "param": FieldType("text", (*_TEXT, *_NULL)),
        "tag": FieldType("text", (*_TEXT, *_NULL)),
    },
    example="metrics.rmse < 0.5 AND params.model = 'lasso'",
    aliases={
        "created": "start_time",
        "Created": "start_time",
        "run name": "run_name",
        "Run name": "run_name",
        "Run Name": "run_name",
    },
    functions=FUNCTIONS,
    are_repeats_refused=True,
)

EXPERIMENT_FIELDS = FieldTable(
    kind="experiment",
    prefixes={"attribute": "attribute", "tags": "tag", "tag": "tag"},
    fixed={
        "attribute": {
            "name": FieldType("text", _TEXT),
            "experiment_id": FieldType("identifier", (*_EQUAL, *_LIST)),
            "creation_time": FieldType("integer", _ORDERED),
            "last_update_time": FieldType("integer", _ORDERED),
        },
    },
    free={"tag": FieldType("text", (*_TEXT, *_NULL), is_orderable=False)},
    example="name LIKE 'taxi%' AND tags.team = 'data'",
)

TABLES: Mapping[Kind, FieldTable] = {"run": RUN_FIELDS, "experiment": EXPERIMENT_FIELDS}
