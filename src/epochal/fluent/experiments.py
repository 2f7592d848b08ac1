"""The active experiment, and what one does with experiments."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from epochal.client.drafts import as_count
from epochal.client.environment import variable
from epochal.client.mlflow_client import MlflowClient
from epochal.client.tracking_uri import get_tracking_uri
from epochal.entities import ViewType
from epochal.entities.experiment import DEFAULT_EXPERIMENT_ID
from epochal.errors import AlreadyExistsError, InvalidParameterError
from epochal.fluent.absence import needing_server

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.entities import Experiment

_PAGE = 1000
_active: dict[str, str] = {}  # the id that was set, by tracking URI
_exported: list[str] = []  # at most one: what stands in the environment for children, not for us


def set_experiment(
    experiment_name: str | None = None, experiment_id: str | None = None
) -> Experiment:
    """Make an experiment the active one for new runs; create it if the name is unknown.

    Raises:
        InvalidParameterError: not exactly one of name and id, or the experiment is deleted.
        NotFoundError: an unknown id.

    """
    if (experiment_name is None) == (experiment_id is None):
        raise InvalidParameterError(
            "Must specify exactly one of: experiment_id or experiment_name"
        )
    client = MlflowClient()
    with needing_server("No experiment can be chosen"):
        if experiment_id is not None:
            experiment = client.get_experiment(experiment_id)
        else:
            experiment = _get_or_create(client, str(experiment_name))
    if experiment.lifecycle_stage == "deleted":
        raise InvalidParameterError(
            f"Cannot set a deleted experiment {experiment.name!r} as the active experiment. "
            f"Restore it first with restore_experiment('{experiment.experiment_id}'), "
            "or choose another name"
        )
    _active[client.tracking_uri] = experiment.experiment_id
    _export(experiment.experiment_id)
    return experiment


def _export(experiment_id: str) -> None:
    """Let child processes log into the same experiment."""
    _exported[:] = [experiment_id]
    os.environ["MLFLOW_EXPERIMENT_ID"] = experiment_id
    if "EPOCHAL_EXPERIMENT_ID" in os.environ:
        os.environ["EPOCHAL_EXPERIMENT_ID"] = experiment_id


def _get_or_create(client: MlflowClient, name: str) -> Experiment:
    """The experiment of a name; of two processes that create it at once both get the same."""
    found = client.get_experiment_by_name(name)
    if found is not None:
        return found
    try:
        return client.get_experiment(client.create_experiment(name))
    except AlreadyExistsError:
        found = client.get_experiment_by_name(name)
        if found is None:
            raise
        return found


def active_experiment_id() -> str:
    """The experiment that a new run belongs to: set here, by the environment, or the default."""
    chosen = _active.get(get_tracking_uri())
    if chosen is not None:
        return chosen
    experiment_id = variable("EXPERIMENT_ID")
    if experiment_id is not None and experiment_id not in _exported:
        return experiment_id
    name = variable("EXPERIMENT_NAME")
    if name is not None:
        return _get_or_create(MlflowClient(), name).experiment_id
    return DEFAULT_EXPERIMENT_ID


def create_experiment(
    name: str, artifact_location: str | None = None, tags: Mapping[str, Any] | None = None
) -> str:
    """The id of a new experiment; the active one stays. Raises AlreadyExistsError."""
    return MlflowClient().create_experiment(name, artifact_location, tags)


def get_experiment(experiment_id: str) -> Experiment:
    """The experiment, deleted or not. Raises NotFoundError."""
    return MlflowClient().get_experiment(experiment_id)


def get_experiment_by_name(name: str) -> Experiment | None:
    """The experiment, deleted or not, None if there is none."""
    return MlflowClient().get_experiment_by_name(name)


def search_experiments(
    view_type: int = ViewType.ACTIVE_ONLY,
    max_results: int | None = None,
    filter_string: str | None = None,
    order_by: Sequence[str] | None = None,
) -> list[Experiment]:
    """All experiments that match, at most `max_results` if it is given."""
    client = MlflowClient()
    found: list[Experiment] = []
    token: str | None = None
    most = None if max_results is None else as_count(max_results)
    while most is None or len(found) < most:
        size = _PAGE if most is None else min(_PAGE, most - len(found))
        page = client.search_experiments(view_type, size, filter_string, order_by, token)
        found += page
        token = page.token
        if not token:
            break
    return found


def delete_experiment(experiment_id: str) -> None:
    """Set aside with all its runs. Raises NotFoundError."""
    MlflowClient().delete_experiment(experiment_id)


def restore_experiment(experiment_id: str) -> None:
    """Bring back with all its runs. Raises NotFoundError."""
    MlflowClient().restore_experiment(experiment_id)


def set_experiment_tag(key: str, value: Any) -> None:
    """Set or overwrite a tag of the active experiment."""
    MlflowClient().set_experiment_tag(active_experiment_id(), key, value)


def set_experiment_tags(tags: Mapping[str, Any]) -> None:
    """Set or overwrite tags of the active experiment."""
    for key, value in tags.items():
        set_experiment_tag(key, value)


def delete_experiment_tag(key: str) -> None:
    """Remove a tag of the active experiment. Raises NotFoundError."""
    MlflowClient().delete_experiment_tag(active_experiment_id(), key)
