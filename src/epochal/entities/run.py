from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from epochal.entities.metric import LatestMetrics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities.dataset import DatasetInput
    from epochal.entities.experiment import LifecycleStage
    from epochal.entities.metric import Metric

Status = Literal["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"]


class RunStatus:
    """The states a run can be in; the numbers are those of MLflow's wire."""

    NUMBERS: dict[Status, int] = {  # noqa: RUF012 - a table, never written to
        "RUNNING": 1,
        "SCHEDULED": 2,
        "FINISHED": 3,
        "FAILED": 4,
        "KILLED": 5,
    }
    TERMINATED: frozenset[Status] = frozenset({"FINISHED", "FAILED", "KILLED"})


@dataclass(frozen=True, slots=True)
class Param:
    """One input of a run; written once, as text."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class RunTag:
    """One piece of metadata of a run; may be overwritten and deleted."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What identifies a run and where it stands."""

    run_id: str
    experiment_id: str
    run_name: str
    user_id: str
    status: Status
    start_time: int | None  # milliseconds since the epoch
    end_time: int | None
    artifact_uri: str
    lifecycle_stage: LifecycleStage = "active"


@dataclass(frozen=True, slots=True)
class RunData:
    """What a run logged; of each metric key the latest point only."""

    latest: Sequence[Metric] = field(default_factory=list["Metric"])
    params: dict[str, str] = field(default_factory=dict[str, str])
    tags: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def metrics(self) -> dict[str, float]:
        """The latest value of each metric key."""
        if isinstance(self.latest, LatestMetrics):
            return dict(zip(self.latest.keys, self.latest.values, strict=True))
        return {metric.key: metric.value for metric in self.latest}


@dataclass(frozen=True, slots=True)
class RunInputs:
    """What a run read."""

    dataset_inputs: list[DatasetInput] = field(default_factory=list["DatasetInput"])


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of a script: its identity, what it logged and what it read."""

    info: RunInfo
    data: RunData = field(default_factory=RunData)
    inputs: RunInputs = field(default_factory=RunInputs)

    def to_dictionary(self) -> dict[str, Any]:
        """The run as nested plain dictionaries, spelled as MLflow spells them."""
        return {
            "info": {name: getattr(self.info, name) for name in RunInfo.__slots__},
            "data": {
                "metrics": self.data.metrics,
                "params": dict(self.data.params),
                "tags": dict(self.data.tags),
            },
            "inputs": {
                "dataset_inputs": [
                    {
                        "dataset": {n: getattr(i.dataset, n) for n in type(i.dataset).__slots__},
                        "tags": {tag.key: tag.value for tag in i.tags},
                    }
                    for i in self.inputs.dataset_inputs
                ]
            },
        }
