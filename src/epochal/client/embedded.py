"""The store in this very process: the same services that a server runs, called directly."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from epochal.blobs.credentials import is_object_store
from epochal.client.local_files import StoredFiles, copy_into, incoming
from epochal.client.places import OBJECT_EXAMPLES, find_files
from epochal.client.run_tables import EmbeddedTables
from epochal.entities import Metric
from epochal.errors import EpochalError, NotFoundError, NotSupportedError, UnavailableError
from epochal.rules.locations import proxied_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Future

    from epochal.client.datasets import DatasetShelf
    from epochal.client.drafts import RunDraft, Search
    from epochal.client.registry import ModelShelf
    from epochal.client.transfers.incoming import Incoming
    from epochal.client.transport import Files
    from epochal.entities import (
        Curve,
        DatasetInput,
        Experiment,
        FileInfo,
        Page,
        Run,
        RunInfo,
        Series,
        Status,
        WriterReport,
    )
    from epochal.ports.metrics import Window
    from epochal.ports.tracking import Delivery, RunLog
    from epochal.services import Services
    from epochal.services.artifacts import Artifacts
    from epochal.services.metrics import Metrics

STORE_S = 120.0  # a store that takes longer to commit is broken


class EmbeddedTransport:
    """A `Transport` to services in this process."""

    page_url = None

    def __init__(self, services: Services) -> None:
        self._services = services
        self.histories = _Histories(services.metrics)
        self.tables = EmbeddedTables(services)

    def create_experiment(
        self, name: str, artifact_location: str | None, tags: Mapping[str, str]
    ) -> str:
        """The id of the new experiment."""
        return self._services.experiments.create(name, artifact_location, tags).experiment_id

    def get_experiment(self, experiment_id: str) -> Experiment:
        """The experiment, deleted or not."""
        return self._services.experiments.get(experiment_id)

    def find_experiment_by_name(self, name: str) -> Experiment | None:
        """The experiment, deleted or not."""
        try:
            return self._services.experiments.get_by_name(name)
        except NotFoundError:
            return None

    def search_experiments(self, search: Search) -> Page[Experiment]:
        """One page of experiments."""
        return self._services.experiments.search(
            search.filter_text,
            search.order_by,
            view=search.view,
            max_results=search.max_results,
            page_token=search.page_token,
        )

    def rename_experiment(self, experiment_id: str, name: str) -> None:
        """Change the name."""
        self._services.experiments.rename(experiment_id, name)

    def delete_experiment(self, experiment_id: str) -> None:
        """Set aside with all its runs."""
        self._services.experiments.delete(experiment_id)

    def restore_experiment(self, experiment_id: str) -> None:
        """Bring back with all its runs."""
        self._services.experiments.restore(experiment_id)

    def set_experiment_tag(self, experiment_id: str, key: str, value: str) -> None:
        """Set or overwrite."""
        self._services.experiments.set_tag(experiment_id, key, value)

    def delete_experiment_tag(self, experiment_id: str, key: str) -> None:
        """Remove one tag."""
        self._services.experiments.delete_tag(experiment_id, key)

    def create_run(self, draft: RunDraft) -> Run:
        """A new run."""
        return self._services.runs.create(
            draft.experiment_id,
            user_id=draft.user_id,
            run_name=draft.run_name,
            start_time=draft.start_time,
            tags=draft.tags,
            run_id=draft.run_id,
        )

    def get_run(self, run_id: str) -> Run:
        """The run, deleted or not."""
        return self._services.runs.get(run_id)

    def update_run(
        self,
        run_id: str,
        *,
        status: Status | None = None,
        end_time: int | None = None,
        run_name: str | None = None,
    ) -> RunInfo:
        """Change what is given."""
        return self._services.runs.update(
            run_id, status=status, end_time=end_time, run_name=run_name
        )

    def delete_run(self, run_id: str) -> None:
        """Set aside."""
        self._services.runs.delete(run_id)

    def restore_run(self, run_id: str) -> None:
        """Bring back."""
        self._services.runs.restore(run_id)

    def search_runs(self, experiment_ids: Sequence[str], search: Search) -> Page[Run]:
        """One page of runs."""
        return self._services.runs.search(
            experiment_ids,
            search.filter_text,
            search.order_by,
            view=search.view,
            max_results=search.max_results,
            page_token=search.page_token,
        )

    def log(self, entries: Sequence[tuple[RunLog, Delivery | None]]) -> list[EpochalError | None]:
        """Store all entries, in one commit where the store can; say which were refused."""
        accepted = [self._accept(entry, delivery) for entry, delivery in entries]
        return [_outcome(future) for future in accepted]

    def _accept(self, entry: RunLog, delivery: Delivery | None) -> Future[None] | EpochalError:
        try:
            return self._services.runs.log(entry, delivery)
        except EpochalError as refused:
            return refused

    def find_delivered(self, names: Sequence[str]) -> dict[str, int] | None:
        """The last sequence of each writer that delivered any."""
        return self._services.writers.delivered(names)

    def note_writers(self, reports: Sequence[WriterReport]) -> None:
        """Let others see how a delivery goes."""
        self._services.writers.note(reports)

    def delete_tag(self, run_id: str, key: str) -> None:
        """Remove one tag."""
        self._services.runs.delete_tag(run_id, key)

    def log_inputs(self, run_id: str, inputs: Sequence[DatasetInput]) -> None:
        """Attach datasets."""
        self._services.runs.log_inputs(run_id, inputs)

    def get_metric_history(self, run_id: str, key: str) -> list[Metric]:
        """All points, by (timestamp, step, value)."""
        series = self._services.metrics.get_history(run_id, key).series
        rows = zip(series.value, series.timestamp, series.step, strict=True)
        return [Metric(key, value, timestamp, step) for value, timestamp, step in rows]

    def files(self, run: RunInfo) -> Files:
        """The artifacts of a run."""
        if is_object_store(run.artifact_uri):
            return self.files_at(run.artifact_uri)
        return _RunFolder(self._services.artifacts, run.run_id)

    def files_at(self, uri: str) -> Files:
        """The artifacts below a folder, a place in an object store, or the store's own root."""
        found = find_files(uri)
        if found is not None:
            return found
        if proxied_path(uri) is not None:
            store, root = self._services.artifacts.roots.resolve(uri)
            return StoredFiles(store, is_near=True, root=root)
        raise NotSupportedError(
            f"Artifacts at {uri!r} cannot be reached from here; give runs:/<run id>/<path>, "
            f"a file:/ folder, or an address such as {OBJECT_EXAMPLES}"
        )

    @property
    def datasets(self) -> DatasetShelf:
        """Versions of datasets, by the services themselves."""
        return self._services.datasets

    @property
    def models(self) -> ModelShelf:
        """Registered models and their versions, by the services themselves."""
        return self._services.registry

    def close(self) -> None:
        """Finish what was accepted and release the store."""
        self._services.close()


class _Histories:
    """The histories of metrics through the services."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def read(self, run_id: str, key: str, window: Window, *, superseded: bool) -> Series:
        page = self._metrics.read(run_id, key, window, superseded=superseded)
        series = page.series
        while page.token:
            page = self._metrics.read(
                run_id, key, window, superseded=superseded, page_token=page.token
            )
            series.extend(page.series)
        return series

    def draw(
        self, run_ids: Sequence[str], keys: Sequence[str], window: Window, points: int
    ) -> list[Curve]:
        return self._metrics.draw(run_ids, keys, window, points)

    def rewind(self, run_id: str, step: int) -> int:
        return self._metrics.rewind(run_id, step).superseded

    def delete(self, run_id: str, key: str) -> None:
        self._metrics.delete(run_id, key)


class _RunFolder:
    """The artifacts of one run, `Files` through the services."""

    is_near = True

    def __init__(self, artifacts: Artifacts, run_id: str) -> None:
        self._artifacts = artifacts
        self._run_id = run_id

    def list_artifacts(self, path: str) -> list[FileInfo]:
        return self._artifacts.list_run(self._run_id, path)[1]

    def open_artifact(self, path: str, start: int = 0) -> Incoming:
        return incoming(self._artifacts.open_run(self._run_id, path), start)

    def write_artifact(
        self,
        path: str,
        content: BinaryIO,
        on_progress: Callable[[int], None] | None = None,
        sha256: str | None = None,
    ) -> None:
        writer = self._artifacts.write_run(self._run_id, path)
        copy_into(writer, content, on_progress, sha256)

    def write_small(self, files: Sequence[tuple[str, bytes]]) -> None:
        del files

    def take_known(self, path: str, size: int, sha256: str) -> bool:
        del path, size, sha256
        return False

    def delete_artifact(self, path: str) -> None:
        self._artifacts.delete_run(self._run_id, path)


def _outcome(accepted: Future[None] | EpochalError) -> EpochalError | None:
    if isinstance(accepted, EpochalError):
        return accepted
    try:
        accepted.result(STORE_S)
    except EpochalError as refused:
        return refused
    except TimeoutError:
        return UnavailableError(f"The store did not answer within {STORE_S:g} seconds")
    return None
