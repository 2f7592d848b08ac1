"""What one can do with runs, and how they are logged into."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from epochal.entities import Page, ViewType
from epochal.errors import InvalidParameterError
from epochal.ports.tracking import NewRun, RunChanges, RunLog, RunQuery
from epochal.rules import limits
from epochal.rules.keys import check_key
from epochal.rules.names import (
    MODEL_HISTORY_TAG,
    RUN_NAME_TAG,
    check_experiment_id,
    check_run_id,
    choose_run_name,
)
from epochal.rules.values import check_dataset_input, check_points, fit_params, fit_tags
from epochal.search.parser import parse_filter, parse_order_by
from epochal.services.clock import now_ms
from epochal.services.pages import check_page_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Future

    from epochal.entities import DatasetInput, Run, RunInfo, Status
    from epochal.ports.tracking import Delivery, TrackingStore
    from epochal.services.locations import Presentation

_MODEL_FIELDS = ("run_id", "artifact_path", "utc_time_created", "flavors")


@dataclass(frozen=True, slots=True)
class Runs:
    """Create, find, change, delete runs and log into them. Stateless: safe from any thread.

    With `truncate` too long param and tag values are cut, without it they are refused.
    """

    store: TrackingStore
    presentation: Presentation
    truncate: bool = True

    def create(
        self,
        experiment_id: str,
        *,
        user_id: str = "",
        run_name: str | None = None,
        start_time: int = 0,
        tags: Mapping[str, str] | None = None,
        run_id: str | None = None,
    ) -> Run:
        """A new run in status RUNNING. A `run_id` chosen by the caller makes it repeatable.

        Raises:
            NotFoundError, NotActiveError: the experiment is absent or deleted.
            InvalidParameterError: bad keys, or two different names.

        """
        check_experiment_id(experiment_id)
        if run_id is not None:
            check_run_id(run_id)
        fitted = fit_tags(tags or {}, truncate=self.truncate)
        name = choose_run_name(run_name, fitted.get(RUN_NAME_TAG))
        new = NewRun(
            run_id=run_id or uuid.uuid4().hex,
            experiment_id=experiment_id,
            run_name=name,
            user_id=user_id,
            start_time=start_time,
            tags={**fitted, RUN_NAME_TAG: name},
        )
        return self.presentation.run(self.store.create_run(new))

    def get(self, run_id: str) -> Run:
        """The run, deleted or not. Raises NotFoundError."""
        return self.presentation.run(self.store.get_run(run_id))

    def update(
        self,
        run_id: str,
        *,
        status: Status | None = None,
        end_time: int | None = None,
        run_name: str | None = None,
    ) -> RunInfo:
        """Change what is given; an empty name is ignored. Raises NotFoundError, NotActiveError."""
        changes = RunChanges(status=status, end_time=end_time, run_name=run_name or None)
        return self.presentation.info(self.store.update_run(run_id, changes))

    def delete(self, run_id: str) -> None:
        """Set aside; it can be restored. Raises NotFoundError."""
        self.store.set_run_stage(run_id, "deleted", now_ms())

    def restore(self, run_id: str) -> None:
        """Bring back. Raises NotFoundError."""
        self.store.set_run_stage(run_id, "active", now_ms())

    def search(
        self,
        experiment_ids: Sequence[str],
        filter_text: str | None = None,
        order_by: Sequence[str] = (),
        *,
        view: int = ViewType.ACTIVE_ONLY,
        max_results: int = 1000,
        page_token: str | None = None,
    ) -> Page[Run]:
        """One page of runs. Raises InvalidParameterError and its SearchSyntaxErrors."""
        check_page_size(max_results, limits.MAX_PAGE_RUNS)
        for experiment_id in experiment_ids:
            check_experiment_id(experiment_id)
        query = RunQuery(
            experiment_ids=experiment_ids,
            where=parse_filter(filter_text, "run"),
            order_by=parse_order_by(order_by, "run"),
            view=view,
            limit=max_results,
            page_token=page_token or None,
        )
        page = self.store.search_runs(query)
        return Page([self.presentation.run(run) for run in page.items], page.token)

    def log(self, entry: RunLog, delivery: Delivery | None = None) -> Future[None]:
        """Check and accept at once; the future completes when it is durable, or fails.

        Raises:
            InvalidParameterError: a bad key, value or timestamp; nothing was accepted.

        """
        check_run_id(entry.run_id)
        if len(entry.points):
            check_points(entry.points)
        checked = RunLog(
            run_id=entry.run_id,
            points=entry.points,
            params=fit_params(entry.params, truncate=self.truncate) if entry.params else {},
            tags=fit_tags(entry.tags, truncate=self.truncate) if entry.tags else {},
        )
        return self.store.log(checked, delivery)

    def delete_tag(self, run_id: str, key: str) -> None:
        """Raises NotFoundError (run or tag), NotActiveError."""
        check_key("tag", key)
        self.store.delete_tag(run_id, key)

    def log_inputs(self, run_id: str, inputs: Sequence[DatasetInput]) -> None:
        """Attach datasets. Raises NotFoundError, NotActiveError, InvalidParameterError."""
        check_run_id(run_id)
        for given in inputs:
            check_dataset_input(given)
        self.store.log_inputs(run_id, inputs)

    def log_model(self, run_id: str, model_json: str) -> None:
        """Note a model that a 2.x client logged, in the tag that it reads them back from.

        Raises:
            InvalidParameterError: the text is no JSON object with the fields of a model.

        """
        model = _parse_model(model_json)
        missing = [name for name in _MODEL_FIELDS if name not in model]
        if missing:
            raise InvalidParameterError(
                f"Model json is missing mandatory fields: {missing}; it needs {_MODEL_FIELDS}"
            )
        if model["run_id"] != run_id:
            raise InvalidParameterError(
                f"The model says run_id {model['run_id']!r}, the request says {run_id!r}"
            )
        history = json.loads(self.store.get_run(run_id).data.tags.get(MODEL_HISTORY_TAG, "[]"))
        tags = {MODEL_HISTORY_TAG: json.dumps([*history, model])}
        self.log(RunLog(run_id=run_id, tags=tags)).result()


def _parse_model(model_json: str) -> dict[str, Any]:
    try:
        model: object = json.loads(model_json)
    except ValueError as fault:
        raise InvalidParameterError(f"Malformed model info: it is no JSON: {fault}") from None
    if not isinstance(model, dict):
        raise InvalidParameterError("Malformed model info: it must be a JSON object")
    return cast("dict[str, Any]", model)
