"""Answers about registered models and their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.wire import registry as wire
from epochal.wire.encoding import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.services import Services


def _create_model(services: Services, asked: wire.CreateModel) -> bytes:
    tags = {tag.key: tag.value for tag in asked.tags}
    return wire.encode_model(services.registry.create_model(asked.name, asked.description, tags))


def _get_model(services: Services, asked: wire.ModelName) -> bytes:
    return wire.encode_model(services.registry.get_model(asked.name))


def _rename_model(services: Services, asked: wire.RenameModel) -> bytes:
    return wire.encode_model(services.registry.rename_model(asked.name, asked.new_name))


def _update_model(services: Services, asked: wire.UpdateModel) -> bytes:
    return wire.encode_model(services.registry.describe_model(asked.name, asked.description))


def _delete_model(services: Services, asked: wire.ModelName) -> bytes:
    services.registry.delete_model(asked.name)
    return EMPTY


def _search_models(services: Services, asked: wire.SearchModels) -> bytes:
    page = services.registry.search_models(
        asked.filter or None,
        asked.order_by,
        max_results=asked.max_results,
        page_token=asked.page_token or None,
    )
    return wire.encode_models(page)


def _latest_versions(services: Services, asked: wire.LatestVersions) -> bytes:
    return wire.encode_versions(services.registry.latest_versions(asked.name, asked.stages))


def _set_model_tag(services: Services, asked: wire.SetModelTag) -> bytes:
    services.registry.set_model_tag(asked.name, asked.key, asked.value)
    return EMPTY


def _delete_model_tag(services: Services, asked: wire.DeleteModelTag) -> bytes:
    services.registry.delete_model_tag(asked.name, asked.key)
    return EMPTY


def _set_alias(services: Services, asked: wire.SetAlias) -> bytes:
    services.registry.set_alias(asked.name, asked.alias, asked.version)
    return EMPTY


def _delete_alias(services: Services, asked: wire.Alias) -> bytes:
    services.registry.delete_alias(asked.name, asked.alias)
    return EMPTY


def _get_alias(services: Services, asked: wire.Alias) -> bytes:
    return wire.encode_version(services.registry.get_by_alias(asked.name, asked.alias))


def _create_version(services: Services, asked: wire.CreateVersion) -> bytes:
    made = services.registry.create_version(
        asked.name,
        asked.source,
        run_id=asked.run_id,
        run_link=asked.run_link,
        model_id=asked.model_id or None,
        description=asked.description,
        tags={tag.key: tag.value for tag in asked.tags},
    )
    return wire.encode_version(made)


def _get_version(services: Services, asked: wire.Version) -> bytes:
    return wire.encode_version(services.registry.get_version(asked.name, asked.version))


def _update_version(services: Services, asked: wire.UpdateVersion) -> bytes:
    return wire.encode_version(
        services.registry.describe_version(asked.name, asked.version, asked.description)
    )


def _delete_version(services: Services, asked: wire.Version) -> bytes:
    services.registry.delete_version(asked.name, asked.version)
    return EMPTY


def _search_versions(services: Services, asked: wire.SearchVersions) -> bytes:
    page = services.registry.search_versions(
        asked.filter or None,
        asked.order_by,
        max_results=asked.max_results,
        page_token=asked.page_token or None,
    )
    return wire.encode_versions(page.items, page.token)


def _download_uri(services: Services, asked: wire.Version) -> bytes:
    return wire.encode_download_uri(services.registry.download_uri(asked.name, asked.version))


def _transition_stage(services: Services, asked: wire.TransitionStage) -> bytes:
    moved = services.registry.move_version(
        asked.name, asked.version, asked.stage, archives=bool(asked.archive_existing_versions)
    )
    return wire.encode_version(moved)


def _set_version_tag(services: Services, asked: wire.SetVersionTag) -> bytes:
    services.registry.set_version_tag(asked.name, asked.version, asked.key, asked.value)
    return EMPTY


def _delete_version_tag(services: Services, asked: wire.DeleteVersionTag) -> bytes:
    services.registry.delete_version_tag(asked.name, asked.version, asked.key)
    return EMPTY


ANSWERS: dict[str, Callable[[Services, Any], bytes]] = {
    "registered-models/create": _create_model,
    "registered-models/get": _get_model,
    "registered-models/rename": _rename_model,
    "registered-models/update": _update_model,
    "registered-models/delete": _delete_model,
    "registered-models/search": _search_models,
    "registered-models/get-latest-versions": _latest_versions,
    "registered-models/set-tag": _set_model_tag,
    "registered-models/delete-tag": _delete_model_tag,
    "registered-models/alias": _set_alias,
    "registered-models/get-alias": _get_alias,
    "registered-models/delete-alias": _delete_alias,
    "model-versions/create": _create_version,
    "model-versions/get": _get_version,
    "model-versions/update": _update_version,
    "model-versions/delete": _delete_version,
    "model-versions/search": _search_versions,
    "model-versions/get-download-uri": _download_uri,
    "model-versions/transition-stage": _transition_stage,
    "model-versions/set-tag": _set_version_tag,
    "model-versions/delete-tag": _delete_version_tag,
}
