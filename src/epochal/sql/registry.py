"""The registry port on a SQL database: each method is one read or one write."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from epochal.entities import Page
from epochal.errors import VersionNotFoundError
from epochal.sql import model_versions as versions
from epochal.sql import registered_models as models
from epochal.sql.registry_search import find_models, find_versions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from epochal.entities import ModelVersion, RegisteredModel, Stage
    from epochal.ports.registry import NewModel, NewVersion, RegistryQuery
    from epochal.sql.database import Connection, Database

T = TypeVar("T")


class SqlRegistry:
    """The port `registry`; see its promises. Whoever opened the database closes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create_model(self, new: NewModel) -> RegisteredModel:
        """Raises AlreadyExistsError."""
        return self._write(lambda c: models.create_model(c, new))

    def get_model(self, name: str) -> RegisteredModel:
        """The model, whole."""
        return self._read(lambda c: models.get_model(c, name))

    def rename_model(self, name: str, new_name: str, now_ms: int) -> RegisteredModel:
        """Raises AlreadyExistsError."""
        return self._write(lambda c: models.rename_model(c, name, new_name, now_ms))

    def describe_model(self, name: str, description: str | None, now_ms: int) -> RegisteredModel:
        """Set the description; None takes it away."""
        return self._write(lambda c: models.describe_model(c, name, description, now_ms))

    def delete_model(self, name: str) -> None:
        """For good, with its versions, tags and aliases."""
        self._write(lambda c: models.delete_model(c, name))

    def search_models(self, query: RegistryQuery) -> Page[RegisteredModel]:
        """One page of models, each whole, read in one snapshot."""

        def search(connection: Connection) -> Page[RegisteredModel]:
            found = find_models(connection, query)
            return Page(models.load_models(connection, found.items), found.token)

        return self._read(search)

    def set_model_tag(self, name: str, key: str, value: str) -> None:
        """Upsert."""
        self._write(lambda c: models.set_tag(c, name, key, value))

    def delete_model_tag(self, name: str, key: str) -> None:
        """An absent tag is no error."""
        self._write(lambda c: models.delete_tag(c, name, key))

    def set_alias(self, name: str, alias: str, version: int) -> None:
        """Let a version bear the alias, and no other one."""
        self._write(lambda c: models.set_alias(c, name, alias, version))

    def delete_alias(self, name: str, alias: str) -> None:
        """An absent alias is no error."""
        self._write(lambda c: models.delete_alias(c, name, alias))

    def find_alias(self, name: str, alias: str) -> ModelVersion | None:
        """The version that bears the alias."""
        return self._read(lambda c: models.find_alias(c, name, alias))

    def create_version(self, new: NewVersion) -> ModelVersion:
        """The next version of the model."""
        return self._write(lambda c: versions.create_version(c, new))

    def get_version(self, name: str, version: int) -> ModelVersion:
        """The version, whole."""
        return self._read(lambda c: versions.get_version(c, name, version))

    def get_storage(self, name: str, version: int) -> str:
        """Where the files of a version lie."""
        return self._read(lambda c: versions.get_storage(c, name, version))

    def describe_version(
        self, name: str, version: int, description: str | None, now_ms: int
    ) -> ModelVersion:
        """Set the description; None takes it away."""
        return self._write(
            lambda c: versions.describe_version(c, name, version, description, now_ms)
        )

    def move_version(
        self, name: str, version: int, stage: Stage, now_ms: int, *, archives: bool
    ) -> ModelVersion:
        """Move to a stage; with `archives` every other version of that stage is archived."""

        def move(connection: Connection) -> ModelVersion:
            number = _held(connection, name, version, now_ms)
            return versions.move_version(connection, number, stage, now_ms, archives=archives)

        return self._write(move)

    def delete_version(self, name: str, version: int, now_ms: int) -> None:
        """For good, with its tags and aliases."""

        def delete(connection: Connection) -> None:
            versions.delete_version(connection, _held(connection, name, version, now_ms))

        self._write(delete)

    def search_versions(self, query: RegistryQuery) -> Page[ModelVersion]:
        """One page of versions with their tags, read in one snapshot."""

        def search(connection: Connection) -> Page[ModelVersion]:
            found = find_versions(connection, query)
            return Page(versions.load_versions(connection, found.items), found.token)

        return self._read(search)

    def latest_versions(self, name: str, stages: Sequence[Stage]) -> list[ModelVersion]:
        """The newest version of each stage that has one, by number."""

        def find(connection: Connection) -> list[ModelVersion]:
            model = models.find_number(connection, name)
            return versions.latest_versions(connection, [model], stages).get(model, [])

        return self._read(find)

    def set_version_tag(self, name: str, version: int, key: str, value: str) -> None:
        """Upsert."""
        self._write(lambda c: versions.set_tag(c, name, version, key, value))

    def delete_version_tag(self, name: str, version: int, key: str) -> None:
        """An absent tag is no error."""
        self._write(lambda c: versions.delete_tag(c, name, version, key))

    def _read(self, work: Callable[[Connection], T]) -> T:
        with self._database.read() as connection:
            return work(connection)

    def _write(self, work: Callable[[Connection], T]) -> T:
        return self._database.write(work).result()


def _held(connection: Connection, name: str, version: int, now_ms: int) -> int:
    """The id of a version whose model nobody else changes before this transaction ends."""
    if models.touch(connection, name, now_ms) is None:
        raise VersionNotFoundError(name, version)
    return versions.find_number(connection, name, version)
