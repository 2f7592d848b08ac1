"""Registered models, their tags and aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.entities import RegisteredModel
from epochal.errors import AlreadyExistsError, ModelNotFoundError
from epochal.sql import model_versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from epochal.entities import ModelVersion
    from epochal.ports.registry import NewModel
    from epochal.sql.database import Connection

_COLUMNS = "id, name, creation_time, last_updated_time, description"
_SET_TAG = (
    "INSERT INTO registered_model_tags (model, key, value) VALUES (?, ?, ?) "
    "ON CONFLICT (model, key) DO UPDATE SET value = excluded.value"
)
_SET_ALIAS = (
    "INSERT INTO model_aliases (model, alias, model_version) VALUES (?, ?, ?) "
    "ON CONFLICT (model, alias) DO UPDATE SET model_version = excluded.model_version"
)


def create_model(connection: Connection, new: NewModel) -> RegisteredModel:
    """Raises AlreadyExistsError."""
    row = connection.execute(
        "INSERT INTO registered_models (name, description, creation_time, last_updated_time) "
        "VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        (new.name, new.description, new.created_ms, new.created_ms),
    ).first()
    if row is None:
        raise _name_taken(new.name)
    connection.executemany(_SET_TAG, [(row[0], *tag) for tag in new.tags.items()])
    return RegisteredModel(
        new.name, new.created_ms, new.created_ms, new.description, tags=dict(new.tags)
    )


def find_number(connection: Connection, name: str) -> int:
    """The internal id of a model. Raises ModelNotFoundError."""
    row = connection.execute(
        "SELECT id FROM registered_models WHERE workspace = 'default' AND name = ?", (name,)
    ).first()
    if row is None:
        raise ModelNotFoundError(name)
    return row[0]


def get_model(connection: Connection, name: str) -> RegisteredModel:
    """The model, whole. Raises ModelNotFoundError."""
    return load_models(connection, [find_number(connection, name)])[0]


def load_models(connection: Connection, ids: Sequence[int]) -> list[RegisteredModel]:
    """The models with these numbers, whole and in their order; unknown ones are left out."""
    if not ids:
        return []
    dialect = connection.dialect
    listed = (dialect.many(ids),)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM registered_models WHERE {dialect.among('id')}", listed
    )
    tags: dict[int, dict[str, str]] = {row[0]: {} for row in rows}
    for model, key, value in connection.execute(
        "SELECT model, key, value FROM registered_model_tags "
        f"WHERE {dialect.among('model')} ORDER BY model, key",
        listed,
    ):
        tags[model][key] = value
    latest = model_versions.latest_versions(connection, ids)
    aliases = _aliases(connection, ids)
    made = {
        number: RegisteredModel(
            name,
            created,
            updated,
            description,
            latest.get(number, []),
            tags[number],
            aliases.get(number, {}),
        )
        for number, name, created, updated, description in rows
    }
    return [made[number] for number in ids if number in made]


def _aliases(connection: Connection, ids: Iterable[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for model, alias, version in connection.execute(
        "SELECT a.model, a.alias, v.version FROM model_aliases a "
        "JOIN model_versions v ON v.id = a.model_version "
        f"WHERE {connection.dialect.among('a.model')} ORDER BY a.model, a.alias",
        (connection.dialect.many(ids),),
    ):
        found.setdefault(model, {})[alias] = version
    return found


def rename_model(connection: Connection, name: str, new_name: str, now_ms: int) -> RegisteredModel:
    """Raises ModelNotFoundError, AlreadyExistsError."""
    _lock_names(connection)
    number = find_number(connection, name)
    if new_name != name and connection.execute(
        "SELECT id FROM registered_models WHERE workspace = 'default' AND name = ?", (new_name,)
    ):
        raise _name_taken(new_name)
    connection.execute(
        "UPDATE registered_models SET name = ?, last_updated_time = ? WHERE id = ?",
        (new_name, now_ms, number),
    )
    return load_models(connection, [number])[0]


def describe_model(
    connection: Connection, name: str, description: str | None, now_ms: int
) -> RegisteredModel:
    """Raises ModelNotFoundError."""
    connection.execute(
        "UPDATE registered_models SET description = ?, last_updated_time = ? "
        "WHERE workspace = 'default' AND name = ?",
        (description, now_ms, name),
    )
    return get_model(connection, name)


def touch(connection: Connection, name: str, now_ms: int) -> int | None:
    """Note a change of a model, and let nobody else change it before this transaction ends."""
    row = connection.execute(
        "UPDATE registered_models SET last_updated_time = ? "
        "WHERE workspace = 'default' AND name = ? RETURNING id",
        (now_ms, name),
    ).first()
    return None if row is None else row[0]


def delete_model(connection: Connection, name: str) -> None:
    """Raises ModelNotFoundError."""
    row = connection.execute(
        "DELETE FROM registered_models WHERE workspace = 'default' AND name = ? RETURNING id",
        (name,),
    ).first()
    if row is None:
        raise ModelNotFoundError(name)
    model_versions.delete_all(connection, row[0])
    for table in ("model_aliases", "registered_model_tags"):
        connection.execute(f"DELETE FROM {table} WHERE model = ?", (row[0],))


def set_tag(connection: Connection, name: str, key: str, value: str) -> None:
    """Raises ModelNotFoundError."""
    connection.execute(_SET_TAG, (_hold(connection, name), key, value))


def delete_tag(connection: Connection, name: str, key: str) -> None:
    """Raises ModelNotFoundError."""
    connection.execute(
        "DELETE FROM registered_model_tags WHERE model = ? AND key = ?",
        (find_number(connection, name), key),
    )


def set_alias(connection: Connection, name: str, alias: str, version: int) -> None:
    """Raises VersionNotFoundError."""
    model, number = model_versions.hold_version(connection, name, version)
    connection.execute(_SET_ALIAS, (model, alias, number))


def delete_alias(connection: Connection, name: str, alias: str) -> None:
    """Raises ModelNotFoundError."""
    connection.execute(
        "DELETE FROM model_aliases WHERE model = ? AND alias = ?",
        (find_number(connection, name), alias),
    )


def find_alias(connection: Connection, name: str, alias: str) -> ModelVersion | None:
    """The version that bears an alias. Raises ModelNotFoundError."""
    row = connection.execute(
        "SELECT model_version FROM model_aliases WHERE model = ? AND alias = ?",
        (find_number(connection, name), alias),
    ).first()
    return None if row is None else model_versions.load_whole(connection, row[0])


def _hold(connection: Connection, name: str) -> int:
    """The internal id of a model that nobody deletes before this transaction ends."""
    number = find_number(connection, name)
    if connection.dialect.name == "postgresql" and not connection.execute(
        "SELECT id FROM registered_models WHERE id = ? FOR SHARE", (number,)
    ):
        raise ModelNotFoundError(name)
    return number


def _lock_names(connection: Connection) -> None:
    """Keep other processes from taking a name between our look and our update."""
    if connection.dialect.name == "postgresql":
        connection.execute("LOCK TABLE registered_models IN SHARE ROW EXCLUSIVE MODE")


def _name_taken(name: str) -> AlreadyExistsError:
    return AlreadyExistsError("Registered Model", name)
