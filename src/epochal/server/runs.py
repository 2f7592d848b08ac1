"""Answers about runs, other than what logs into them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.wire import run_entities as entities
from epochal.wire import runs as wire
from epochal.wire.choices import read_status, read_view
from epochal.wire.encoding import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.services import Services


def _create(services: Services, asked: wire.CreateRun) -> bytes:
    return entities.encode_created_run(
        services.runs.create(
            asked.experiment_id,
            user_id=asked.user_id,
            run_name=asked.run_name or None,
            start_time=asked.start_time,
            tags={tag.key: tag.value for tag in asked.tags},
            run_id=(asked.run_id or None) if isinstance(asked, wire.CreateRunAs) else None,
        )
    )


def _get(services: Services, asked: wire.RunId, *, exact: bool) -> bytes:
    return entities.encode_run(services.runs.get(asked.run_id), exact=exact)


def _update(services: Services, asked: wire.UpdateRun) -> bytes:
    info = services.runs.update(
        asked.run_id,
        status=read_status(asked.status),
        end_time=asked.end_time,
        run_name=asked.run_name or None,
    )
    return entities.encode_run_info(info)


def _delete(services: Services, asked: wire.RunId) -> bytes:
    services.runs.delete(asked.run_id)
    return EMPTY


def _restore(services: Services, asked: wire.RunId) -> bytes:
    services.runs.restore(asked.run_id)
    return EMPTY


def _search(services: Services, asked: wire.SearchRuns, *, exact: bool) -> bytes:
    page = services.runs.search(
        asked.experiment_ids,
        asked.filter or None,
        asked.order_by,
        view=read_view(asked.run_view_type, "run_view_type"),
        max_results=asked.max_results,
        page_token=asked.page_token or None,
    )
    return entities.encode_runs(page, exact=exact)


def _delete_tag(services: Services, asked: wire.DeleteTag) -> bytes:
    services.runs.delete_tag(asked.run_id, asked.key)
    return EMPTY


def _log_inputs(services: Services, asked: wire.LogInputs) -> bytes:
    services.runs.log_inputs(asked.run_id, asked.inputs())
    return EMPTY


def _log_model(services: Services, asked: wire.LogModel) -> bytes:
    services.runs.log_model(asked.run_id, asked.model_json)
    return EMPTY


ANSWERS: dict[str, Callable[[Services, Any], bytes]] = {
    "runs/create": _create,
    "runs/create-as": _create,
    "runs/update": _update,
    "runs/delete": _delete,
    "runs/restore": _restore,
    "runs/delete-tag": _delete_tag,
    "runs/log-inputs": _log_inputs,
    "runs/log-model": _log_model,
}

EXACT_ANSWERS: dict[str, Callable[..., bytes]] = {"runs/get": _get, "runs/search": _search}
