"""`MlflowClient`: everything one can do with a store, run by run, with nothing implied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.client.drafts import RunDraft, as_search
from epochal.client.environment import is_set
from epochal.client.logbook import Logbook, check_mapping
from epochal.client.outbox import FLUSH_S
from epochal.client.registry import RegistryClient
from epochal.client.registry_uri import current_registry_uri
from epochal.client.stores import open_store
from epochal.client.tracking_uri import open_current, resolve
from epochal.client.values import as_tag, now_ms
from epochal.entities import PagedList, ViewType
from epochal.entities.run import RunStatus
from epochal.errors import InvalidParameterError
from epochal.rules.names import PARENT_RUN_TAG

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence

    from epochal.client.artifacts import StrPath
    from epochal.client.logbook import Receipt
    from epochal.client.run_files import RunFiles
    from epochal.client.run_tables import RunTables
    from epochal.client.transport import Transport
    from epochal.entities import (
        Axis,
        Curve,
        DatasetInput,
        Experiment,
        FileInfo,
        Metric,
        Param,
        Run,
        RunTag,
        Status,
    )

USER_TAG = "mlflow.user"
MAX_RESULTS = 1000


class MlflowClient(RegistryClient):
    """A client of one store; the default one unless a URI is given. Safe from any thread.

    Log calls return at once, like the module's own; reads see all that this process logged.
    """

    def __init__(
        self, tracking_uri: str | os.PathLike[str] | None = None, registry_uri: str | None = None
    ) -> None:
        self._uri = resolve(tracking_uri)
        super().__init__(
            open_current() if tracking_uri is None else open_store(self._uri),
            registry_uri or current_registry_uri(),
        )

    @property
    def _files(self) -> RunFiles:
        return self._outbox.files

    @property
    def tracking_uri(self) -> str:
        """The URI as it was given."""
        return self._uri

    # Experiments

    def create_experiment(
        self,
        name: str,
        artifact_location: str | None = None,
        tags: Mapping[str, Any] | None = None,
    ) -> str:
        """The id of a new experiment. Raises AlreadyExistsError, also for a deleted one."""
        _check_name(name)
        texts = {key: str(value) for key, value in (tags or {}).items()}
        return self._outbox.transport.create_experiment(name, artifact_location, texts)

    def get_experiment(self, experiment_id: str) -> Experiment:
        """The experiment, deleted or not. Raises NotFoundError."""
        return self._outbox.reader().get_experiment(str(experiment_id))

    def get_experiment_by_name(self, name: str) -> Experiment | None:
        """The experiment, deleted or not, None if there is none."""
        _check_name(name)
        return self._outbox.reader().find_experiment_by_name(name)

    def search_experiments(
        self,
        view_type: int = ViewType.ACTIVE_ONLY,
        max_results: int | None = MAX_RESULTS,
        filter_string: str | None = None,
        order_by: Sequence[str] | None = None,
        page_token: str | None = None,
    ) -> PagedList[Experiment]:
        """One page of experiments."""
        results = MAX_RESULTS if max_results is None else max_results
        search = as_search(filter_string, order_by, view_type, results, page_token)
        page = self._outbox.reader().search_experiments(search)
        return PagedList(page.items, page.token)

    def rename_experiment(self, experiment_id: str, new_name: str) -> None:
        """Change the name. Raises NotFoundError, AlreadyExistsError."""
        _check_name(new_name)
        self._outbox.transport.rename_experiment(str(experiment_id), new_name)

    def delete_experiment(self, experiment_id: str) -> None:
        """Set aside with all its runs; the name stays taken."""
        self._outbox.reader().delete_experiment(str(experiment_id))

    def restore_experiment(self, experiment_id: str) -> None:
        """Bring back with all its runs."""
        self._outbox.reader().restore_experiment(str(experiment_id))

    def set_experiment_tag(self, experiment_id: str, key: str, value: Any) -> None:
        """Set or overwrite a tag."""
        self._outbox.transport.set_experiment_tag(str(experiment_id), key, str(value))

    def delete_experiment_tag(self, experiment_id: str, key: str) -> None:
        """Remove a tag. Raises NotFoundError."""
        self._outbox.transport.delete_experiment_tag(str(experiment_id), key)

    # Runs

    def create_run(
        self,
        experiment_id: str,
        start_time: int | None = None,
        tags: Mapping[str, Any] | None = None,
        run_name: str | None = None,
    ) -> Run:
        """A new run in status RUNNING; it is not the active one."""
        check_mapping("Tags", tags or {})
        texts = {key: as_tag(key, value) for key, value in (tags or {}).items()}
        draft = RunDraft(
            experiment_id=str(experiment_id),
            user_id=texts.get(USER_TAG, "unknown"),
            start_time=now_ms() if start_time is None else start_time,
            run_name=run_name,
            tags=texts,
        )
        run = self._outbox.transport.create_run(draft)
        self._outbox.note_run(run)
        return run

    def get_run(self, run_id: str) -> Run:
        """The run, deleted or not. Raises NotFoundError."""
        return self._outbox.reader().get_run(run_id)

    def get_parent_run(self, run_id: str) -> Run | None:
        """The run that this one is nested in, None if there is none."""
        parent = self.get_run(run_id).data.tags.get(PARENT_RUN_TAG)
        return self.get_run(parent) if parent else None

    def update_run(self, run_id: str, status: str | None = None, name: str | None = None) -> None:
        """Change the status, the name, or both."""
        checked = None if status is None else check_status(status)
        self._outbox.reader().update_run(run_id, status=checked, run_name=name)

    def set_terminated(
        self, run_id: str, status: str | None = None, end_time: int | None = None
    ) -> None:
        """End a run, as FINISHED and now unless told otherwise.

        Waits a while for its files, so that whoever sees the run ended finds them.
        """
        self._outbox.flush_files(FLUSH_S)
        self._outbox.reader().update_run(
            run_id,
            status=check_status(status or "FINISHED"),
            end_time=now_ms() if end_time is None else end_time,
        )
        self._outbox.forget_run(run_id)

    def delete_run(self, run_id: str) -> None:
        """Set aside; it can be restored."""
        self._outbox.reader().delete_run(run_id)
        self._outbox.forget_run(run_id)

    def restore_run(self, run_id: str) -> None:
        """Bring back."""
        self._outbox.reader().restore_run(run_id)

    def search_runs(
        self,
        experiment_ids: Sequence[str],
        filter_string: str = "",
        run_view_type: int = ViewType.ACTIVE_ONLY,
        max_results: int = MAX_RESULTS,
        order_by: Sequence[str] | None = None,
        page_token: str | None = None,
    ) -> PagedList[Run]:
        """One page of runs of some experiments."""
        if isinstance(experiment_ids, str | int):
            experiment_ids = [str(experiment_ids)]
        search = as_search(filter_string, order_by, run_view_type, max_results, page_token)
        page = self._outbox.reader().search_runs([str(i) for i in experiment_ids], search)
        return PagedList(page.items, page.token)

    def run_reader(self) -> Transport:
        """The way to runs and their files, once all that this process logged is there."""
        return self._outbox.reader()

    def run_tables(self) -> RunTables:
        """The way to ask for columns, counts and groups of runs instead of whole ones."""
        return self._outbox.reader().tables

    # Logging

    def log_metric(
        self,
        run_id: str,
        key: str,
        value: Any,
        timestamp: int | None = None,
        step: int | None = None,
        synchronous: bool | None = None,
        dataset_name: str | None = None,
        dataset_digest: str | None = None,
        model_id: str | None = None,
    ) -> Receipt | None:
        """Log one point. The arguments about datasets and models are MLflow's; see its docs."""
        del dataset_name, dataset_digest, model_id
        book = self._book(run_id)
        if synchronous is None and not is_set("ENABLE_ASYNC_LOGGING"):
            book.log_metric(key, value, step, timestamp)
            return None
        return answer(book.log_metrics({key: value}, step, timestamp), synchronous)

    def log_param(self, run_id: str, key: str, value: Any, synchronous: bool | None = None) -> Any:
        """Log one param and return its value. Raises ParamChangedError."""
        receipt = answer(self._book(run_id).log_params({key: value}), synchronous)
        return value if receipt is None else receipt

    def set_tag(
        self, run_id: str, key: str, value: Any, synchronous: bool | None = None
    ) -> Receipt | None:
        """Set or overwrite one tag."""
        return answer(self._book(run_id).set_tags({key: value}), synchronous)

    def delete_tag(self, run_id: str, key: str) -> None:
        """Remove a tag. Raises NotFoundError."""
        self._outbox.reader().delete_tag(run_id, key)

    def log_batch(
        self,
        run_id: str,
        metrics: Sequence[Metric] = (),
        params: Sequence[Param] = (),
        tags: Sequence[RunTag] = (),
        synchronous: bool | None = None,
    ) -> Receipt | None:
        """Log many values at once, as many as you like."""
        book = self._book(run_id)
        receipts = [
            book.log_params({param.key: param.value for param in params}),
            book.set_tags({tag.key: tag.value for tag in tags}),
        ]
        for metric in metrics:
            book.log_metric(metric.key, metric.value, metric.step, metric.timestamp)
        keys = frozenset(item.key for item in (*metrics, *params, *tags))
        return answer(receipts[0].until_now(keys), synchronous)

    def log_inputs(
        self,
        run_id: str,
        datasets: Sequence[DatasetInput] | None = None,
        models: Sequence[Any] | None = None,
    ) -> None:
        """Note which datasets a run read."""
        del models
        self._outbox.reader().log_inputs(run_id, list(datasets or ()))

    def get_metric_history(self, run_id: str, key: str) -> list[Metric]:
        """All points of a key, by (timestamp, step, value)."""
        return self._outbox.reader().get_metric_history(run_id, key)

    def read_metrics(
        self,
        run_ids: str | Sequence[str],
        keys: str | Sequence[str] | None = None,
        *,
        x: Axis = "step",
        start: int | None = None,
        end: int | None = None,
        points: int | None = None,
        superseded: bool = False,
    ) -> list[Curve]:
        """Histories in columns, by run and key as they are asked for; empty ones are left out.

        Args:
            run_ids: the runs.
            keys: the metrics; all that each run has if None.
            x: what `start` and `end` bound: step, time or relative, both in milliseconds.
            start: the first step or millisecond.
            end: the last one.
            points: at most so many of each, peaks kept and along `x`; else all of them by time.
            superseded: what rewinds took away, instead of what holds.

        """
        from epochal.client import columns

        window = columns.as_window(x, start, end)
        reader, runs = self._outbox.reader(), columns.as_names("run_ids", run_ids)
        if keys is None:
            wanted = [
                (run, metric.key) for run in runs for metric in self.get_run(run).data.latest
            ]
        else:
            wanted = [(run, key) for run in runs for key in columns.as_names("keys", keys)]
        if points is None or superseded:
            return columns.read_whole(reader.histories, wanted, window, superseded=superseded)
        return columns.read_sampled(reader.histories, wanted, window, points)

    def rewind_run(self, run_id: str, step: int) -> int:
        """Supersede all points of a run beyond a step; say how many. They stay in its history.

        Raises:
            NotFoundError, NotActiveError: no run to be rewound.
            NotSupportedError: the store is a server of MLflow's.

        """
        return self._outbox.reader().histories.rewind(run_id, check_step(step))

    def delete_metric(self, run_id: str, key: str) -> None:
        """Forget a metric of a run, its history too, for good.

        Raises:
            NotFoundError, NotActiveError: no such run or key.
            NotSupportedError: the store is a server of MLflow's.

        """
        self._outbox.reader().histories.delete(run_id, key)

    def _book(self, run_id: str) -> Logbook:
        book = Logbook(self._outbox, run_id)
        self._outbox.meet(run_id)
        return book

    # Artifacts

    def log_artifact(
        self,
        run_id: str,
        local_path: StrPath,
        artifact_path: str | None = None,
        synchronous: bool | None = None,
    ) -> None:
        """Keep a local file, or a folder under its own name, as it is now.

        What goes to another machine is sent in the background; `synchronous=True` sends it
        before the call returns, and raises what the store says against it.
        """
        self._files.log_path(run_id, local_path, artifact_path, synchronous)

    def log_artifacts(
        self,
        run_id: str,
        local_dir: StrPath,
        artifact_path: str | None = None,
        synchronous: bool | None = None,
    ) -> None:
        """Keep everything below a local folder. As `log_artifact` does."""
        self._files.log_folder(run_id, local_dir, artifact_path, synchronous)

    def log_text(self, run_id: str, text: str, artifact_file: str) -> None:
        """Keep a text as a file."""
        self._files.log_bytes(run_id, text.encode(), artifact_file)

    def log_dict(self, run_id: str, dictionary: Any, artifact_file: str) -> None:
        """Keep a dictionary as YAML if the file's name says so, else as JSON."""
        self._files.log_dictionary(run_id, dictionary, artifact_file)

    def log_stream(self, run_id: str, stream: Any, artifact_file: str) -> None:
        """Keep what a binary stream yields."""
        self._files.log_stream(run_id, stream, artifact_file)

    def log_figure(
        self,
        run_id: str,
        figure: Any,
        artifact_file: str,
        *,
        save_kwargs: dict[str, Any] | None = None,
    ) -> None:
        """Keep a matplotlib or plotly figure."""
        self._files.log_figure(run_id, figure, artifact_file, save_kwargs)

    def log_image(
        self,
        run_id: str,
        image: Any,
        artifact_file: str | None = None,
        key: str | None = None,
        step: int | None = None,
        timestamp: int | None = None,
        synchronous: bool | None = None,
    ) -> None:
        """Keep an image as a file, or as one of a series by `key` and `step`."""
        self._files.log_image(run_id, image, artifact_file, key, step, timestamp, synchronous)

    def log_table(self, run_id: str, data: Any, artifact_file: str) -> None:
        """Keep rows in a table; those of a second call are added."""
        self._files.log_table(run_id, data, artifact_file)

    def load_table(
        self,
        experiment_id: str,
        artifact_file: str,
        run_ids: Sequence[str] | None = None,
        extra_columns: Sequence[str] | None = None,
    ) -> Any:
        """The rows of a table over all runs of an experiment that have it, as a DataFrame."""
        runs = self._iter_runs(experiment_id, run_ids)
        return self._files.load_table(runs, artifact_file, extra_columns or ())

    def _iter_runs(self, experiment_id: str, run_ids: Sequence[str] | None) -> Iterable[Run]:
        if run_ids is not None:
            yield from (self.get_run(run_id) for run_id in run_ids)
            return
        token: str | None = None
        while True:
            page = self.search_runs([experiment_id], page_token=token)
            yield from page
            token = page.token
            if not token:
                return

    def list_artifacts(self, run_id: str, path: str | None = None) -> list[FileInfo]:
        """What lies directly below a path of a run's artifacts."""
        return self._files.list_folder(run_id, path or "")

    def download_artifacts(self, run_id: str, path: str, dst_path: StrPath | None = None) -> str:
        """Copy a file or folder of a run to this machine; say where it lies now."""
        return self._files.download(run_id, path, dst_path)

    def delete_artifacts(self, run_id: str, path: str | None = None) -> None:
        """Remove a file or folder of a run, all its files without a path."""
        self._files.delete(run_id, path or "")


def check_step(step: Any) -> int:
    """A step to rewind to. Raises InvalidParameterError unless it is a whole number."""
    if isinstance(step, bool) or not isinstance(step, int):
        raise InvalidParameterError(
            f"Invalid step {step!r} of type {type(step).__name__}: it must be a whole number"
        )
    return step


def check_status(status: str) -> Status:
    """A status as it is stored. Raises InvalidParameterError for one that does not exist."""
    if status not in RunStatus.NUMBERS:
        raise InvalidParameterError(
            f"Invalid run status {status!r}; it must be one of {', '.join(RunStatus.NUMBERS)}"
        )
    return status


def answer(receipt: Receipt, synchronous: bool | None) -> Receipt | None:
    """What a log call returns: nothing, or the receipt if the caller wants to wait later.

    With `synchronous=True` it waits here.
    """
    if synchronous:
        receipt.wait()
        return None
    wants_receipt = synchronous is False or is_set("ENABLE_ASYNC_LOGGING")
    return receipt if wants_receipt else None


def _check_name(name: Any) -> None:
    if not isinstance(name, str) or not name:
        raise InvalidParameterError(f"Invalid experiment name: {name!r} is no text, or empty")
