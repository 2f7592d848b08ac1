"""Runs in columns, counted and grouped: as `services.tables` answers it, wherever the store is.

A server of MLflow's own answers whole runs only. Columns and counts are then made of those;
groups and distinct values are refused, since they would take all runs of the store.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from epochal.entities import RunGroup, RunTable, ValueCount, ViewType
from epochal.errors import NotSupportedError
from epochal.search.columns import is_number, parse_column
from epochal.wire import tables
from epochal.wire.columns import PACKED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from epochal.client.drafts import Search
    from epochal.entities import Page, Run
    from epochal.services import Services
    from epochal.services.tables import RunSelection
    from epochal.wire.decoding import Message

VIEWS = {
    ViewType.ACTIVE_ONLY: "ACTIVE_ONLY",
    ViewType.DELETED_ONLY: "DELETED_ONLY",
    ViewType.ALL: "ALL",
}
_PAGE = 1000
_INFO = ("experiment_id", "run_name", "status", "artifact_uri", "start_time", "end_time")


class RunTables(Protocol):
    """What can be asked of many runs at once. See `services.tables` for what it means."""

    def read(
        self, experiment_ids: Sequence[str], search: Search, columns: Sequence[str] | None
    ) -> RunTable:
        """One page of runs as columns; without columns, in all there are."""
        ...

    def count(self, experiment_ids: Sequence[str], search: Search) -> int:
        """How many runs match."""
        ...

    def group(
        self,
        experiment_ids: Sequence[str],
        search: Search,
        by: Sequence[str],
        aggregates: Sequence[str],
    ) -> Page[RunGroup]:
        """One page of groups."""
        ...

    def list_values(
        self, experiment_ids: Sequence[str], search: Search, field: str, prefix: str
    ) -> list[ValueCount]:
        """The most frequent values of a field."""
        ...


class EmbeddedTables:
    """`RunTables` by services in this process."""

    def __init__(self, services: Services) -> None:
        self._tables = services.tables

    def read(
        self, experiment_ids: Sequence[str], search: Search, columns: Sequence[str] | None
    ) -> RunTable:
        """One page of runs as columns."""
        return self._tables.read(
            _selection(experiment_ids, search),
            columns,
            search.order_by,
            max_results=search.max_results,
            page_token=search.page_token,
        )

    def count(self, experiment_ids: Sequence[str], search: Search) -> int:
        """How many runs match."""
        return self._tables.count(_selection(experiment_ids, search))

    def group(
        self,
        experiment_ids: Sequence[str],
        search: Search,
        by: Sequence[str],
        aggregates: Sequence[str],
    ) -> Page[RunGroup]:
        """One page of groups."""
        return self._tables.group(
            _selection(experiment_ids, search),
            by,
            aggregates,
            max_results=search.max_results,
            page_token=search.page_token,
        )

    def list_values(
        self, experiment_ids: Sequence[str], search: Search, field: str, prefix: str
    ) -> list[ValueCount]:
        """The most frequent values of a field."""
        return self._tables.list_values(
            _selection(experiment_ids, search),
            field,
            prefix=prefix,
            max_results=search.max_results,
        )


class ServedTables:
    """`RunTables` of a server of ours; `post` sends to a path below our own prefix."""

    def __init__(self, post: Callable[[str, Message, Mapping[str, str]], bytes]) -> None:
        self._post = post

    def read(
        self, experiment_ids: Sequence[str], search: Search, columns: Sequence[str] | None
    ) -> RunTable:
        """One page of runs as columns, packed."""
        message = tables.ReadTable(
            **_wired(experiment_ids, search),
            order_by=list(search.order_by),
            columns=None if columns is None else list(columns),
            max_results=search.max_results,
            page_token=search.page_token or "",
        )
        return tables.decode_table(self._post("runs/table", message, {"Accept": PACKED}))

    def count(self, experiment_ids: Sequence[str], search: Search) -> int:
        """How many runs match."""
        message = tables.CountRuns(**_wired(experiment_ids, search))
        return tables.decode_count(self._post("runs/count", message, {}))

    def group(
        self,
        experiment_ids: Sequence[str],
        search: Search,
        by: Sequence[str],
        aggregates: Sequence[str],
    ) -> Page[RunGroup]:
        """One page of groups."""
        message = tables.GroupRuns(
            **_wired(experiment_ids, search),
            by=list(by),
            aggregates=list(aggregates),
            max_results=search.max_results,
            page_token=search.page_token or "",
        )
        page = tables.decode_groups(self._post("runs/groups", message, {}), by, aggregates)
        numeric = [is_number(parse_column(text)) for text in by]
        return replace(page, items=[_with_numbers(group, numeric) for group in page.items])

    def list_values(
        self, experiment_ids: Sequence[str], search: Search, field: str, prefix: str
    ) -> list[ValueCount]:
        """The most frequent values of a field."""
        message = tables.ListValues(
            **_wired(experiment_ids, search),
            field=field,
            prefix=prefix,
            max_results=search.max_results,
        )
        found = tables.decode_values(self._post("runs/values", message, {}))
        if not is_number(parse_column(field)):
            return found
        return [ValueCount(_number(one.value), one.count) for one in found]


class TablesOfRuns:
    """`RunTables` made of whole runs, which is all that MLflow's own server answers."""

    def __init__(self, search_runs: Callable[[Sequence[str], Search], Page[Run]]) -> None:
        self._search_runs = search_runs

    def read(
        self, experiment_ids: Sequence[str], search: Search, columns: Sequence[str] | None
    ) -> RunTable:
        """One page of runs, turned into columns."""
        page = self._search_runs(experiment_ids, search)
        table = table_of_runs(page.items, page.token)
        if columns is None:
            return table
        empty = [None] * len(page.items)
        named: dict[str, list[Any]] = {}
        for text in columns:
            field = parse_column(text)
            if field.function is not None:
                raise _not_there(f"The column {text!r}")
            name = field.key if field.entity == "attribute" else f"{field.entity}s.{field.key}"
            named[text] = table.run_ids if name == "run_id" else table.columns.get(name, empty)
        return replace(table, columns=named)

    def count(self, experiment_ids: Sequence[str], search: Search) -> int:
        """How many runs match, page by page."""
        count, search = 0, replace(search, max_results=_PAGE)
        while True:
            page = self._search_runs(experiment_ids, search)
            count += len(page.items)
            if not page.token:
                return count
            search = replace(search, page_token=page.token)

    def group(
        self,
        experiment_ids: Sequence[str],
        search: Search,
        by: Sequence[str],
        aggregates: Sequence[str],
    ) -> Page[RunGroup]:
        """Refused."""
        del experiment_ids, search, by, aggregates
        raise _not_there("Grouping runs")

    def list_values(
        self, experiment_ids: Sequence[str], search: Search, field: str, prefix: str
    ) -> list[ValueCount]:
        """Refused."""
        del experiment_ids, search, field, prefix
        raise _not_there("Listing the values of a field")


def table_of_runs(runs: Sequence[Run], token: str | None) -> RunTable:
    """Whole runs as columns, in the order of first sight."""
    columns: dict[str, list[Any]] = {
        name: [getattr(run.info, name) for run in runs] for name in _INFO
    }
    columns |= _spread("metrics", [run.data.metrics for run in runs])
    columns |= _spread("params", [run.data.params for run in runs])
    columns |= _spread("tags", [run.data.tags for run in runs])
    return RunTable([run.info.run_id for run in runs], columns, token)


def _spread(prefix: str, rows: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    keys = dict.fromkeys(key for row in rows for key in row)
    return {f"{prefix}.{key}": [row.get(key) for row in rows] for key in keys}


def _selection(experiment_ids: Sequence[str], search: Search) -> RunSelection:
    from epochal.services.tables import RunSelection

    return RunSelection(experiment_ids, search.filter_text, search.view)


def _wired(experiment_ids: Sequence[str], search: Search) -> dict[str, Any]:
    return {
        "experiment_ids": list(experiment_ids),
        "filter": search.filter_text or "",
        "run_view_type": VIEWS.get(search.view),
    }


def _with_numbers(group: RunGroup, numeric: Sequence[bool]) -> RunGroup:
    values = zip(group.by, numeric, strict=True)
    return replace(group, by=[_number(value) if is_one else value for value, is_one in values])


def _number(given: Any) -> Any:
    """A number as JSON spells it: NaN and the infinities are texts there."""
    return float(given) if isinstance(given, str) else given


def _not_there(what: str) -> NotSupportedError:
    return NotSupportedError(
        f"{what} needs an Epochal server; this one is MLflow's, which answers whole runs only"
    )
