"""Searches over registered models and versions: which rows make up one page, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.search.tree import Field, OrderBy
from epochal.sql.conditions import Condition, all_of
from epochal.sql.filters import model_condition, version_condition
from epochal.sql.orderings import Column, Key, phases
from epochal.sql.page_tokens import fingerprint
from epochal.sql.registry_clauses import MODEL_COLUMNS, NUMBERS, VERSION_COLUMNS, VERSIONS
from epochal.sql.search import Pager, beyond, page_statement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.entities import Page
    from epochal.ports.registry import RegistryQuery
    from epochal.sql.database import Connection

_NAME = OrderBy(Field("attribute", "name"))
_VERSION = OrderBy(Field("attribute", "version_number"), descending=True)
_UPDATED = OrderBy(Field("attribute", "last_updated_timestamp"), descending=True)


def find_models(connection: Connection, query: RegistryQuery) -> Page[int]:
    """One page of `registered_models.id`, in the order of the search.

    Raises InvalidParameterError for a page token that is not ours or is another search's.
    """
    keys = _keys([*query.order_by, _NAME], MODEL_COLUMNS)
    where = model_condition(query.where, connection.dialect)
    source = ("m.id", Condition("registered_models m"))
    return _find(connection, query, keys, where, source)


def find_versions(connection: Connection, query: RegistryQuery) -> Page[int]:
    """One page of `model_versions.id`, in the order of the search. Raises as `find_models`."""
    order = list(query.order_by) or [_UPDATED]
    keys = _keys([*order, _NAME, _VERSION], VERSION_COLUMNS)
    where = version_condition(query.where, connection.dialect)
    return _find(connection, query, keys, where, ("v.id", Condition(VERSIONS)))


def _find(
    connection: Connection,
    query: RegistryQuery,
    keys: tuple[Key, ...],
    where: Condition,
    source: tuple[str, Condition],
) -> Page[int]:
    identity, origin = source
    search = fingerprint(identity, query.where, query.order_by)
    pager = Pager(phases(keys), query.limit, search, query.page_token)
    for phase, window in pager.steps():
        condition = all_of([*beyond(phase.columns, window), where])
        statement = page_statement(identity, origin, condition, phase.columns, window)
        if statement is not None:
            pager.take(connection.execute(statement.sql, statement.params))
    return pager.page()


def _keys(order_by: Sequence[OrderBy], columns: Mapping[str, str]) -> tuple[Key, ...]:
    """The keys of an ordering, each field once; none of them is ever missing."""
    wanted: dict[Field, OrderBy] = {}
    for ordering in order_by:
        wanted.setdefault(ordering.field, ordering)
    return tuple(
        Key(index, field, None, _column(columns[field.key], ordering), None)
        for index, (field, ordering) in enumerate(wanted.items())
    )


def _column(sql: str, ordering: OrderBy) -> Column:
    kind = "integer" if ordering.field.key in NUMBERS else "text"
    return Column(sql, kind, ordering.descending)
