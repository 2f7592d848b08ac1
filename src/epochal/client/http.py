"""A server, ours or MLflow's, spoken to in MLflow's wire protocol."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from epochal.client.batches import pieces_within
from epochal.client.connection import Connections, error_of
from epochal.client.histories import RemoteHistories
from epochal.client.http_datasets import HttpDatasets
from epochal.client.http_registry import HttpRegistry
from epochal.client.proxied import ProxiedFiles
from epochal.client.run_tables import VIEWS, ServedTables, TablesOfRuns
from epochal.entities import Metric
from epochal.errors import ConnectionLostError, EpochalError, NotFoundError, NotSupportedError
from epochal.wire import columns, experiments, logging, run_entities, runs, writers
from epochal.wire.encoding import encode
from epochal.wire.server_info import CLIENT_HEADER, PRODUCT, decode_about

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.client.connection import Answer
    from epochal.client.datasets import DatasetShelf
    from epochal.client.drafts import RunDraft, Search
    from epochal.client.registry import ModelShelf
    from epochal.client.run_tables import RunTables
    from epochal.client.transport import Files
    from epochal.entities import (
        DatasetInput,
        Experiment,
        Metric,
        Page,
        Run,
        RunInfo,
        Status,
        WriterReport,
    )
    from epochal.ports.tracking import Delivery, RunLog
    from epochal.wire.decoding import Message

MLFLOW = "/api/2.0/mlflow/"
OURS = "/api/epochal/v1/"
JSON = {"Content-Type": "application/json"}
PACKED = {"Content-Type": columns.PACKED}
HTTP_ERROR = 400


class HttpTransport:
    """A `Transport` to a server. It finds out by itself whether the server is ours."""

    def __init__(self, uri: str) -> None:
        self._connections = Connections(uri)
        self._files = ProxiedFiles(self._connections, self.is_ours)
        self.histories = RemoteHistories(self)
        self._is_ours: bool | None = None

    @property
    def page_url(self) -> str:
        """The server's address is that of its pages."""
        return self._connections.address

    def create_experiment(
        self, name: str, artifact_location: str | None, tags: Mapping[str, str]
    ) -> str:
        """The id of the new experiment."""
        message = experiments.CreateExperiment(
            name=name, artifact_location=artifact_location or "", tags=_tags(tags)
        )
        body = self._post("experiments/create", message, is_repeatable=False)
        return experiments.decode_experiment_id(body)

    def get_experiment(self, experiment_id: str) -> Experiment:
        """The experiment, deleted or not."""
        return experiments.decode_experiment(
            self._get("experiments/get", experiment_id=experiment_id)
        )

    def find_experiment_by_name(self, name: str) -> Experiment | None:
        """The experiment, deleted or not."""
        try:
            body = self._get("experiments/get-by-name", experiment_name=name)
        except NotFoundError:
            return None
        return experiments.decode_experiment(body)

    def search_experiments(self, search: Search) -> Page[Experiment]:
        """One page of experiments."""
        message = experiments.SearchExperiments(
            max_results=search.max_results,
            page_token=search.page_token or "",
            filter=search.filter_text or "",
            order_by=list(search.order_by),
            view_type=VIEWS.get(search.view),
        )
        return experiments.decode_experiments(self._post("experiments/search", message))

    def rename_experiment(self, experiment_id: str, name: str) -> None:
        """Change the name."""
        message = experiments.UpdateExperiment(experiment_id=experiment_id, new_name=name)
        self._post("experiments/update", message)

    def delete_experiment(self, experiment_id: str) -> None:
        """Set aside with all its runs."""
        message = experiments.ExperimentId(experiment_id=experiment_id)
        self._post("experiments/delete", message, is_repeatable=False)

    def restore_experiment(self, experiment_id: str) -> None:
        """Bring back with all its runs."""
        message = experiments.ExperimentId(experiment_id=experiment_id)
        self._post("experiments/restore", message, is_repeatable=False)

    def set_experiment_tag(self, experiment_id: str, key: str, value: str) -> None:
        """Set or overwrite."""
        message = experiments.SetExperimentTag(experiment_id=experiment_id, key=key, value=value)
        self._post("experiments/set-experiment-tag", message)

    def delete_experiment_tag(self, experiment_id: str, key: str) -> None:
        """Remove one tag."""
        message = experiments.DeleteExperimentTag(experiment_id=experiment_id, key=key)
        self._post("experiments/delete-experiment-tag", message, is_repeatable=False)

    def create_run(self, draft: RunDraft) -> Run:
        """A new run. Our server takes an id from us, which makes it safe to repeat."""
        if self.is_ours():
            ours = runs.CreateRunAs(
                experiment_id=draft.experiment_id,
                user_id=draft.user_id,
                run_name=draft.run_name or "",
                start_time=draft.start_time,
                tags=_tags(draft.tags),
                run_id=draft.run_id or uuid.uuid4().hex,
            )
            return run_entities.decode_run(self.send(f"{OURS}runs/create", encode(ours), JSON))
        theirs = runs.CreateRun(
            experiment_id=draft.experiment_id,
            user_id=draft.user_id,
            run_name=draft.run_name or "",
            start_time=draft.start_time,
            tags=_tags(draft.tags),
        )
        return run_entities.decode_run(self._post("runs/create", theirs, is_repeatable=False))

    def get_run(self, run_id: str) -> Run:
        """The run, deleted or not."""
        return run_entities.decode_run(self._get("runs/get", run_id=run_id))

    def update_run(
        self,
        run_id: str,
        *,
        status: Status | None = None,
        end_time: int | None = None,
        run_name: str | None = None,
    ) -> RunInfo:
        """Change what is given."""
        message = runs.UpdateRun(
            run_id=run_id, status=status, end_time=end_time, run_name=run_name or ""
        )
        return run_entities.decode_run_info(self._post("runs/update", message))

    def delete_run(self, run_id: str) -> None:
        """Set aside."""
        self._post("runs/delete", runs.RunId(run_id=run_id))

    def restore_run(self, run_id: str) -> None:
        """Bring back."""
        self._post("runs/restore", runs.RunId(run_id=run_id))

    def search_runs(self, experiment_ids: Sequence[str], search: Search) -> Page[Run]:
        """One page of runs."""
        message = runs.SearchRuns(
            experiment_ids=list(experiment_ids),
            filter=search.filter_text or "",
            run_view_type=VIEWS.get(search.view),
            max_results=search.max_results,
            order_by=list(search.order_by),
            page_token=search.page_token or "",
        )
        return run_entities.decode_runs(self._post("runs/search", message))

    @property
    def tables(self) -> RunTables:
        """Runs in columns: at once from our server, made of whole runs for MLflow's."""
        return ServedTables(self._post_ours) if self.is_ours() else TablesOfRuns(self.search_runs)

    def log(self, entries: Sequence[tuple[RunLog, Delivery | None]]) -> list[EpochalError | None]:
        """Store each entry; whoever calls repeats after a broken line."""
        return [self._log_one(entry, delivery) for entry, delivery in entries]

    def _log_one(self, entry: RunLog, delivery: Delivery | None) -> EpochalError | None:
        try:
            if delivery is not None and self.is_ours():
                self._log_columns(entry, delivery)
            else:
                self._log_pieces(entry)
        except ConnectionLostError:
            raise
        except EpochalError as refused:
            return refused
        return None

    def _log_columns(self, entry: RunLog, delivery: Delivery) -> None:
        body = logging.encode_batch(
            entry.run_id,
            entry.points,
            writer=delivery.writer,
            sequence=delivery.sequence,
            params=entry.params,
            tags=entry.tags,
        )
        self.send(f"{OURS}log", body, PACKED, retries=0)

    def _log_pieces(self, entry: RunLog) -> None:
        """Within the limits of MLflow's own request."""
        for piece in pieces_within(entry):
            body = logging.encode_log_batch(piece.run_id, piece.points, piece.params, piece.tags)
            self.send(f"{MLFLOW}runs/log-batch", body, JSON, retries=0)

    def find_delivered(self, names: Sequence[str]) -> dict[str, int] | None:
        """The last sequence of each writer that delivered any; None from MLflow's servers."""
        if not self.is_ours():
            return None
        asked = writers.FindDelivered(writers=list(names))
        return writers.decode_delivered(self.send(f"{OURS}log/delivered", encode(asked), JSON))

    def note_writers(self, reports: Sequence[WriterReport]) -> None:
        """Let others see how a delivery goes; MLflow's servers are not told."""
        if self.is_ours():
            body = writers.encode_reports(reports)
            self.send(f"{OURS}runs/writers", body, JSON, retries=0)

    def delete_tag(self, run_id: str, key: str) -> None:
        """Remove one tag."""
        self._post("runs/delete-tag", runs.DeleteTag(run_id=run_id, key=key), is_repeatable=False)

    def log_inputs(self, run_id: str, inputs: Sequence[DatasetInput]) -> None:
        """Attach datasets."""
        self._post("runs/log-inputs", runs.LogInputs(run_id=run_id, datasets=_inputs(inputs)))

    def get_metric_history(self, run_id: str, key: str) -> list[Metric]:
        """All points, by (timestamp, step, value)."""
        return self.histories.list_points(run_id, key)

    def files(self, run: RunInfo) -> Files:
        """The artifacts of a run."""
        return self._files.at(run.artifact_uri)

    def files_at(self, uri: str) -> Files:
        """The artifacts below an artifact URI."""
        return self._files.at(uri)

    @property
    def datasets(self) -> DatasetShelf:
        """Versions of datasets. Raises NotSupportedError when the server is not ours."""
        if not self.is_ours():
            raise NotSupportedError(
                f"{self.page_url} keeps no versions of datasets; that needs an Epochal server"
            )
        return HttpDatasets(self._connections)

    @property
    def models(self) -> ModelShelf:
        """Registered models and their versions, also of a server of MLflow's."""
        return HttpRegistry(self._connections)

    def close(self) -> None:
        """Close all connections."""
        self._connections.close()

    def is_ours(self) -> bool:
        """Whether the server is an Epochal server. Raises ConnectionLostError."""
        if self._is_ours is None:
            answer = self._connections.request("GET", f"{OURS}about", headers=_ourselves())
            self._is_ours = answer.status < HTTP_ERROR and _names_us(answer)
        return self._is_ours

    def _get(self, name: str, **query: str) -> bytes:
        return self.send(f"{MLFLOW}{name}?{urlencode(query, quote_via=quote)}", None, {})

    def _post(self, name: str, message: Message, *, is_repeatable: bool = True) -> bytes:
        return self.send(f"{MLFLOW}{name}", encode(message), JSON, is_repeatable=is_repeatable)

    def _post_ours(self, name: str, message: Message, headers: Mapping[str, str]) -> bytes:
        return self.send(f"{OURS}{name}", encode(message), {**JSON, **headers})

    def send(
        self,
        path: str,
        body: bytes | None,
        headers: Mapping[str, str],
        *,
        is_repeatable: bool = True,
        retries: int | None = None,
    ) -> bytes:
        """Ask and read the whole answer. Raises what the server says is wrong."""
        answer = self._connections.request(
            "GET" if body is None else "POST",
            path,
            body,
            {**headers, **_ourselves()},
            is_repeatable=is_repeatable,
            retries=retries,
        )
        if answer.status >= HTTP_ERROR:
            raise error_of(answer)
        return answer.body


def _ourselves() -> dict[str, str]:
    """The header by which our server knows that we understand infinities."""
    return {CLIENT_HEADER: "1"}


def _names_us(answer: Answer) -> bool:
    try:
        return decode_about(answer.body).product == PRODUCT
    except EpochalError:
        return False


def _tags(tags: Mapping[str, str]) -> list[experiments.Tag]:
    return [experiments.Tag(key=key, value=value) for key, value in tags.items()]


def _inputs(inputs: Sequence[DatasetInput]) -> list[runs.DatasetInputFields]:
    return [
        runs.DatasetInputFields(
            dataset=runs.DatasetFields(
                name=given.dataset.name,
                digest=given.dataset.digest,
                source_type=given.dataset.source_type,
                source=given.dataset.source,
                schema=given.dataset.schema,
                profile=given.dataset.profile,
            ),
            tags=_tags({tag.key: tag.value for tag in given.tags}),
        )
        for given in inputs
    ]
