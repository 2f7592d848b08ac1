from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

LifecycleStage = Literal["active", "deleted"]

DEFAULT_EXPERIMENT_ID = "0"
DEFAULT_EXPERIMENT_NAME = "Default"


class ViewType:
    """Which lifecycle stages a search looks at; the numbers are MLflow's."""

    ACTIVE_ONLY = 1
    DELETED_ONLY = 2
    ALL = 3


@dataclass(frozen=True, slots=True)
class Experiment:
    """A named collection of runs that ask one question.

    A deleted experiment keeps its name reserved and can be restored with all its runs.
    """

    experiment_id: str
    name: str
    artifact_location: str
    lifecycle_stage: LifecycleStage = "active"
    creation_time: int | None = None  # milliseconds since the epoch
    last_update_time: int | None = None  # milliseconds since the epoch
    tags: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class ExperimentTag:
    """One piece of metadata of an experiment."""

    key: str
    value: str
