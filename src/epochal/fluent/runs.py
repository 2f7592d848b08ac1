"""Runs that need not be active: read, searched, deleted."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from epochal.client.drafts import as_count
from epochal.client.mlflow_client import MlflowClient
from epochal.entities import ViewType
from epochal.errors import InvalidParameterError, NotSupportedError
from epochal.fluent.experiments import active_experiment_id, search_experiments

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from epochal.entities import Run

_PAGE = 10_000
_MAX_RESULTS = 100_000
_FIELDS = ("run_id", "experiment_id", "status", "artifact_uri")
_TIMES = ("start_time", "end_time")


def get_run(run_id: str) -> Run:
    """The run, deleted or not. Raises NotFoundError."""
    return MlflowClient().get_run(run_id)


def get_parent_run(run_id: str) -> Run | None:
    """The run that this one is nested in, None if there is none."""
    return MlflowClient().get_parent_run(run_id)


def delete_run(run_id: str) -> None:
    """Set aside; it can be restored. Raises NotFoundError."""
    MlflowClient().delete_run(run_id)


def restore_run(run_id: str) -> None:
    """Bring back. Raises NotFoundError."""
    MlflowClient().restore_run(run_id)


def rewind_run(run_id: str, step: int) -> int:
    """Supersede all points of a run beyond a step; say how many. They stay in its history.

    Raises:
        NotFoundError, NotActiveError: no run to be rewound.
        NotSupportedError: the store is a server of MLflow's.

    """
    return MlflowClient().rewind_run(run_id, step)


def delete_metric(run_id: str, key: str) -> None:
    """Forget a metric of a run, its history too, for good.

    Raises:
        NotFoundError, NotActiveError: no such run or key.
        NotSupportedError: the store is a server of MLflow's.

    """
    MlflowClient().delete_metric(run_id, key)


def search_runs(
    experiment_ids: Sequence[str] | None = None,
    filter_string: str = "",
    run_view_type: int = ViewType.ACTIVE_ONLY,
    max_results: int = _MAX_RESULTS,
    order_by: Sequence[str] | None = None,
    output_format: str = "pandas",
    search_all_experiments: bool = False,
    experiment_names: Sequence[str] | None = None,
) -> Any:
    """Runs that match, as a DataFrame (`pandas`) or a list of `Run` (`list`).

    Looks into the active experiment unless ids, names or `search_all_experiments` are given.
    Columns are `run_id`, `experiment_id`, `status`, `artifact_uri`, `start_time`, `end_time`,
    and one for each `metrics.…`, `params.…` and `tags.…` that occurs.

    Raises:
        InvalidParameterError: ids and names at once, a bad filter, an unknown format.

    """
    if output_format not in {"pandas", "list"}:
        raise InvalidParameterError(
            f"Unsupported output format: {output_format}. Supported: 'pandas' and 'list'"
        )
    ids = _experiments(experiment_ids, experiment_names, everywhere=search_all_experiments)
    runs = list(_iter_runs(ids, filter_string, run_view_type, max_results, order_by))
    return runs if output_format == "list" else _as_frame(runs)


def _experiments(
    ids: Sequence[str] | None, names: Sequence[str] | None, *, everywhere: bool
) -> list[str]:
    if ids and names:
        raise InvalidParameterError("Only one of experiment_ids and experiment_names can be used")
    if isinstance(ids, str | int):
        return [str(ids)]
    if ids:
        return [str(item) for item in ids]
    if names:
        client = MlflowClient()
        found = [client.get_experiment_by_name(name) for name in names]
        return [experiment.experiment_id for experiment in found if experiment is not None]
    if everywhere:
        return [item.experiment_id for item in search_experiments(view_type=ViewType.ALL)]
    return [active_experiment_id()]


def _iter_runs(
    ids: list[str],
    filter_string: str,
    view: int,
    max_results: int,
    order_by: Sequence[str] | None,
) -> Iterable[Run]:
    client = MlflowClient()
    left, token = as_count(max_results), None
    while left > 0 and ids:
        page = client.search_runs(ids, filter_string, view, min(left, _PAGE), order_by, token)
        yield from page
        left, token = left - len(page), page.token
        if not token:
            return


def _as_frame(runs: list[Run]) -> Any:
    try:
        pd: Any = import_module("pandas")
    except ImportError:
        raise NotSupportedError(
            "search_runs returns a pandas DataFrame: pip install 'epochal[pandas]', "
            "or ask for output_format='list'"
        ) from None
    columns: dict[str, Any] = {name: [getattr(run.info, name) for run in runs] for name in _FIELDS}
    for name in _TIMES:
        times = pd.Series([getattr(run.info, name) for run in runs], dtype="float64")
        columns[name] = pd.to_datetime(times, unit="ms", utc=True)
    columns |= _spread("metrics", [run.data.metrics for run in runs], float("nan"))
    columns |= _spread("params", [run.data.params for run in runs], None)
    columns |= _spread("tags", [run.data.tags for run in runs], None)
    return pd.DataFrame(columns)


def _spread(prefix: str, rows: list[dict[str, Any]], missing: Any) -> dict[str, list[Any]]:
    """One column per key that any run has, in the order of first sight."""
    keys = dict.fromkeys(key for row in rows for key in row)
    return {f"{prefix}.{key}": [row.get(key, missing) for row in rows] for key in keys}
