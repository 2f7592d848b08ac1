"""What stands in a store for the experiments and runs of an offline folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.client.drafts import RunDraft, Search
from epochal.client.offline import experiment_name
from epochal.entities import ViewType
from epochal.errors import AlreadyExistsError, NotActiveError
from epochal.ports.tracking import RunLog
from epochal.rules.names import PARENT_RUN_TAG

if TYPE_CHECKING:
    from collections.abc import Mapping

    from epochal.client.ledger import Ledger
    from epochal.client.transport import Transport
    from epochal.entities import Experiment, RunInfo

ORIGIN_TAG = "epochal.offlineRunId"
"""On a server of MLflow's, which chooses the ids of runs itself: the id that a run had here."""


class Destination:
    """Finds or makes experiments by name and runs by id, each once."""

    def __init__(self, transport: Transport, ledger: Ledger) -> None:
        self._transport = transport
        self._ledger = ledger
        self._experiments: dict[str, str] = {}
        self._chooses_ids = transport.find_delivered([]) is None

    def prepare_experiment(self, name: str, fields: Mapping[str, Any]) -> None:
        """Make or find an experiment and set its tags. Raises NotActiveError for a deleted one."""
        experiment_id = fields.get("experiment_id") or self._experiment(
            name, fields.get("artifact_location")
        )
        for key, value in fields.get("tags", {}).items():
            self._transport.set_experiment_tag(experiment_id, key, value)

    def _experiment(self, name: str, location: str | None = None) -> str:
        known = self._experiments.get(name)
        if known is None:
            found = self._transport.find_experiment_by_name(name)
            if found is None:
                found = self._create_experiment(name, location)
            if found.lifecycle_stage == "deleted":
                raise NotActiveError("experiment", name)
            known = self._experiments[name] = found.experiment_id
        return known

    def _create_experiment(self, name: str, location: str | None) -> Experiment:
        try:
            created = self._transport.create_experiment(name, location, {})
        except AlreadyExistsError:  # another delivery was faster by a moment
            found = self._transport.find_experiment_by_name(name)
            if found is None:
                raise
            return found
        return self._transport.get_experiment(created)

    def create_run(self, run_id: str, fields: Mapping[str, Any]) -> None:
        """Make a run, unless it is there. Raises NotFoundError, NotActiveError."""
        given = str(fields["experiment_id"])
        name = experiment_name(given)
        experiment_id = given if name is None else self._experiment(name)
        tags = self._translated_tags(fields["tags"])
        if self._chooses_ids:
            if self._find(run_id, experiment_id) is not None:
                return
            tags[ORIGIN_TAG] = run_id
        draft = RunDraft(
            experiment_id=experiment_id,
            user_id=str(fields["user_id"]),
            start_time=int(fields["start_time"]),
            run_name=str(fields["run_name"]),
            tags=tags,
            run_id=run_id,
        )
        created = self._transport.create_run(draft).info.run_id
        if created != run_id:
            self._ledger.runs[run_id] = created

    def _find(self, run_id: str, experiment_id: str) -> str | None:
        """The run that an earlier delivery, perhaps of another copy, made for one of ours."""
        known = self._ledger.runs.get(run_id)
        if known is None:
            search = Search(f"tags.`{ORIGIN_TAG}` = '{run_id}'", (), ViewType.ALL, 1)
            for run in self._transport.search_runs([experiment_id], search).items:
                known = self._ledger.runs[run_id] = run.info.run_id
        return known

    def run_id(self, run_id: str) -> str:
        """The id that a run has in the store."""
        return self._ledger.runs.get(run_id, run_id)

    def run_info(self, run_id: str) -> RunInfo:
        """A run as the store knows it. Raises NotFoundError, NotActiveError."""
        info = self._transport.get_run(self.run_id(run_id)).info
        if info.lifecycle_stage == "deleted":
            raise NotActiveError("run", run_id)
        return info

    def translate(self, entry: RunLog) -> RunLog:
        """What is logged, with the ids of the store."""
        if not self._chooses_ids:
            return entry
        mapped = self.run_id(entry.run_id)
        return RunLog(mapped, entry.points, entry.params, self._translated_tags(entry.tags))

    def _translated_tags(self, tags: Mapping[str, str]) -> dict[str, str]:
        parent = tags.get(PARENT_RUN_TAG)
        return {**tags, PARENT_RUN_TAG: self.run_id(parent)} if parent else dict(tags)
