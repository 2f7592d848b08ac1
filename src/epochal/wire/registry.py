"""Requests and responses about registered models and their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

import msgspec

from epochal.entities import ModelVersion, Page, RegisteredModel
from epochal.wire.decoding import Message
from epochal.wire.encoding import Pair, decode_response, encode, from_pairs, pairs, without_unset
from epochal.wire.experiments import Tag
from epochal.wire.numbers import Int64  # noqa: TC001 - msgspec reads annotations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import Stage, VersionStatus


class CreateModel(Message):
    """A name that nobody else has."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name",)
    name: str = ""
    description: str | None = None
    tags: list[Tag] = msgspec.field(default_factory=list[Tag])


class ModelName(Message):
    """The whole request of `get` and `delete`."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name",)
    name: str = ""


class UpdateModel(Message):
    """An absent description takes away the one that is there."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name",)
    name: str = ""
    description: str | None = None


class RenameModel(Message):
    """Versions, tags and aliases follow."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name", "new_name")
    name: str = ""
    new_name: str = ""


class SearchModels(Message):
    """One page of registered models."""

    filter: str = ""
    max_results: Int64 = 100
    order_by: list[str] = msgspec.field(default_factory=list[str])
    page_token: str = ""


class LatestVersions(Message):
    """The newest version of each stage, or of those named."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name",)
    name: str = ""
    stages: list[str] = msgspec.field(default_factory=list[str])


class SetModelTag(Message):
    """Written anew or over the old value."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name", "key")
    name: str = ""
    key: str = ""
    value: str = ""


class DeleteModelTag(Message):
    """An absent tag is no error."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name", "key")
    name: str = ""
    key: str = ""


class SetAlias(Message):
    """The alias leaves whichever version bore it."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name", "alias", "version")
    name: str = ""
    alias: str = ""
    version: str = ""


class Alias(Message):
    """The whole request of getting and deleting an alias."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name", "alias")
    name: str = ""
    alias: str = ""


class CreateVersion(Message):
    """The next version of a model that is there."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name", "source")
    name: str = ""
    source: str = ""
    run_id: str = ""
    tags: list[Tag] = msgspec.field(default_factory=list[Tag])
    run_link: str = ""
    description: str | None = None
    model_id: str | None = None


class Version(Message):
    """The whole request of `get`, `delete` and `get-download-uri`."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name", "version")
    name: str = ""
    version: str = ""


class UpdateVersion(Message):
    """An absent description takes away the one that is there."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name", "version")
    name: str = ""
    version: str = ""
    description: str | None = None


class TransitionStage(Message):
    """Archiving moves whatever else is in the stage."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name", "version", "stage")
    name: str = ""
    version: str = ""
    stage: str = ""
    archive_existing_versions: bool | None = None


class SearchVersions(Message):
    """One page of versions, of all models."""

    filter: str = ""
    max_results: Int64 = 200_000
    order_by: list[str] = msgspec.field(default_factory=list[str])
    page_token: str = ""


class SetVersionTag(Message):
    """Written anew or over the old value."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name", "version", "key")
    name: str = ""
    version: str = ""
    key: str = ""
    value: str = ""


class DeleteVersionTag(Message):
    """An absent tag is no error."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name", "version", "key")
    name: str = ""
    version: str = ""
    key: str = ""


def encode_model(model: RegisteredModel) -> bytes:
    """The answer to all that is about one model."""
    return encode({"registered_model": _model(model)})


def encode_models(page: Page[RegisteredModel]) -> bytes:
    """The answer to a search for models."""
    listed = [_model(model) for model in page.items]
    return encode(without_unset({"registered_models": listed, "next_page_token": page.token}))


def encode_version(version: ModelVersion) -> bytes:
    """The answer to all that is about one version."""
    return encode({"model_version": _version(version)})


def encode_versions(versions: Sequence[ModelVersion], token: str | None = None) -> bytes:
    """The answer to a search for versions and to `get-latest-versions`."""
    listed = [_version(version) for version in versions]
    return encode(without_unset({"model_versions": listed, "next_page_token": token}))


def encode_download_uri(uri: str) -> bytes:
    """The answer to `get-download-uri`."""
    return encode({"artifact_uri": uri})


def _model(model: RegisteredModel) -> dict[str, Any]:
    aliases = model.aliases.items()
    return without_unset(
        {
            "name": model.name,
            "creation_timestamp": model.creation_timestamp,
            "last_updated_timestamp": model.last_updated_timestamp,
            "description": model.description,
            "latest_versions": [_version(version) for version in model.latest_versions],
            "tags": pairs(model.tags),
            "aliases": [{"alias": alias, "version": str(number)} for alias, number in aliases],
        }
    )


def _version(version: ModelVersion) -> dict[str, Any]:
    return without_unset(
        {
            "name": version.name,
            "version": str(version.version),
            "creation_timestamp": version.creation_timestamp,
            "last_updated_timestamp": version.last_updated_timestamp,
            "user_id": version.user_id,
            "current_stage": version.current_stage,
            "description": version.description,
            "source": version.source,
            "run_id": version.run_id,
            "status": version.status,
            "status_message": version.status_message,
            "tags": pairs(version.tags),
            "run_link": version.run_link,
            "aliases": version.aliases,
            "model_id": version.model_id,
        }
    )


class _Version(msgspec.Struct):
    name: str
    version: int
    creation_timestamp: int = 0
    last_updated_timestamp: int = 0
    user_id: str | None = None
    current_stage: str = "None"
    description: str | None = None
    source: str = ""
    run_id: str = ""
    status: str = "READY"
    status_message: str | None = None
    tags: list[Pair] = msgspec.field(default_factory=list[Pair])
    run_link: str = ""
    aliases: list[str] = msgspec.field(default_factory=list[str])
    model_id: str | None = None

    def entity(self) -> ModelVersion:
        return ModelVersion(
            name=self.name,
            version=self.version,
            creation_timestamp=self.creation_timestamp,
            last_updated_timestamp=self.last_updated_timestamp,
            source=self.source,
            run_id=self.run_id,
            current_stage=cast("Stage", self.current_stage),
            description=self.description,
            user_id=self.user_id,
            status=cast("VersionStatus", self.status),
            status_message=self.status_message,
            run_link=self.run_link,
            model_id=self.model_id,
            tags=from_pairs(self.tags),
            aliases=self.aliases,
        )


class _Alias(msgspec.Struct):
    alias: str
    version: int


class _Model(msgspec.Struct):
    name: str
    creation_timestamp: int = 0
    last_updated_timestamp: int = 0
    description: str | None = None
    latest_versions: list[_Version] = msgspec.field(default_factory=list[_Version])
    tags: list[Pair] = msgspec.field(default_factory=list[Pair])
    aliases: list[_Alias] = msgspec.field(default_factory=list[_Alias])

    def entity(self) -> RegisteredModel:
        return RegisteredModel(
            name=self.name,
            creation_timestamp=self.creation_timestamp,
            last_updated_timestamp=self.last_updated_timestamp,
            description=self.description,
            latest_versions=[version.entity() for version in self.latest_versions],
            tags=from_pairs(self.tags),
            aliases={one.alias: one.version for one in self.aliases},
        )


class _OneModel(msgspec.Struct):
    registered_model: _Model


class _ManyModels(msgspec.Struct):
    registered_models: list[_Model] = msgspec.field(default_factory=list[_Model])
    next_page_token: str | None = None


class _OneVersion(msgspec.Struct):
    model_version: _Version


class _ManyVersions(msgspec.Struct):
    model_versions: list[_Version] = msgspec.field(default_factory=list[_Version])
    next_page_token: str | None = None


class _DownloadUri(msgspec.Struct):
    artifact_uri: str = ""


def decode_model(body: bytes) -> RegisteredModel:
    """Read the answer that is about one model."""
    return decode_response(_OneModel, body).registered_model.entity()


def decode_models(body: bytes) -> Page[RegisteredModel]:
    """Read the answer to a search for models."""
    found = decode_response(_ManyModels, body)
    models = [model.entity() for model in found.registered_models]
    return Page(models, found.next_page_token or None)


def decode_version(body: bytes) -> ModelVersion:
    """Read the answer that is about one version."""
    return decode_response(_OneVersion, body).model_version.entity()


def decode_versions(body: bytes) -> Page[ModelVersion]:
    """Read the answer to a search for versions, or to `get-latest-versions`."""
    found = decode_response(_ManyVersions, body)
    versions = [version.entity() for version in found.model_versions]
    return Page(versions, found.next_page_token or None)


def decode_download_uri(body: bytes) -> str:
    """Read the answer to `get-download-uri`."""
    return decode_response(_DownloadUri, body).artifact_uri
