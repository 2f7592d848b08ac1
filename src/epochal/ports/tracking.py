"""What a tracking backend promises.

*Atomicity.* Each method is all or nothing. *Durability.* Once it returns (or its future
completes), what it did survives a power cut. *Visibility.* Once it returns, every reader sees
it. *Repetition.* `log` with the same delivery changes nothing the second time; points are
identified by (key, step, timestamp, value), so equal ones collapse in any case.
*Threads.* One instance serves many threads. *Values.* What is returned is the caller's.
*Errors.* Only leaves of `epochal.errors`; driver errors are translated here.
*Inputs* were checked by `rules` before they come here; the store checks only what needs its
own state: existence, lifecycle, uniqueness, write-once params.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from epochal.entities import Points

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Future

    from epochal.entities import (
        DatasetInput,
        DatasetSummary,
        Experiment,
        LifecycleStage,
        Page,
        Run,
        RunInfo,
        Status,
        WriterReport,
    )
    from epochal.search.tree import Node, OrderBy


@dataclass(frozen=True, slots=True)
class NewExperiment:
    """An experiment to create. Without a location it gets `<artifact_root>/<id>`."""

    name: str
    artifact_root: str
    created_ms: int
    artifact_location: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class NewRun:
    """A run to create, with an id that nobody else uses."""

    run_id: str
    experiment_id: str
    run_name: str
    user_id: str
    start_time: int  # milliseconds since the epoch
    tags: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class RunChanges:
    """What to change of a run; None leaves a field as it is."""

    status: Status | None = None
    end_time: int | None = None  # milliseconds since the epoch
    run_name: str | None = None  # also kept in the tag `mlflow.runName`


@dataclass(frozen=True, slots=True)
class RunLog:
    """What one request or one courier batch logs into one run."""

    run_id: str
    points: Points = field(default_factory=Points)
    params: Mapping[str, str] = field(default_factory=dict[str, str])
    tags: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Delivery:
    """Who sent a batch and its number; numbers of one writer only grow."""

    writer: str
    sequence: int


@dataclass(frozen=True, slots=True)
class ExperimentQuery:
    """A search over experiments."""

    where: Node | None = None
    order_by: tuple[OrderBy, ...] = ()
    view: int = 1  # entities.ViewType
    limit: int = 1000
    page_token: str | None = None


@dataclass(frozen=True, slots=True)
class RunQuery:
    """A search over the runs of some experiments. No experiments: no runs."""

    experiment_ids: Sequence[str]
    where: Node | None = None
    order_by: tuple[OrderBy, ...] = ()
    view: int = 1  # entities.ViewType
    limit: int = 1000
    page_token: str | None = None


class TrackingStore(Protocol):
    """Where experiments, runs and what they logged are kept. See the module's promises."""

    def create_experiment(self, new: NewExperiment) -> Experiment:
        """Raises AlreadyExistsError, also when a deleted experiment holds the name."""
        ...

    def get_experiment(self, experiment_id: str) -> Experiment:
        """Deleted ones too. Raises NotFoundError."""
        ...

    def find_experiment_by_name(self, name: str) -> Experiment | None:
        """Deleted ones too."""
        ...

    def search_experiments(self, query: ExperimentQuery) -> Page[Experiment]:
        """Ordered by `creation_time DESC, experiment_id ASC` unless the query says otherwise."""
        ...

    def count_runs_of(self, experiment_ids: Sequence[str]) -> dict[str, int]:
        """How many active runs each of these experiments has; unknown ones have none."""
        ...

    def rename_experiment(self, experiment_id: str, name: str, now_ms: int) -> None:
        """Raises NotFoundError, NotActiveError, AlreadyExistsError."""
        ...

    def set_experiment_stage(self, experiment_id: str, stage: LifecycleStage, now_ms: int) -> None:
        """Move to `stage`, all runs along. Raises NotFoundError if absent or there already."""
        ...

    def set_experiment_tag(self, experiment_id: str, key: str, value: str) -> None:
        """Upsert. Raises NotFoundError, NotActiveError."""
        ...

    def delete_experiment_tag(self, experiment_id: str, key: str) -> None:
        """Raises NotFoundError when the experiment or its tag is absent, NotActiveError."""
        ...

    def search_datasets(self, experiment_ids: Sequence[str]) -> list[DatasetSummary]:
        """Distinct (experiment, name, digest, context), at most 1,000."""
        ...

    def create_run(self, new: NewRun) -> Run:
        """Status RUNNING, artifact_uri `<experiment location>/<run_id>/artifacts`.

        Repeating it with the same run_id returns the run that is there.
        Raises NotFoundError (experiment), NotActiveError.
        """
        ...

    def find_deleted_runs(self, before_ms: int) -> list[RunInfo]:
        """The runs that were deleted before an instant and are so still, the oldest first."""
        ...

    def get_run(self, run_id: str) -> Run:
        """Deleted ones too. Raises NotFoundError."""
        ...

    def update_run(self, run_id: str, changes: RunChanges) -> RunInfo:
        """Raises NotFoundError, NotActiveError."""
        ...

    def set_run_stage(self, run_id: str, stage: LifecycleStage, now_ms: int) -> None:
        """Idempotent. Raises NotFoundError."""
        ...

    def search_runs(self, query: RunQuery) -> Page[Run]:
        """Ordered by `start_time DESC, run_id ASC`, which also break ties of any ordering.

        Missing values come last in both directions; NaN between numbers and missing.
        Raises InvalidParameterError for a page token that is not ours.
        """
        ...

    def log(self, entry: RunLog, delivery: Delivery | None = None) -> Future[None]:
        """Accept at once; the future completes when all of it is durable, or fails.

        Fails with NotFoundError, NotActiveError, ParamChangedError. The tag `mlflow.runName`
        renames the run.
        """
        ...

    def find_delivered(self, names: Sequence[str]) -> dict[str, int]:
        """The last sequence of each writer that delivered anything, by `Delivery.writer`."""
        ...

    def note_writers(self, reports: Sequence[WriterReport]) -> None:
        """Keep the newest report of each writer of a run; those of unknown runs are dropped."""
        ...

    def list_writers(self, run_id: str) -> list[WriterReport]:
        """The newest report of each writer of a run, by rank, then by writer."""
        ...

    def delete_tag(self, run_id: str, key: str) -> None:
        """Raises NotFoundError when the run or its tag is absent, NotActiveError."""
        ...

    def log_inputs(self, run_id: str, inputs: Sequence[DatasetInput]) -> None:
        """Attach datasets. The same dataset again is ignored, its new tags too.

        Raises NotFoundError, NotActiveError.
        """
        ...

    def close(self) -> None:
        """Finish what was accepted, then release files and connections. Idempotent."""
        ...
