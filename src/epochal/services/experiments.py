"""What one can do with experiments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from epochal.entities import Page, ViewType
from epochal.errors import InvalidParameterError, NotFoundError
from epochal.ports.tracking import ExperimentQuery, NewExperiment
from epochal.rules import limits
from epochal.rules.keys import check_key
from epochal.rules.locations import check_location
from epochal.rules.names import check_experiment_id, check_experiment_name
from epochal.rules.values import fit_value
from epochal.search.parser import parse_filter, parse_order_by
from epochal.services.clock import now_ms
from epochal.services.pages import check_page_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.entities import DatasetSummary, Experiment
    from epochal.ports.tracking import TrackingStore
    from epochal.services.locations import Presentation


@dataclass(frozen=True, slots=True)
class Experiments:
    """Create, find, change and delete experiments. Stateless: safe from any thread.

    `artifact_root` is where new experiments keep artifacts unless they say otherwise.
    """

    store: TrackingStore
    artifact_root: str
    presentation: Presentation

    def create(
        self,
        name: str,
        artifact_location: str | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> Experiment:
        """Raises InvalidParameterError, AlreadyExistsError."""
        check_experiment_name(name)
        if artifact_location:
            check_location(artifact_location)
        new = NewExperiment(
            name=name,
            artifact_root=self.artifact_root,
            created_ms=now_ms(),
            artifact_location=artifact_location.rstrip("/") if artifact_location else None,
            tags={key: _fit_tag(key, value) for key, value in (tags or {}).items()},
        )
        return self.presentation.experiment(self.store.create_experiment(new))

    def get(self, experiment_id: str) -> Experiment:
        """The experiment, deleted or not. Raises NotFoundError, InvalidParameterError."""
        check_experiment_id(experiment_id)
        return self.presentation.experiment(self.store.get_experiment(experiment_id))

    def get_by_name(self, name: str) -> Experiment:
        """The experiment, deleted or not. Raises NotFoundError."""
        found = self.store.find_experiment_by_name(name)
        if found is None:
            raise NotFoundError("experiment with name", name)
        return self.presentation.experiment(found)

    def search(
        self,
        filter_text: str | None = None,
        order_by: Sequence[str] = (),
        *,
        view: int = ViewType.ACTIVE_ONLY,
        max_results: int = 1000,
        page_token: str | None = None,
    ) -> Page[Experiment]:
        """One page of experiments. Raises InvalidParameterError and its SearchSyntaxErrors."""
        check_page_size(max_results, limits.MAX_PAGE_EXPERIMENTS)
        query = ExperimentQuery(
            where=parse_filter(filter_text, "experiment"),
            order_by=parse_order_by(order_by, "experiment"),
            view=view,
            limit=max_results,
            page_token=page_token or None,
        )
        page = self.store.search_experiments(query)
        return Page([self.presentation.experiment(item) for item in page.items], page.token)

    def count_runs(self, experiment_ids: Sequence[str]) -> dict[str, int]:
        """How many active runs each of some experiments has."""
        return self.store.count_runs_of(experiment_ids)

    def rename(self, experiment_id: str, name: str) -> None:
        """Raises NotFoundError, NotActiveError, AlreadyExistsError, InvalidParameterError."""
        check_experiment_id(experiment_id)
        check_experiment_name(name)
        self.store.rename_experiment(experiment_id, name, now_ms())

    def delete(self, experiment_id: str) -> None:
        """Set aside with all its runs; the name stays taken. Raises NotFoundError."""
        check_experiment_id(experiment_id)
        self.store.set_experiment_stage(experiment_id, "deleted", now_ms())

    def restore(self, experiment_id: str) -> None:
        """Bring back with all its runs. Raises NotFoundError."""
        check_experiment_id(experiment_id)
        self.store.set_experiment_stage(experiment_id, "active", now_ms())

    def set_tag(self, experiment_id: str, key: str, value: str) -> None:
        """Raises NotFoundError, NotActiveError, InvalidParameterError."""
        check_experiment_id(experiment_id)
        self.store.set_experiment_tag(experiment_id, key, _fit_tag(key, value))

    def delete_tag(self, experiment_id: str, key: str) -> None:
        """Raises NotFoundError, NotActiveError."""
        check_experiment_id(experiment_id)
        self.store.delete_experiment_tag(experiment_id, key)

    def search_datasets(self, experiment_ids: Sequence[str]) -> list[DatasetSummary]:
        """Distinct datasets that runs of these experiments read, at most 1,000."""
        if not 1 <= len(experiment_ids) <= limits.MAX_DATASET_EXPERIMENTS:
            raise InvalidParameterError(
                f"Give 1 to {limits.MAX_DATASET_EXPERIMENTS} experiment ids; "
                f"{len(experiment_ids)} were given"
            )
        for experiment_id in experiment_ids:
            check_experiment_id(experiment_id)
        return self.store.search_datasets(experiment_ids)


def _fit_tag(key: str, value: str) -> str:
    check_key("experiment tag", key)
    limit = limits.MAX_EXPERIMENT_TAG_VALUE_LENGTH
    return fit_value("experiment tag", key, value, limit, truncate=False)
