"""What can be asked for: one table of fields per kind of thing that is searched.

The parser, the documentation and the completion read these tables; a field that stands here is
known everywhere. Nothing here knows how a field is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from epochal.search.tree import Entity, Function, Kind, Operator, Relation

ValueKind = Literal["number", "integer", "text", "identifier"]  # identifier: digits in quotes
Unit = Literal["", "time", "duration"]

_NULL: tuple[Operator, ...] = ("IS NULL", "IS NOT NULL")
_LIST: tuple[Operator, ...] = ("IN", "NOT IN")
_EQUAL: tuple[Operator, ...] = ("=", "!=")
IDENTIFIED: tuple[Operator, ...] = (*_EQUAL, *_LIST, *_NULL)
NUMERIC: tuple[Operator, ...] = (
    *("=", "!=", ">", ">=", "<", "<="),
    *("BETWEEN", "NOT BETWEEN"),
    *(*_LIST, *_NULL),
)
TEXTUAL: tuple[Operator, ...] = (
    *("=", "!=", "LIKE", "ILIKE", "NOT LIKE", "NOT ILIKE"),
    *("=~", "!~"),
    *(*_LIST, *_NULL),
)


@dataclass(frozen=True, slots=True)
class FieldType:
    """How a field is compared, and whether results can be ordered by it."""

    value: ValueKind
    operators: tuple[Operator, ...]
    is_orderable: bool = True
    unit: Unit = ""
    takes_numbers: bool = False  # text that may be compared with numbers, unquoted, as one
    takes_quotes: bool = False  # a number that may stand in quotes

    @property
    def all_operators(self) -> tuple[Operator, ...]:
        """Every comparator that some value allows."""
        if not self.takes_numbers:
            return self.operators
        return tuple(dict.fromkeys((*self.operators, *NUMERIC)))


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
class RelationType:
    """Things that belong to what is searched, whose fields can be compared as its own."""

    kind: Kind
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class FieldTable:
    """The fields of one kind.

    `fixed` lists the keys of entities whose keys are ours; `free` types the entities whose keys
    users invent. An identifier without a prefix is an attribute. `relations` lead to the table
    of another kind.
    """

    kind: Kind
    prefixes: Mapping[str, Entity]  # every accepted spelling of an entity
    fixed: Mapping[Entity, Mapping[str, FieldType]]
    free: Mapping[Entity, FieldType]
    example: str  # a filter that is right, shown with every error
    aliases: Mapping[str, str] = field(default_factory=dict[str, str])
    functions: Mapping[str, FunctionType] = field(default_factory=dict[str, FunctionType])
    relations: Mapping[Relation, RelationType] = field(
        default_factory=dict["Relation", RelationType]
    )
    are_repeats_refused: bool = False  # whether one field may order the results twice

    @property
    def things(self) -> str:
        """What is searched, in words."""
        return f"{self.kind.replace('_', ' ')}s"

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

    def spelling(self, entity: Entity) -> str:
        """The prefix of an entity in canonical spelling, with its dot; none for attributes."""
        if entity == "attribute":
            return ""
        return f"{next(word for word, meant in self.prefixes.items() if meant == entity)}."


_TEXT = FieldType("text", TEXTUAL)
_TIME = FieldType("number", NUMERIC, unit="time")
_WHOLE_TIME = FieldType("integer", NUMERIC, unit="time")
_DATASET_TEXT = FieldType("text", TEXTUAL, is_orderable=False)
_LOGGED_TEXT = FieldType("text", TEXTUAL, takes_numbers=True)

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
            "run_id": _TEXT,
            "run_name": _TEXT,
            "status": _TEXT,
            "user_id": _TEXT,
            "artifact_uri": _TEXT,
            "start_time": _TIME,
            "end_time": _TIME,
            "duration": FieldType("number", NUMERIC, unit="duration"),
        },
        "dataset": {"name": _DATASET_TEXT, "digest": _DATASET_TEXT, "context": _DATASET_TEXT},
    },
    free={
        "metric": FieldType("number", NUMERIC),
        "param": _LOGGED_TEXT,
        "tag": _LOGGED_TEXT,
    },
    example="metrics.rmse < 0.5 AND params.model = 'lasso'",
    aliases={
        "created": "start_time",
        "Created": "start_time",
        "run name": "run_name",
        "Run name": "run_name",
        "Run Name": "run_name",
        "user": "user_id",
    },
    functions=FUNCTIONS,
    relations={
        "parent": RelationType(
            "run", "the run that this one is nested in", "parent.run_name = 'sweep'"
        ),
        "child": RelationType(
            "run", "any run nested in this one that is not deleted", "child.metrics.rmse < 0.5"
        ),
        "experiment": RelationType(
            "experiment", "the experiment that the run belongs to", "experiment.name LIKE 'taxi%'"
        ),
        "model": RelationType(
            "model_version",
            "any registered version that the run made",
            "model.alias = 'champion'",
        ),
    },
    are_repeats_refused=True,
)

EXPERIMENT_FIELDS = FieldTable(
    kind="experiment",
    prefixes={"attribute": "attribute", "tags": "tag", "tag": "tag"},
    fixed={
        "attribute": {
            "name": _TEXT,
            "experiment_id": FieldType("identifier", IDENTIFIED),
            "creation_time": _WHOLE_TIME,
            "last_update_time": _WHOLE_TIME,
        },
    },
    free={"tag": FieldType("text", TEXTUAL, is_orderable=False, takes_numbers=True)},
    example="name LIKE 'taxi%' AND tags.team = 'data'",
    aliases={"id": "experiment_id", "created": "creation_time", "updated": "last_update_time"},
)

_REGISTRY_PREFIXES: Mapping[str, Entity] = {"attribute": "attribute", "tags": "tag", "tag": "tag"}
_REGISTRY_TAG = FieldType("text", TEXTUAL, is_orderable=False, takes_numbers=True)
_ALIAS = FieldType("text", TEXTUAL, is_orderable=False)

REGISTERED_MODEL_FIELDS = FieldTable(
    kind="registered_model",
    prefixes=_REGISTRY_PREFIXES,
    fixed={
        "attribute": {
            "name": _TEXT,
            "alias": _ALIAS,
            "creation_timestamp": _WHOLE_TIME,
            "last_updated_timestamp": _WHOLE_TIME,
        },
    },
    free={"tag": _REGISTRY_TAG},
    example="name LIKE 'taxi%' AND tags.team = 'data'",
    aliases={"timestamp": "last_updated_timestamp"},
    are_repeats_refused=True,
)

MODEL_VERSION_FIELDS = FieldTable(
    kind="model_version",
    prefixes=_REGISTRY_PREFIXES,
    fixed={
        "attribute": {
            "name": _TEXT,
            "version_number": FieldType("integer", NUMERIC, takes_quotes=True),
            "stage": _TEXT,
            "alias": _ALIAS,
            "run_id": _TEXT,
            "source_path": _TEXT,
            "creation_timestamp": _WHOLE_TIME,
            "last_updated_timestamp": _WHOLE_TIME,
        },
    },
    free={"tag": _REGISTRY_TAG},
    example="name = 'taxi' AND version_number > 3",
    aliases={"version": "version_number", "current_stage": "stage"},
    are_repeats_refused=True,
)

TABLES: Mapping[Kind, FieldTable] = {
    "run": RUN_FIELDS,
    "experiment": EXPERIMENT_FIELDS,
    "registered_model": REGISTERED_MODEL_FIELDS,
    "model_version": MODEL_VERSION_FIELDS,
}
