"""Answers that are not whole runs: tables, counts, groups, fields, and saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.services.tables import RunSelection
from epochal.wire import fields, tables, views
from epochal.wire.choices import read_view
from epochal.wire.encoding import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.services import Services


def _table(services: Services, asked: tables.ReadTable, *, packed: bool) -> bytes:
    found = services.tables.read(
        _selection(asked),
        asked.columns,
        asked.order_by,
        max_results=asked.max_results,
        page_token=asked.page_token,
    )
    return tables.encode_table(found, packed=packed)


def _count(services: Services, asked: tables.CountRuns) -> bytes:
    return tables.encode_count(services.tables.count(_selection(asked)))


def _groups(services: Services, asked: tables.GroupRuns) -> bytes:
    page = services.tables.group(
        _selection(asked),
        asked.by,
        asked.aggregates,
        max_results=asked.max_results,
        page_token=asked.page_token,
    )
    return tables.encode_groups(page, asked.by, asked.aggregates)


def _values(services: Services, asked: tables.ListValues) -> bytes:
    found = services.tables.list_values(
        _selection(asked), asked.field, prefix=asked.prefix, max_results=asked.max_results
    )
    return tables.encode_values(found)


def _fields(services: Services, asked: fields.ListFields) -> bytes:
    page = services.fields.list(
        asked.experiment_ids,
        asked.kinds,
        asked.prefix,
        max_results=asked.max_results,
        page_token=asked.page_token,
    )
    return fields.encode_fields(page)


def _create_view(services: Services, asked: views.CreateView) -> bytes:
    made = services.views.create(asked.name, asked.experiment_ids, asked.query, asked.owner)
    return views.encode_view(made)


def _search_views(services: Services, asked: views.SearchViews) -> bytes:
    page = services.views.search(
        asked.experiment_ids, max_results=asked.max_results, page_token=asked.page_token
    )
    return views.encode_views(page)


def _update_view(services: Services, asked: views.UpdateView) -> bytes:
    changed = services.views.update(
        asked.view_id,
        name=asked.name,
        experiment_ids=asked.experiment_ids,
        query=asked.query,
    )
    return views.encode_view(changed)


def _delete_view(services: Services, asked: views.DeleteView) -> bytes:
    services.views.delete(asked.view_id)
    return EMPTY


def _selection(asked: tables.SelectRuns) -> RunSelection:
    view = read_view(asked.run_view_type, "run_view_type")
    return RunSelection(asked.experiment_ids, asked.filter or None, view)


ANSWERS: dict[str, Callable[[Services, Any], bytes]] = {
    "runs/count": _count,
    "runs/groups": _groups,
    "runs/values": _values,
    "fields": _fields,
    "views/create": _create_view,
    "views/search": _search_views,
    "views/update": _update_view,
    "views/delete": _delete_view,
}
PACKED_ANSWERS: dict[str, Callable[..., bytes]] = {"runs/table": _table}
