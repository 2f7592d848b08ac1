"""Saved views and the experiments that they are for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from epochal.entities import Page, SavedView
from epochal.errors import NotFoundError, ViewExistsError
from epochal.sql.conditions import Condition
from epochal.sql.experiments import parse_ids
from epochal.sql.page_tokens import Position, decode, encode, fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.sql.database import Connection

_SELECT = "SELECT view_id, name, query, owner, created_ms, updated_ms FROM views"
_PLACE = (("text", "text"),)


def create_view(connection: Connection, view: SavedView) -> None:
    """Keep a view of a new id. Raises ViewExistsError."""
    _refuse_namesake(connection, view)
    connection.execute(
        "INSERT INTO views (view_id, name, query, owner, created_ms, updated_ms) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            view.view_id,
            view.name,
            json.dumps(view.query),
            view.owner,
            view.created_ms,
            view.updated_ms,
        ),
    )
    _set_experiments(connection, view)


def get_view(connection: Connection, view_id: str) -> SavedView:
    """Raises NotFoundError."""
    rows = connection.execute(f"{_SELECT} WHERE view_id = ?", (view_id,))
    if not rows:
        raise NotFoundError("view", view_id)
    return _load(connection, rows)[0]


def search_views(
    connection: Connection, experiment_ids: Sequence[str], limit: int, page_token: str | None
) -> Page[SavedView]:
    """One page of views by name. See `ports.views`."""
    search = fingerprint("views", sorted(experiment_ids))
    position = decode(page_token, search, _PLACE)
    demands = [Condition("1 = 1")]
    if experiment_ids:
        among = connection.dialect.among("x.experiment")
        listed = connection.dialect.many(parse_ids(experiment_ids))
        of_view = "FROM view_experiments x WHERE x.view_id = views.view_id"
        demands.append(
            Condition(
                f"(EXISTS (SELECT 1 {of_view} AND {among}) OR NOT EXISTS (SELECT 1 {of_view}))",
                (listed,),
            )
        )
    if position is not None:
        demands.append(Condition("(name, view_id) > (?, ?)", position.values))
    rows = connection.execute(
        f"{_SELECT} WHERE {' AND '.join(demand.sql for demand in demands)} "
        "ORDER BY name, view_id LIMIT ?",
        (*(value for demand in demands for value in demand.params), limit + 1),
    )
    views = _load(connection, rows[:limit])
    if len(rows) <= limit:
        return Page(views)
    return Page(views, encode(Position(0, (views[-1].name, views[-1].view_id)), search))


def replace_view(connection: Connection, view: SavedView) -> None:
    """Let a view be this one. Raises NotFoundError, ViewExistsError."""
    _refuse_namesake(connection, view)
    changed = connection.execute(
        "UPDATE views SET name = ?, query = ?, owner = ?, updated_ms = ? WHERE view_id = ?",
        (view.name, json.dumps(view.query), view.owner, view.updated_ms, view.view_id),
    )
    if not changed.rowcount:
        raise NotFoundError("view", view.view_id)
    connection.execute("DELETE FROM view_experiments WHERE view_id = ?", (view.view_id,))
    _set_experiments(connection, view)


def delete_view(connection: Connection, view_id: str) -> None:
    """Raises NotFoundError."""
    connection.execute("DELETE FROM view_experiments WHERE view_id = ?", (view_id,))
    if not connection.execute("DELETE FROM views WHERE view_id = ?", (view_id,)).rowcount:
        raise NotFoundError("view", view_id)


def _refuse_namesake(connection: Connection, view: SavedView) -> None:
    """See that no other view for the same experiments has the name."""
    rows = connection.execute(
        f"{_SELECT} WHERE name = ? AND view_id <> ?", (view.name, view.view_id)
    )
    mine = sorted(set(parse_ids(view.experiment_ids)))
    for other in _load(connection, rows):
        if parse_ids(other.experiment_ids) == mine:
            raise ViewExistsError(view.name)


def _set_experiments(connection: Connection, view: SavedView) -> None:
    numbers = sorted(set(parse_ids(view.experiment_ids)))
    connection.executemany(
        "INSERT INTO view_experiments (view_id, experiment) VALUES (?, ?)",
        [(view.view_id, number) for number in numbers],
    )


def _load(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> list[SavedView]:
    dialect = connection.dialect
    experiments: dict[str, list[str]] = {}
    for view_id, number in connection.execute(
        "SELECT view_id, experiment FROM view_experiments WHERE "
        f"{dialect.among('view_id')} ORDER BY view_id, experiment",
        (dialect.many([row[0] for row in rows]),),
    ):
        experiments.setdefault(view_id, []).append(str(number))
    return [
        SavedView(
            view_id=view_id,
            name=name,
            experiment_ids=experiments.get(view_id, []),
            query=json.loads(query),
            owner=owner,
            created_ms=created,
            updated_ms=updated,
        )
        for view_id, name, query, owner, created, updated in rows
    ]
