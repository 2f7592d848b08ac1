"""Where no store is asked: runs are begun and logged into a folder, to be delivered later.

The folder holds `journal/`, as that of a store does, and `artifacts/<run id>/`. It is made to
be copied while it grows, and to be delivered any number of times: see `shipping`.
"""

from __future__ import annotations

import json
import os
import uuid
from typing import TYPE_CHECKING, Any, NoReturn

from epochal.client import records
from epochal.client.local_files import LocalFiles, local_folder
from epochal.client.offline_runs import begun_run, read_run, run_files, spell_inputs
from epochal.entities import Experiment, Metric, Run, RunData, RunInfo, Series
from epochal.entities.experiment import DEFAULT_EXPERIMENT_ID, DEFAULT_EXPERIMENT_NAME
from epochal.errors import AlreadyExistsError, NotFoundError, NotSupportedError
from epochal.rules.keys import check_key
from epochal.rules.names import RUN_NAME_TAG, check_run_id, choose_run_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.client.datasets import DatasetShelf
    from epochal.client.drafts import RunDraft, Search
    from epochal.client.journal import Journal
    from epochal.client.registry import ModelShelf
    from epochal.client.run_tables import RunTables
    from epochal.client.transport import Files
    from epochal.entities import Curve, DatasetInput, Page, Status, WriterReport
    from epochal.errors import EpochalError
    from epochal.ports.metrics import Window
    from epochal.ports.tracking import Delivery, RunLog

NAMED = "offline:"
"""What begins the id of an experiment that is known by its name only, until it is delivered."""


class OfflineTransport:
    """A `Transport` to a folder. What needs the store raises NotSupportedError."""

    page_url = None

    def __init__(self, folder: str, journal: Journal) -> None:
        self.folder = folder
        self.journals = os.path.join(folder, "journal")
        self._journal = journal
        self._experiments: dict[str, Experiment] = {}
        self._infos: dict[str, RunInfo] = {}
        self.histories = OfflineHistories(self, journal)

    @property
    def tables(self) -> RunTables:
        """Needs the store."""
        _needs_store("Searching runs")

    def create_experiment(
        self, name: str, artifact_location: str | None, tags: Mapping[str, str]
    ) -> str:
        """An id that stands for the name; the store gives another one in the end."""
        if name in self._experiments:
            raise AlreadyExistsError("Experiment", name)
        self._note_experiment(name, {"artifact_location": artifact_location, "tags": dict(tags)})
        experiment = Experiment(f"{NAMED}{name}", name, artifact_location or "", tags=dict(tags))
        self._experiments[name] = experiment
        return experiment.experiment_id

    def _note_experiment(self, name: str, fields: Mapping[str, Any]) -> None:
        self._journal.append_text(records.EXPERIMENT, "", name, json.dumps(fields))

    def get_experiment(self, experiment_id: str) -> Experiment:
        """What is known without the store: its name if it was chosen by name."""
        name = experiment_name(experiment_id)
        if name is None:
            is_default = experiment_id == DEFAULT_EXPERIMENT_ID
            return Experiment(experiment_id, DEFAULT_EXPERIMENT_NAME if is_default else "", "")
        return self._experiments.get(name) or Experiment(experiment_id, name, "")

    def find_experiment_by_name(self, name: str) -> Experiment | None:
        """Only those that this process made or asked for."""
        if name == DEFAULT_EXPERIMENT_NAME:
            return self.get_experiment(DEFAULT_EXPERIMENT_ID)
        return self._experiments.get(name)

    def search_experiments(self, search: Search) -> Page[Experiment]:
        """Needs the store."""
        del search
        _needs_store("Searching experiments")

    def rename_experiment(self, experiment_id: str, name: str) -> None:
        """Needs the store."""
        del experiment_id, name
        _needs_store("Renaming an experiment")

    def delete_experiment(self, experiment_id: str) -> None:
        """Needs the store."""
        del experiment_id
        _needs_store("Deleting an experiment")

    def restore_experiment(self, experiment_id: str) -> None:
        """Needs the store."""
        del experiment_id
        _needs_store("Restoring an experiment")

    def set_experiment_tag(self, experiment_id: str, key: str, value: str) -> None:
        """Set when it is delivered."""
        check_key("tag", key)
        name = experiment_name(experiment_id)
        fields: dict[str, Any] = {"tags": {key: value}}
        if name is None:
            fields["experiment_id"] = experiment_id
        self._note_experiment(name or "", fields)

    def delete_experiment_tag(self, experiment_id: str, key: str) -> None:
        """Needs the store."""
        del experiment_id, key
        _needs_store("Deleting a tag of an experiment")

    def create_run(self, draft: RunDraft) -> Run:
        """A run with an id of our own; it is created in the store when it is delivered."""
        run_id = draft.run_id or uuid.uuid4().hex
        name = choose_run_name(draft.run_name, draft.tags.get(RUN_NAME_TAG))
        tags = {**draft.tags, RUN_NAME_TAG: name}
        fields: dict[str, Any] = {
            "user_id": draft.user_id,
            "start_time": draft.start_time,
            "run_name": name,
            "tags": tags,
            "experiment_id": draft.experiment_id,
        }
        self._journal.append_text(records.RUN, run_id, "", json.dumps(fields))
        run = Run(begun_run(self.folder, run_id, fields), RunData(tags=tags))
        self._infos[run_id] = run.info
        return run

    def get_run(self, run_id: str) -> Run:
        """The run as this folder knows it."""
        found = read_run(self.folder, run_id)
        if found is None:
            raise NotFoundError("run in the offline folder with the ID", run_id)
        return found.run

    def info_of(self, run_id: str) -> RunInfo:
        """Where a run keeps its files, which need not have begun here."""
        known = self._infos.get(run_id)
        if known is None:
            check_run_id(run_id)
            found = read_run(self.folder, run_id)
            known = found.run.info if found else begun_run(self.folder, run_id, {})
            self._infos[run_id] = known
        return known

    def update_run(
        self,
        run_id: str,
        *,
        status: Status | None = None,
        end_time: int | None = None,
        run_name: str | None = None,
    ) -> RunInfo:
        """Changed when it is delivered."""
        if status is not None:
            text = "" if end_time is None else str(end_time)
            self._journal.append_text(records.STATUS, run_id, status, text)
        if run_name:
            self._journal.append_text(records.TAG, run_id, RUN_NAME_TAG, run_name)
        return self.info_of(run_id)

    def delete_run(self, run_id: str) -> None:
        """Needs the store."""
        del run_id
        _needs_store("Deleting a run")

    def restore_run(self, run_id: str) -> None:
        """Needs the store."""
        del run_id
        _needs_store("Restoring a run")

    def search_runs(self, experiment_ids: Sequence[str], search: Search) -> Page[Run]:
        """Needs the store."""
        del experiment_ids, search
        _needs_store("Searching runs")

    def log(self, entries: Sequence[tuple[RunLog, Delivery | None]]) -> list[EpochalError | None]:
        """Nothing is delivered from here; see `shipping`."""
        del entries
        _needs_store("Delivering")

    def find_delivered(self, names: Sequence[str]) -> dict[str, int] | None:
        """Nothing was."""
        del names
        return None

    def note_writers(self, reports: Sequence[WriterReport]) -> None:
        """Nobody looks."""
        del reports

    def delete_tag(self, run_id: str, key: str) -> None:
        """Needs the store."""
        del run_id, key
        _needs_store("Deleting a tag")

    def log_inputs(self, run_id: str, inputs: Sequence[DatasetInput]) -> None:
        """Attached when it is delivered."""
        self._journal.append_text(records.INPUTS, run_id, "", spell_inputs(inputs))

    def get_metric_history(self, run_id: str, key: str) -> list[Metric]:
        """All points that this folder knows, by (timestamp, step, value)."""
        found = read_run(self.folder, run_id)
        return found.history(key) if found else []

    def files(self, run: RunInfo) -> Files:
        """The artifacts of a run, in the folder."""
        return LocalFiles(run_files(self.folder, run.run_id))

    def files_at(self, uri: str) -> Files:
        """The artifacts below a folder of this machine."""
        folder = local_folder(uri)
        if folder is None:
            _needs_store(f"Reaching the artifacts at {uri!r}")
        return LocalFiles(folder)

    @property
    def datasets(self) -> DatasetShelf:
        """Versions of datasets are the store's to number."""
        _needs_store("Keeping versions of datasets")

    @property
    def models(self) -> ModelShelf:
        """The registry is the store's."""
        _needs_store("Registering models and asking for them")

    def close(self) -> None:
        """Nothing is open."""


class OfflineHistories:
    """Histories of metrics as far as the folder knows them."""

    def __init__(self, transport: OfflineTransport, journal: Journal) -> None:
        self._transport = transport
        self._journal = journal

    def read(self, run_id: str, key: str, window: Window, *, superseded: bool) -> Series:
        """All points of a window, by (timestamp, step, value)."""
        del run_id, key, window, superseded
        _needs_store("Reading metrics in columns")

    def draw(
        self, run_ids: Sequence[str], keys: Sequence[str], window: Window, points: int
    ) -> list[Curve]:
        """Needs the store."""
        del run_ids, keys, window, points
        _needs_store("Sampling metrics")

    def rewind(self, run_id: str, step: int) -> int:
        """Done when it is delivered, after what was logged before; nobody can count yet."""
        self._journal.append_text(records.REWIND, run_id, "", str(step))
        return 0

    def delete(self, run_id: str, key: str) -> None:
        """Needs the store."""
        del run_id, key
        _needs_store("Deleting a metric")


def experiment_name(experiment_id: str) -> str | None:
    """The name of an experiment that is known by name only."""
    return experiment_id[len(NAMED) :] if experiment_id.startswith(NAMED) else None


def _needs_store(what: str) -> NoReturn:
    raise NotSupportedError(
        f"{what} needs the store, and this process logs offline, into a folder. Deliver it "
        "with `epochal sync FOLDER` and ask the store"
    )
