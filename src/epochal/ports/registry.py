"""What a backend promises about registered models and their versions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.entities import ModelVersion, Page, RegisteredModel, Stage
    from epochal.search.tree import Node, OrderBy


@dataclass(frozen=True, slots=True)
class NewModel:
    """A registered model to be made."""

    name: str
    created_ms: int
    description: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to be made; the store gives it the next number of its model.

    `storage` is where the files lie in the end; it differs from `source` where that names
    another version.
    """

    name: str
    source: str
    storage: str
    created_ms: int
    run_id: str = ""
    run_link: str = ""
    model_id: str | None = None
    user_id: str | None = None
    description: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class RegistryQuery:
    """A search over registered models or over versions.

    Models come by name, versions by last update (newest first), name and number (greatest
    first), unless `order_by` says otherwise.
    """

    where: Node | None = None
    order_by: tuple[OrderBy, ...] = ()
    limit: int = 100
    page_token: str | None = None


class RegistryStore(Protocol):
    """Where registered models and their versions are kept.

    *Atomicity.* Each method is all or nothing, and durable once it returns. *Races.* Of two
    clients that create one name at once, one gets AlreadyExistsError and the name is there for
    both. Numbers of versions have no gaps but those of deleted ones. When two versions move to
    one stage at once and archive what was there, one of them holds it in the end. *Threads.*
    One instance serves many threads. *Errors.* Methods that name a model raise
    ModelNotFoundError, those that name a version VersionNotFoundError.
    """

    def create_model(self, new: NewModel) -> RegisteredModel:
        """Raises AlreadyExistsError."""
        ...

    def get_model(self, name: str) -> RegisteredModel:
        """The model, whole."""
        ...

    def rename_model(self, name: str, new_name: str, now_ms: int) -> RegisteredModel:
        """Versions, tags and aliases follow. Raises AlreadyExistsError."""
        ...

    def describe_model(self, name: str, description: str | None, now_ms: int) -> RegisteredModel:
        """Set the description; None takes it away."""
        ...

    def delete_model(self, name: str) -> None:
        """For good, with its versions, tags and aliases."""
        ...

    def search_models(self, query: RegistryQuery) -> Page[RegisteredModel]:
        """One page of models, each whole."""
        ...

    def set_model_tag(self, name: str, key: str, value: str) -> None:
        """Upsert."""
        ...

    def delete_model_tag(self, name: str, key: str) -> None:
        """An absent tag is no error."""
        ...

    def set_alias(self, name: str, alias: str, version: int) -> None:
        """Let a version bear the alias, and no other one."""
        ...

    def delete_alias(self, name: str, alias: str) -> None:
        """An absent alias is no error."""
        ...

    def find_alias(self, name: str, alias: str) -> ModelVersion | None:
        """The version that bears the alias."""
        ...

    def create_version(self, new: NewVersion) -> ModelVersion:
        """The next version of the model."""
        ...

    def get_version(self, name: str, version: int) -> ModelVersion:
        """The version, whole."""
        ...

    def get_storage(self, name: str, version: int) -> str:
        """Where the files of a version lie."""
        ...

    def describe_version(
        self, name: str, version: int, description: str | None, now_ms: int
    ) -> ModelVersion:
        """Set the description; None takes it away."""
        ...

    def move_version(
        self, name: str, version: int, stage: Stage, now_ms: int, *, archives: bool
    ) -> ModelVersion:
        """Move to a stage; with `archives` every other version of that stage is archived."""
        ...

    def delete_version(self, name: str, version: int, now_ms: int) -> None:
        """For good, with its tags and aliases; its number is not given again."""
        ...

    def search_versions(self, query: RegistryQuery) -> Page[ModelVersion]:
        """One page of versions with their tags, without aliases."""
        ...

    def latest_versions(self, name: str, stages: Sequence[Stage]) -> list[ModelVersion]:
        """The newest version of each stage that has one, by number."""
        ...

    def set_version_tag(self, name: str, version: int, key: str, value: str) -> None:
        """Upsert."""
        ...

    def delete_version_tag(self, name: str, version: int, key: str) -> None:
        """An absent tag is no error."""
        ...
