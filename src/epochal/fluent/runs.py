"""Runs that need not be active: read, searched, deleted."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from epochal.client.drafts import Search, as_count
from epochal.client.mlflow_client import MlflowClient
from epochal.entities import ViewType
from epochal.errors import InvalidParameterError, NotSupportedError
from epochal.fluent.experiments import active_experiment_id, search_experiments

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from epochal.entities import Run, RunGroup, RunTable

_PAGE = 10_000
_MAX_RESULTS = 100_000
_FIELDS = ("experiment_id", "status", "artifact_uri")
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
    search = Search(filter_string, order_by or (), run_view_type)
    if output_format == "list":
        return list(_iter_runs(ids, search, max_results))
    return as_frame(list(_iter_tables(ids, search, max_results)))


def count_runs(
    experiment_ids: Sequence[str] | None = None,
    filter_string: str = "",
    run_view_type: int = ViewType.ACTIVE_ONLY,
    search_all_experiments: bool = False,
    experiment_names: Sequence[str] | None = None,
) -> int:
    """How many runs match; where it looks is chosen as for `search_runs`."""
    ids = _experiments(experiment_ids, experiment_names, everywhere=search_all_experiments)
    search = Search(filter_string, view=run_view_type)
    return MlflowClient().run_tables().count(ids, search) if ids else 0


def group_runs(
    by: str | Sequence[str],
    aggregates: Sequence[str] = (),
    experiment_ids: Sequence[str] | None = None,
    filter_string: str = "",
    run_view_type: int = ViewType.ACTIVE_ONLY,
    search_all_experiments: bool = False,
    experiment_names: Sequence[str] | None = None,
) -> Any:
    """Runs with equal values counted together, as a DataFrame with a row for each group.

    `by` are fields such as `params.model` or `status`; aggregates are taken over the runs of a
    group: `min(metrics.loss)` is the least of their latest losses, `mean(min(metrics.loss))`
    the mean of their best ones. The number of runs is the column `count`. Rows come by value,
    missing ones last.

    Raises:
        InvalidParameterError: a field, an aggregate or the filter is not understood.
        NotSupportedError: the server is MLflow's, or pandas is not there.

    """
    pd = _pandas()
    fields = [by] if isinstance(by, str) else list(by)
    ids = _experiments(experiment_ids, experiment_names, everywhere=search_all_experiments)
    groups = list(_iter_groups(ids, Search(filter_string, view=run_view_type), fields, aggregates))
    columns: dict[str, Any] = {
        text: [group.by[place] for group in groups] for place, text in enumerate(fields)
    }
    columns["count"] = [group.count for group in groups]
    for place, text in enumerate(aggregates):
        columns[text] = [group.aggregates[place] for group in groups]
    return pd.DataFrame(columns)


def distinct_values(
    field: str,
    experiment_ids: Sequence[str] | None = None,
    filter_string: str = "",
    max_results: int = 1000,
    search_all_experiments: bool = False,
    experiment_names: Sequence[str] | None = None,
) -> dict[Any, int]:
    """The values that runs have of a field and how many have each, the most frequent first.

    Raises as `group_runs` does.
    """
    ids = _experiments(experiment_ids, experiment_names, everywhere=search_all_experiments)
    search = Search(filter_string, max_results=max_results)
    found = MlflowClient().run_tables().list_values(ids, search, field, "")
    return {one.value: one.count for one in found}


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


def _iter_runs(ids: list[str], search: Search, max_results: int) -> Iterable[Run]:
    client = MlflowClient()
    left, token = as_count(max_results), None
    while left > 0 and ids:
        page = client.search_runs(
            ids, search.filter_text or "", search.view, min(left, _PAGE), search.order_by, token
        )
        yield from page
        left, token = left - len(page), page.token
        if not token:
            return


def _iter_tables(ids: list[str], search: Search, max_results: int) -> Iterable[RunTable]:
    tables = MlflowClient().run_tables() if ids else None
    left, token = max_results, None
    while left > 0 and tables is not None:
        asked = replace(search, max_results=min(left, _PAGE), page_token=token)
        table = tables.read(ids, asked, None)
        yield table
        left, token = left - len(table.run_ids), table.token
        if not token:
            return


def _iter_groups(
    ids: list[str], search: Search, by: Sequence[str], aggregates: Sequence[str]
) -> Iterable[RunGroup]:
    tables = MlflowClient().run_tables()
    token = None
    while True:
        asked = replace(search, max_results=_PAGE, page_token=token)
        page = tables.group(ids, asked, by, aggregates)
        yield from page.items
        token = page.token
        if not token:
            return


def as_frame(tables: Sequence[RunTable]) -> Any:
    """Tables of whole runs, one below the other, with MLflow's columns and types."""
    pd = _pandas()
    found: dict[str, Any] = {"run_id": _joined(tables, "run_id")}
    found |= {name: _joined(tables, name) for name in _FIELDS}
    for name in _TIMES:
        times = pd.Series(_joined(tables, name), dtype="float64")
        found[name] = pd.to_datetime(times, unit="ms", utc=True)
    logged = dict.fromkeys(name for table in tables for name in table.columns)
    for prefix in ("metrics.", "params.", "tags."):
        for name in logged:
            if name.startswith(prefix):
                cells = _joined(tables, name)
                found[name] = pd.Series(cells, dtype="float64") if prefix == "metrics." else cells
    return pd.DataFrame(found)


def _joined(tables: Sequence[RunTable], name: str) -> list[Any]:
    """One column of all tables; where a table lacks it, its runs have no value."""
    cells: list[Any] = []
    for table in tables:
        part = table.run_ids if name == "run_id" else table.columns.get(name)
        cells += [None] * len(table.run_ids) if part is None else part
    return cells


def _pandas() -> Any:
    try:
        return import_module("pandas")
    except ImportError:
        raise NotSupportedError(
            "Runs come as a pandas DataFrame: pip install 'epochal[pandas]'; search_runs also "
            "takes output_format='list'"
        ) from None
