"""The tracking and metric ports on a SQL database: each method is one read or one write."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from epochal.entities import Page, RunStatus
from epochal.sql import (
    datasets,
    experiments,
    fields,
    groups,
    logging,
    runs,
    search,
    tables,
    views,
    writers,
)
from epochal.sql.metrics import SqlMetrics

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Future

    from epochal.entities import (
        Curve,
        DatasetInput,
        DatasetSummary,
        Experiment,
        KnownField,
        LifecycleStage,
        Run,
        RunGroup,
        RunInfo,
        RunTable,
        SavedView,
        Series,
        ValueCount,
        WriterReport,
    )
    from epochal.ports.metrics import ChartQuery, Rewound, SeriesPage, Window
    from epochal.ports.tables import FieldQuery
    from epochal.ports.tracking import (
        Delivery,
        ExperimentQuery,
        NewExperiment,
        NewRun,
        RunChanges,
        RunLog,
        RunQuery,
    )
    from epochal.search.columns import Aggregate
    from epochal.search.tree import Field
    from epochal.sql.database import Connection, Database

T = TypeVar("T")


class SqlStore:
    """The ports `tracking`, `metrics`, `tables` and `views`; see their promises.

    The store owns the database and closes it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._metrics = SqlMetrics(database)

    def create_experiment(self, new: NewExperiment) -> Experiment:
        """Raises AlreadyExistsError, also when a deleted experiment holds the name."""
        return self._write(lambda c: experiments.create_experiment(c, new))

    def get_experiment(self, experiment_id: str) -> Experiment:
        """Deleted ones too. Raises NotFoundError."""
        with self._database.read() as connection:
            return experiments.get_experiment(connection, experiment_id)

    def find_experiment_by_name(self, name: str) -> Experiment | None:
        """Deleted ones too."""
        with self._database.read() as connection:
            return experiments.find_experiment_by_name(connection, name)

    def search_experiments(self, query: ExperimentQuery) -> Page[Experiment]:
        """One page of experiments, each whole."""
        with self._database.read(limited=True) as connection:
            found = search.find_experiments(connection, query)
            return Page(experiments.load_experiments(connection, found.items), found.token)

    def count_runs_of(self, experiment_ids: Sequence[str]) -> dict[str, int]:
        """How many active runs each of these experiments has."""
        with self._database.read() as connection:
            return experiments.count_runs(connection, experiment_ids)

    def rename_experiment(self, experiment_id: str, name: str, now_ms: int) -> None:
        """Raises NotFoundError, NotActiveError, AlreadyExistsError."""
        self._write(lambda c: experiments.rename_experiment(c, experiment_id, name, now_ms))

    def set_experiment_stage(self, experiment_id: str, stage: LifecycleStage, now_ms: int) -> None:
        """Move to `stage`, all runs along. Raises NotFoundError if absent or there already."""
        self._write(lambda c: experiments.set_experiment_stage(c, experiment_id, stage, now_ms))

    def set_experiment_tag(self, experiment_id: str, key: str, value: str) -> None:
        """Upsert. Raises NotFoundError, NotActiveError."""
        self._write(lambda c: experiments.set_experiment_tag(c, experiment_id, key, value))

    def delete_experiment_tag(self, experiment_id: str, key: str) -> None:
        """Raises NotFoundError when the experiment or its tag is absent, NotActiveError."""
        self._write(lambda c: experiments.delete_experiment_tag(c, experiment_id, key))

    def search_datasets(self, experiment_ids: Sequence[str]) -> list[DatasetSummary]:
        """Distinct (experiment, name, digest, context), at most 1,000."""
        with self._database.read(limited=True) as connection:
            return experiments.search_datasets(connection, experiment_ids)

    def create_run(self, new: NewRun) -> Run:
        """Repeating it answers the run that is there. Raises NotFoundError, NotActiveError."""
        return self._write(lambda c: runs.create_run(c, new))

    def find_deleted_runs(self, before_ms: int) -> list[RunInfo]:
        """The runs that were deleted before an instant and are so still, the oldest first."""
        with self._database.read() as connection:
            return runs.find_deleted(connection, before_ms)

    def get_run(self, run_id: str) -> Run:
        """Deleted ones too. Raises NotFoundError."""
        with self._database.read() as connection:
            return runs.get_run(connection, run_id)

    def update_run(self, run_id: str, changes: RunChanges) -> RunInfo:
        """Raises NotFoundError, NotActiveError."""

        def update(connection: Connection) -> RunInfo:
            run, info = runs.update_run(connection, run_id, changes)
            if changes.status in RunStatus.TERMINATED:
                connection.after_commit(lambda: self._metrics.tidy(run))
            return info

        return self._write(update)

    def set_run_stage(self, run_id: str, stage: LifecycleStage, now_ms: int) -> None:
        """Idempotent. Raises NotFoundError."""
        self._write(lambda c: runs.set_run_stage(c, run_id, stage, now_ms))

    def search_runs(self, query: RunQuery) -> Page[Run]:
        """One page of runs, each whole, read in one snapshot."""
        with self._database.read(limited=True) as connection:
            found = search.find_runs(connection, query)
            return Page(runs.load_runs(connection, found.items), found.token)

    def read_table(self, query: RunQuery, columns: Mapping[str, Field] | None) -> RunTable:
        """One page of runs in the columns asked for, or in all there are."""
        with self._database.read(limited=True) as connection:
            return tables.read_table(connection, query, columns)

    def count_runs(self, query: RunQuery) -> int:
        """How many runs match."""
        with self._database.read(limited=True) as connection:
            return tables.count_runs(connection, query)

    def group_runs(
        self, query: RunQuery, by: Sequence[Field], aggregates: Sequence[Aggregate]
    ) -> Page[RunGroup]:
        """Runs with equal values counted together."""
        with self._database.read(limited=True) as connection:
            return groups.group_runs(connection, query, by, aggregates)

    def list_values(self, query: RunQuery, field: Field, prefix: str) -> list[ValueCount]:
        """The distinct values of a field, most frequent first."""
        with self._database.read(limited=True) as connection:
            return groups.list_values(connection, query, field, prefix)

    def list_fields(self, query: FieldQuery) -> Page[KnownField]:
        """Known fields, attributes first."""
        with self._database.read(limited=True) as connection:
            return fields.list_fields(connection, query)

    def create_view(self, view: SavedView) -> None:
        """The id is one that nobody else uses. Raises ViewExistsError."""
        self._write(lambda c: views.create_view(c, view))

    def get_view(self, view_id: str) -> SavedView:
        """Raises NotFoundError."""
        with self._database.read() as connection:
            return views.get_view(connection, view_id)

    def search_views(
        self, experiment_ids: Sequence[str], limit: int, page_token: str | None
    ) -> Page[SavedView]:
        """Saved views by name."""
        with self._database.read() as connection:
            return views.search_views(connection, experiment_ids, limit, page_token)

    def replace_view(self, view: SavedView) -> None:
        """Raises NotFoundError, ViewExistsError."""
        self._write(lambda c: views.replace_view(c, view))

    def delete_view(self, view_id: str) -> None:
        """Raises NotFoundError."""
        self._write(lambda c: views.delete_view(c, view_id))

    def log(self, entry: RunLog, delivery: Delivery | None = None) -> Future[None]:
        """Accept at once; the future completes when all of it is durable, or fails."""
        append = self._metrics.append
        return self._database.write(
            lambda c: logging.write_log(c, entry, delivery, append), joins=True
        )

    def find_delivered(self, names: Sequence[str]) -> dict[str, int]:
        """The last sequence of each writer that delivered anything."""
        with self._database.read() as connection:
            return writers.find_delivered(connection, names)

    def note_writers(self, reports: Sequence[WriterReport]) -> None:
        """Keep the newest report of each writer of a run; those of unknown runs are dropped."""
        self._database.write(lambda c: writers.note_writers(c, reports), joins=True).result()

    def list_writers(self, run_id: str) -> list[WriterReport]:
        """The newest report of each writer of a run, by rank, then by writer."""
        with self._database.read() as connection:
            return writers.list_writers(connection, run_id)

    def delete_tag(self, run_id: str, key: str) -> None:
        """Raises NotFoundError when the run or its tag is absent, NotActiveError."""
        self._write(lambda c: runs.delete_tag(c, run_id, key))

    def log_inputs(self, run_id: str, inputs: Sequence[DatasetInput]) -> None:
        """Attach datasets; a dataset that is attached already is ignored, its new tags too."""

        def attach(connection: Connection) -> None:
            run, experiment = runs.find_active_run(connection, run_id)
            datasets.add_inputs(connection, run, experiment, inputs)

        self._write(attach)

    def get_history(
        self,
        run_id: str,
        key: str,
        limit: int | None = None,
        page_token: str | None = None,
        *,
        window: Window | None = None,
        superseded: bool = False,
    ) -> SeriesPage:
        """Points ordered by (timestamp, step, value), NaN last among equals."""
        return self._metrics.get_history(
            run_id, key, limit, page_token, window=window, superseded=superseded
        )

    def get_histories(
        self, run_ids: Sequence[str], key: str, limit: int
    ) -> list[tuple[str, Series]]:
        """Histories of several runs ordered by run_id, at most `limit` points in all."""
        return self._metrics.get_histories(run_ids, key, limit)

    def sample(
        self, run_ids: Sequence[str], key: str, steps: tuple[int, int] | None, limit: int
    ) -> list[tuple[str, Series]]:
        """At most `limit` points of each run, for charts."""
        return self._metrics.sample(run_ids, key, steps, limit)

    def draw(self, query: ChartQuery) -> list[Curve]:
        """Points for a chart, the peaks among them, by run and key as asked for."""
        return self._metrics.draw(query)

    def rewind(self, run_id: str, step: int, now_ms: int) -> Rewound:
        """Supersede all points of a run with a greater step. Raises NotFoundError, NotActiveError."""
        return self._metrics.rewind(run_id, step, now_ms)

    def delete_metric(self, run_id: str, key: str) -> None:
        """Forget a key of a run. Raises NotFoundError (run or key), NotActiveError."""
        self._metrics.delete_metric(run_id, key)

    def close(self) -> None:
        """Finish what was accepted, then release files and connections. Idempotent."""
        self._database.close()

    def _write(self, work: Callable[[Connection], T]) -> T:
        return self._database.write(work).result()
