"""The registry of a server, ours or MLflow's, in MLflow's wire protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from epochal.client.connection import error_of
from epochal.wire import registry as wire
from epochal.wire.encoding import encode
from epochal.wire.experiments import Tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.client.connection import Connections
    from epochal.entities import ModelVersion, Page, RegisteredModel
    from epochal.wire.decoding import Message

MLFLOW = "/api/2.0/mlflow/"
JSON = {"Content-Type": "application/json"}
HTTP_ERROR = 400
MODELS = "registered-models/"
VERSIONS = "model-versions/"


class HttpRegistry:
    """A `ModelShelf` behind a server."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def create_model(
        self, name: str, description: str | None = None, tags: Mapping[str, str] | None = None
    ) -> RegisteredModel:
        """Raises AlreadyExistsError."""
        message = wire.CreateModel(name=name, description=description, tags=_tags(tags))
        body = self._ask("POST", f"{MODELS}create", message, is_repeatable=False)
        return wire.decode_model(body)

    def get_model(self, name: str) -> RegisteredModel:
        """The model, whole."""
        return wire.decode_model(self._look_up(f"{MODELS}get", {"name": name}))

    def rename_model(self, name: str, new_name: str) -> RegisteredModel:
        """Raises AlreadyExistsError."""
        message = wire.RenameModel(name=name, new_name=new_name)
        body = self._ask("POST", f"{MODELS}rename", message, is_repeatable=False)
        return wire.decode_model(body)

    def describe_model(self, name: str, description: str | None) -> RegisteredModel:
        """Set or take away the description."""
        message = wire.UpdateModel(name=name, description=description)
        return wire.decode_model(self._ask("PATCH", f"{MODELS}update", message))

    def delete_model(self, name: str) -> None:
        """For good, with all its versions."""
        message = wire.ModelName(name=name)
        self._ask("DELETE", f"{MODELS}delete", message, is_repeatable=False)

    def search_models(
        self,
        filter_text: str | None = None,
        order_by: Sequence[str] = (),
        *,
        max_results: int = 100,
        page_token: str | None = None,
    ) -> Page[RegisteredModel]:
        """One page of models."""
        query = _search(filter_text, order_by, max_results, page_token)
        return wire.decode_models(self._look_up(f"{MODELS}search", query))

    def latest_versions(self, name: str, stages: Sequence[str] = ()) -> list[ModelVersion]:
        """The newest version of each stage."""
        message = wire.LatestVersions(name=name, stages=list(stages))
        body = self._ask("POST", f"{MODELS}get-latest-versions", message)
        return wire.decode_versions(body).items

    def set_model_tag(self, name: str, key: str, value: str) -> None:
        """Upsert."""
        message = wire.SetModelTag(name=name, key=key, value=value)
        self._ask("POST", f"{MODELS}set-tag", message)

    def delete_model_tag(self, name: str, key: str) -> None:
        """An absent tag is no error."""
        message = wire.DeleteModelTag(name=name, key=key)
        self._ask("DELETE", f"{MODELS}delete-tag", message)

    def set_alias(self, name: str, alias: str, version: str | int) -> None:
        """Let a version bear an alias."""
        message = wire.SetAlias(name=name, alias=alias, version=str(version))
        self._ask("POST", f"{MODELS}alias", message)

    def delete_alias(self, name: str, alias: str) -> None:
        """An absent alias is no error."""
        self._ask("DELETE", f"{MODELS}alias", wire.Alias(name=name, alias=alias))

    def get_by_alias(self, name: str, alias: str) -> ModelVersion:
        """The version that bears an alias."""
        body = self._look_up(f"{MODELS}alias", {"name": name, "alias": alias})
        return wire.decode_version(body)

    def create_version(
        self,
        name: str,
        source: str,
        *,
        run_id: str = "",
        run_link: str = "",
        model_id: str | None = None,
        description: str | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> ModelVersion:
        """The next version of a model."""
        message = wire.CreateVersion(
            name=name,
            source=source,
            run_id=run_id,
            run_link=run_link,
            model_id=model_id,
            description=description,
            tags=_tags(tags),
        )
        body = self._ask("POST", f"{VERSIONS}create", message, is_repeatable=False)
        return wire.decode_version(body)

    def get_version(self, name: str, version: str | int) -> ModelVersion:
        """The version, whole."""
        return wire.decode_version(self._about("get", name, version))

    def download_uri(self, name: str, version: str | int) -> str:
        """Where the files of a version lie."""
        return wire.decode_download_uri(self._about("get-download-uri", name, version))

    def _about(self, what: str, name: str, version: str | int) -> bytes:
        return self._look_up(f"{VERSIONS}{what}", {"name": name, "version": str(version)})

    def describe_version(
        self, name: str, version: str | int, description: str | None
    ) -> ModelVersion:
        """Set or take away the description."""
        message = wire.UpdateVersion(name=name, version=str(version), description=description)
        return wire.decode_version(self._ask("PATCH", f"{VERSIONS}update", message))

    def move_version(
        self, name: str, version: str | int, stage: str, *, archives: bool = False
    ) -> ModelVersion:
        """Move a version to a stage."""
        message = wire.TransitionStage(
            name=name, version=str(version), stage=stage, archive_existing_versions=archives
        )
        body = self._ask("POST", f"{VERSIONS}transition-stage", message)
        return wire.decode_version(body)

    def delete_version(self, name: str, version: str | int) -> None:
        """For good."""
        message = wire.Version(name=name, version=str(version))
        self._ask("DELETE", f"{VERSIONS}delete", message, is_repeatable=False)

    def search_versions(
        self,
        filter_text: str | None = None,
        order_by: Sequence[str] = (),
        *,
        max_results: int = 10_000,
        page_token: str | None = None,
    ) -> Page[ModelVersion]:
        """One page of versions."""
        query = _search(filter_text, order_by, max_results, page_token)
        return wire.decode_versions(self._look_up(f"{VERSIONS}search", query))

    def set_version_tag(self, name: str, version: str | int, key: str, value: str) -> None:
        """Upsert."""
        message = wire.SetVersionTag(name=name, version=str(version), key=key, value=value)
        self._ask("POST", f"{VERSIONS}set-tag", message)

    def delete_version_tag(self, name: str, version: str | int, key: str) -> None:
        """An absent tag is no error."""
        message = wire.DeleteVersionTag(name=name, version=str(version), key=key)
        self._ask("DELETE", f"{VERSIONS}delete-tag", message)

    def _look_up(self, name: str, query: Mapping[str, str | Sequence[str]]) -> bytes:
        text = urlencode(query, doseq=True, quote_via=quote)
        return self._send("GET", f"{name}?{text}", None, is_repeatable=True)

    def _ask(
        self, method: str, name: str, message: Message, *, is_repeatable: bool = True
    ) -> bytes:
        return self._send(method, name, encode(message), is_repeatable=is_repeatable)

    def _send(self, method: str, path: str, body: bytes | None, *, is_repeatable: bool) -> bytes:
        headers = {} if body is None else JSON
        answer = self._connections.request(
            method, f"{MLFLOW}{path}", body, headers, is_repeatable=is_repeatable
        )
        if answer.status >= HTTP_ERROR:
            raise error_of(answer)
        return answer.body


def _search(
    filter_text: str | None, order_by: Sequence[str], max_results: int, page_token: str | None
) -> dict[str, str | Sequence[str]]:
    query: dict[str, str | Sequence[str]] = {"max_results": str(max_results)}
    if filter_text:
        query["filter"] = filter_text
    if order_by:
        query["order_by"] = list(order_by)
    if page_token:
        query["page_token"] = page_token
    return query


def _tags(tags: Mapping[str, str] | None) -> list[Tag]:
    return [Tag(key=key, value=value) for key, value in (tags or {}).items()]
