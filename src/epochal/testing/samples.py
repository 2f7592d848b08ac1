"""Experiments, runs and entries as the shipped contract suites make them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from epochal.entities import Metric, Points, ViewType
from epochal.ports.tracking import NewExperiment, NewRun, RunLog, RunQuery

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.entities import Experiment, Run
    from epochal.ports.tracking import TrackingStore
    from epochal.search.tree import Node, OrderBy

ROOT = "mlflow-artifacts:"
NOW_MS = 1_700_000_000_000


def new_experiment(
    name: str | None = None, tags: Mapping[str, str] | None = None
) -> NewExperiment:
    """An experiment with a name that nobody else uses."""
    return NewExperiment(name or f"experiment {uuid.uuid4().hex}", ROOT, NOW_MS, tags=tags or {})


def make_experiment(store: TrackingStore, name: str | None = None) -> Experiment:
    """An experiment that is there."""
    return store.create_experiment(new_experiment(name))


def make_run(
    store: TrackingStore,
    experiment_id: str | None = None,
    run_id: str | None = None,
    *,
    start_time: int = NOW_MS,
    tags: Mapping[str, str] | None = None,
) -> Run:
    """A run that is there, in a new experiment unless one is named."""
    if experiment_id is None:
        experiment_id = make_experiment(store).experiment_id
    identifier = run_id or uuid.uuid4().hex
    new = NewRun(identifier, experiment_id, f"name of {identifier}", "ada", start_time, tags or {})
    return store.create_run(new)


def log(
    store: TrackingStore,
    run: Run,
    *,
    metrics: Sequence[Metric] = (),
    params: Mapping[str, str] | None = None,
    tags: Mapping[str, str] | None = None,
) -> None:
    """Log into a run and wait until it is stored."""
    points = Points.of(list(metrics))
    store.log(RunLog(run.info.run_id, points, params or {}, tags or {})).result()


def measured(key: str, value: float, step: int = 0) -> Metric:
    """A point whose instant follows from its step."""
    return Metric(key, value, NOW_MS + step, step)


def ids_of(
    store: TrackingStore,
    experiment_ids: Sequence[str],
    *,
    where: Node | None = None,
    order_by: tuple[OrderBy, ...] = (),
    view: int = ViewType.ACTIVE_ONLY,
) -> list[str]:
    """The run ids that a search answers, in order."""
    page = store.search_runs(RunQuery(experiment_ids, where, order_by, view))
    return [run.info.run_id for run in page.items]
