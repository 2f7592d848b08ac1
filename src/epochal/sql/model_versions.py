"""Versions of registered models and their tags."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from epochal.entities import ModelVersion
from epochal.entities.model_version import STAGES
from epochal.errors import ModelNotFoundError, VersionNotFoundError
from epochal.sql.registry_clauses import VERSIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import Stage
    from epochal.ports.registry import NewVersion
    from epochal.sql.database import Connection

_COLUMNS = (
    "v.id, m.name, v.version, v.creation_time, v.last_updated_time, v.source, v.run_id, v.stage, "
    "v.description, v.user_id, v.status, v.status_message, v.run_link, v.model_id"
)
_SET_TAG = (
    "INSERT INTO model_version_tags (model_version, key, value) VALUES (?, ?, ?) "
    "ON CONFLICT (model_version, key) DO UPDATE SET value = excluded.value"
)


def create_version(connection: Connection, new: NewVersion) -> ModelVersion:
    """The next version of the model. Raises ModelNotFoundError."""
    # The update holds the model's row until the transaction ends: numbers have no gaps.
    row = connection.execute(
        "UPDATE registered_models SET last_version = last_version + 1, last_updated_time = ? "
        "WHERE workspace = 'default' AND name = ? RETURNING id, last_version",
        (new.created_ms, new.name),
    ).first()
    if row is None:
        raise ModelNotFoundError(new.name)
    model, version = row
    created = connection.execute(
        "INSERT INTO model_versions (model, version, source, storage, run_id, run_link, model_id, "
        "user_id, description, stage, status, creation_time, last_updated_time) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'None', 'READY', ?, ?) RETURNING id",
        (
            model,
            version,
            new.source,
            new.storage,
            new.run_id,
            new.run_link,
            new.model_id,
            new.user_id,
            new.description,
            new.created_ms,
            new.created_ms,
        ),
    )
    number: int = created[0][0]
    connection.executemany(_SET_TAG, [(number, *tag) for tag in new.tags.items()])
    return load_versions(connection, [number])[0]


def find_number(connection: Connection, name: str, version: int) -> int:
    """The internal id of a version. Raises VersionNotFoundError."""
    row = connection.execute(
        f"SELECT v.id FROM {VERSIONS} WHERE m.workspace = 'default' AND m.name = ? "
        "AND v.version = ?",
        (name, version),
    ).first()
    if row is None:
        raise VersionNotFoundError(name, version)
    return row[0]


def hold_version(connection: Connection, name: str, version: int) -> tuple[int, int]:
    """The ids of a model and its version that nobody deletes before this transaction ends.

    Raises VersionNotFoundError.
    """
    locks = " FOR SHARE" if connection.dialect.name == "postgresql" else ""
    row = connection.execute(
        f"SELECT m.id, v.id FROM {VERSIONS} WHERE m.workspace = 'default' AND m.name = ? "
        f"AND v.version = ?{locks}",
        (name, version),
    ).first()
    if row is None:
        raise VersionNotFoundError(name, version)
    return row[0], row[1]


def get_version(connection: Connection, name: str, version: int) -> ModelVersion:
    """The version, whole. Raises VersionNotFoundError."""
    return load_whole(connection, find_number(connection, name, version))


def get_storage(connection: Connection, name: str, version: int) -> str:
    """Where its files lie. Raises VersionNotFoundError."""
    number = find_number(connection, name, version)
    return connection.execute("SELECT storage FROM model_versions WHERE id = ?", (number,))[0][0]


def load_whole(connection: Connection, number: int) -> ModelVersion:
    """A version that is there, with its aliases."""
    aliases = connection.execute(
        "SELECT alias FROM model_aliases WHERE model_version = ? ORDER BY alias", (number,)
    )
    return replace(load_versions(connection, [number])[0], aliases=[row[0] for row in aliases])


def load_versions(connection: Connection, ids: Sequence[int]) -> list[ModelVersion]:
    """The versions with these numbers, in their order, without aliases."""
    if not ids:
        return []
    dialect = connection.dialect
    listed = (dialect.many(ids),)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM {VERSIONS} WHERE {dialect.among('v.id')}", listed
    )
    tags: dict[int, dict[str, str]] = {row[0]: {} for row in rows}
    for number, key, value in connection.execute(
        "SELECT model_version, key, value FROM model_version_tags "
        f"WHERE {dialect.among('model_version')} ORDER BY model_version, key",
        listed,
    ):
        tags[number][key] = value
    made = {row[0]: _version(row, tags[row[0]]) for row in rows}
    return [made[number] for number in ids if number in made]


def _version(row: tuple[Any, ...], tags: dict[str, str]) -> ModelVersion:
    return ModelVersion(*row[1:], tags=tags)


def latest_versions(
    connection: Connection, models: Sequence[int], stages: Sequence[Stage] = STAGES
) -> dict[int, list[ModelVersion]]:
    """By model, the newest version of each of these stages that has one, by number."""
    dialect = connection.dialect
    newest = connection.execute(
        "SELECT v.model, v.id FROM model_versions v JOIN (SELECT model, stage, max(version) "
        f"AS version FROM model_versions WHERE {dialect.among('model')} GROUP BY model, stage) n "
        f"ON n.model = v.model AND n.version = v.version WHERE {dialect.among('v.stage')} "
        "ORDER BY v.model, v.version",
        (dialect.many(models), dialect.many(stages)),
    )
    loaded = load_versions(connection, [row[1] for row in newest])
    found: dict[int, list[ModelVersion]] = {}
    for (model, _), version in zip(newest, loaded, strict=True):
        found.setdefault(model, []).append(version)
    return found


def describe_version(
    connection: Connection, name: str, version: int, description: str | None, now_ms: int
) -> ModelVersion:
    """Raises VersionNotFoundError."""
    number = find_number(connection, name, version)
    connection.execute(
        "UPDATE model_versions SET description = ?, last_updated_time = ? WHERE id = ?",
        (description, now_ms, number),
    )
    return get_version(connection, name, version)


def move_version(
    connection: Connection, number: int, stage: Stage, now_ms: int, *, archives: bool
) -> ModelVersion:
    """Move a version to a stage. Its model's row is held already, so moves do not cross."""
    if archives:
        connection.execute(
            "UPDATE model_versions SET stage = 'Archived', last_updated_time = ? "
            "WHERE model = (SELECT model FROM model_versions WHERE id = ?) "
            "AND stage = ? AND id <> ?",
            (now_ms, number, stage, number),
        )
    connection.execute(
        "UPDATE model_versions SET stage = ?, last_updated_time = ? WHERE id = ?",
        (stage, now_ms, number),
    )
    return load_whole(connection, number)


def delete_version(connection: Connection, number: int) -> None:
    """With its tags and aliases. Its model's row is held already."""
    connection.execute("DELETE FROM model_versions WHERE id = ?", (number,))
    for table in ("model_version_tags", "model_aliases"):
        connection.execute(f"DELETE FROM {table} WHERE model_version = ?", (number,))


def delete_all(connection: Connection, model: int) -> None:
    """All versions of a model and their tags."""
    connection.execute(
        "DELETE FROM model_version_tags WHERE model_version IN "
        "(SELECT id FROM model_versions WHERE model = ?)",
        (model,),
    )
    connection.execute("DELETE FROM model_versions WHERE model = ?", (model,))


def set_tag(connection: Connection, name: str, version: int, key: str, value: str) -> None:
    """Raises VersionNotFoundError."""
    _, number = hold_version(connection, name, version)
    connection.execute(_SET_TAG, (number, key, value))


def delete_tag(connection: Connection, name: str, version: int, key: str) -> None:
    """Raises VersionNotFoundError."""
    connection.execute(
        "DELETE FROM model_version_tags WHERE model_version = ? AND key = ?",
        (find_number(connection, name, version), key),
    )
