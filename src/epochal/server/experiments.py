"""Answers about experiments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.wire import experiments as wire
from epochal.wire.choices import read_view
from epochal.wire.encoding import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.entities import Experiment, Page
    from epochal.services import Services


def _create(services: Services, asked: wire.CreateExperiment) -> bytes:
    tags = {tag.key: tag.value for tag in asked.tags}
    location = asked.artifact_location or None
    return wire.encode_experiment_id(services.experiments.create(asked.name, location, tags))


def _get(services: Services, asked: wire.ExperimentId) -> bytes:
    return wire.encode_experiment(services.experiments.get(asked.experiment_id))


def _get_by_name(services: Services, asked: wire.GetExperimentByName) -> bytes:
    return wire.encode_experiment(services.experiments.get_by_name(asked.experiment_name))


def _search(services: Services, asked: wire.SearchExperiments) -> bytes:
    return wire.encode_experiments(_page(services, asked))


def _search_counted(services: Services, asked: wire.SearchExperiments) -> bytes:
    page = _page(services, asked)
    counts = services.experiments.count_runs([one.experiment_id for one in page.items])
    return wire.encode_experiments(page, counts)


def _page(services: Services, asked: wire.SearchExperiments) -> Page[Experiment]:
    return services.experiments.search(
        asked.filter or None,
        asked.order_by,
        view=read_view(asked.view_type, "view_type"),
        max_results=asked.max_results,
        page_token=asked.page_token or None,
    )


def _delete(services: Services, asked: wire.ExperimentId) -> bytes:
    services.experiments.delete(asked.experiment_id)
    return EMPTY


def _restore(services: Services, asked: wire.ExperimentId) -> bytes:
    services.experiments.restore(asked.experiment_id)
    return EMPTY


def _update(services: Services, asked: wire.UpdateExperiment) -> bytes:
    services.experiments.rename(asked.experiment_id, asked.new_name)
    return EMPTY


def _set_tag(services: Services, asked: wire.SetExperimentTag) -> bytes:
    services.experiments.set_tag(asked.experiment_id, asked.key, asked.value)
    return EMPTY


def _delete_tag(services: Services, asked: wire.DeleteExperimentTag) -> bytes:
    services.experiments.delete_tag(asked.experiment_id, asked.key)
    return EMPTY


def _search_datasets(services: Services, asked: wire.SearchDatasets) -> bytes:
    return wire.encode_dataset_summaries(
        services.experiments.search_datasets(asked.experiment_ids)
    )


ANSWERS: dict[str, Callable[[Services, Any], bytes]] = {
    "experiments/create": _create,
    "experiments/get": _get,
    "experiments/get-by-name": _get_by_name,
    "experiments/search": _search,
    "experiments/search-counted": _search_counted,
    "experiments/delete": _delete,
    "experiments/restore": _restore,
    "experiments/update": _update,
    "experiments/set-experiment-tag": _set_tag,
    "experiments/delete-experiment-tag": _delete_tag,
    "experiments/search-datasets": _search_datasets,
}
