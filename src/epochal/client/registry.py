"""The model registry as `MlflowClient` offers it, wherever the registry is."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from epochal.client.drafts import as_search
from epochal.client.stores import open_store
from epochal.entities import ModelVersion, PagedList, RegisteredModel
from epochal.entities.model_version import STAGES
from epochal.errors import AlreadyExistsError, EpochalError, InvalidParameterError
from epochal.rules.model_uris import RUNS, is_model_uri, parse_model_uri
from epochal.rules.registry import LATEST, read_version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.client.outbox import Outbox
    from epochal.client.transport import Transport
    from epochal.entities import Page
    from epochal.rules.model_uris import ModelUri

AWAIT_S = 300  # how long a version may take to become ready, as MLflow has it
_POLL_S = 1.0
_MAX_MODELS = 100
_MAX_VERSIONS = 10_000


class ModelShelf(Protocol):
    """Registered models and their versions. `services.registry` says what each call means."""

    def create_model(
        self, name: str, description: str | None = None, tags: Mapping[str, str] | None = None
    ) -> RegisteredModel:
        """Raises AlreadyExistsError."""
        ...

    def get_model(self, name: str) -> RegisteredModel:
        """The model, whole."""
        ...

    def rename_model(self, name: str, new_name: str) -> RegisteredModel:
        """Raises AlreadyExistsError."""
        ...

    def describe_model(self, name: str, description: str | None) -> RegisteredModel:
        """Set or take away the description."""
        ...

    def delete_model(self, name: str) -> None:
        """For good, with all its versions."""
        ...

    def search_models(
        self,
        filter_text: str | None = None,
        order_by: Sequence[str] = (),
        *,
        max_results: int = 100,
        page_token: str | None = None,
    ) -> Page[RegisteredModel]:
        """One page of models."""
        ...

    def latest_versions(self, name: str, stages: Sequence[str] = ()) -> list[ModelVersion]:
        """The newest version of each stage."""
        ...

    def set_model_tag(self, name: str, key: str, value: str) -> None:
        """Upsert."""
        ...

    def delete_model_tag(self, name: str, key: str) -> None:
        """An absent tag is no error."""
        ...

    def set_alias(self, name: str, alias: str, version: str | int) -> None:
        """Let a version bear an alias."""
        ...

    def delete_alias(self, name: str, alias: str) -> None:
        """An absent alias is no error."""
        ...

    def get_by_alias(self, name: str, alias: str) -> ModelVersion:
        """The version that bears an alias."""
        ...

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
        ...

    def get_version(self, name: str, version: str | int) -> ModelVersion:
        """The version, whole."""
        ...

    def download_uri(self, name: str, version: str | int) -> str:
        """Where the files of a version lie."""
        ...

    def describe_version(
        self, name: str, version: str | int, description: str | None
    ) -> ModelVersion:
        """Set or take away the description."""
        ...

    def move_version(
        self, name: str, version: str | int, stage: str, *, archives: bool = False
    ) -> ModelVersion:
        """Move a version to a stage."""
        ...

    def delete_version(self, name: str, version: str | int) -> None:
        """For good."""
        ...

    def search_versions(
        self,
        filter_text: str | None = None,
        order_by: Sequence[str] = (),
        *,
        max_results: int = 10_000,
        page_token: str | None = None,
    ) -> Page[ModelVersion]:
        """One page of versions."""
        ...

    def set_version_tag(self, name: str, version: str | int, key: str, value: str) -> None:
        """Upsert."""
        ...

    def delete_version_tag(self, name: str, version: str | int, key: str) -> None:
        """An absent tag is no error."""
        ...


class RegistryClient:
    """A client of one registry, which is that of the tracking store unless another is named.

    Versions are given as numbers or as texts of them. Methods that name a model raise
    ModelNotFoundError, those that name a version VersionNotFoundError.
    """

    def __init__(self, outbox: Outbox, registry_uri: str | None) -> None:
        self._outbox = outbox
        self._registry_outbox = open_store(registry_uri) if registry_uri else outbox

    @property
    def _models(self) -> ModelShelf:
        return self._registry_outbox.reader().models

    # Registered models

    def create_registered_model(
        self,
        name: str,
        tags: Mapping[str, Any] | None = None,
        description: str | None = None,
        deployment_job_id: str | None = None,
    ) -> RegisteredModel:
        """A name for versions to come. Raises AlreadyExistsError."""
        del deployment_job_id
        return self._models.create_model(_text("name", name), description, _texts(tags))

    def rename_registered_model(self, name: str, new_name: str) -> RegisteredModel:
        """Versions, tags and aliases follow. Raises AlreadyExistsError."""
        return self._models.rename_model(_text("name", name), _text("new_name", new_name))

    def update_registered_model(
        self, name: str, description: str | None = None, deployment_job_id: str | None = None
    ) -> RegisteredModel:
        """Set the description; None takes it away."""
        del deployment_job_id
        return self._models.describe_model(_text("name", name), description)

    def delete_registered_model(self, name: str) -> None:
        """For good, with all its versions."""
        self._models.delete_model(_text("name", name))

    def get_registered_model(self, name: str) -> RegisteredModel:
        """The model with its tags, aliases and the newest version of each stage."""
        return self._models.get_model(_text("name", name))

    def search_registered_models(
        self,
        filter_string: str | None = None,
        max_results: int = _MAX_MODELS,
        order_by: Sequence[str] | None = None,
        page_token: str | None = None,
    ) -> PagedList[RegisteredModel]:
        """One page of models, by name unless `order_by` says otherwise."""
        search = as_search(filter_string, order_by, 1, max_results, page_token)
        page = self._models.search_models(
            search.filter_text,
            search.order_by,
            max_results=search.max_results,
            page_token=search.page_token,
        )
        return PagedList(page.items, page.token)

    def set_registered_model_tag(self, name: str, key: str, value: Any) -> None:
        """Set or overwrite a tag."""
        self._models.set_model_tag(_text("name", name), _text("key", key), str(value))

    def delete_registered_model_tag(self, name: str, key: str) -> None:
        """Remove a tag; an absent one is no error."""
        self._models.delete_model_tag(_text("name", name), _text("key", key))

    def set_registered_model_alias(self, name: str, alias: str, version: str | int) -> None:
        """Let a version bear an alias such as `champion`, and no other one."""
        number = read_version(version)
        self._models.set_alias(_text("name", name), _text("alias", alias), number)

    def delete_registered_model_alias(self, name: str, alias: str) -> None:
        """Take an alias away; an absent one is no error."""
        self._models.delete_alias(_text("name", name), _text("alias", alias))

    # Versions

    def create_model_version(
        self,
        name: str,
        source: str,
        run_id: str | None = None,
        tags: Mapping[str, Any] | None = None,
        run_link: str | None = None,
        description: str | None = None,
        await_creation_for: int | None = AWAIT_S,
        model_id: str | None = None,
    ) -> ModelVersion:
        """The next version of a model, whose files lie at `source`.

        Raises ModelNotFoundError when the model is not there yet, InvalidParameterError for a
        source that a server does not take.
        """
        made = self._models.create_version(
            _text("name", name),
            _text("source", source),
            run_id=run_id or "",
            run_link=run_link or "",
            model_id=model_id,
            description=description,
            tags=_texts(tags),
        )
        return self._await_version(made, await_creation_for)

    def copy_model_version(self, src_model_uri: str, dst_name: str) -> ModelVersion:
        """A version of another model, or of the same, with the same files and run."""
        source = self.resolve_model_uri(parse_model_uri(_text("src_model_uri", src_model_uri)))
        with suppress(AlreadyExistsError):  # then it gets one more version
            self.create_registered_model(dst_name)
        uri = f"models:/{source.name}/{source.version}"
        return self.create_model_version(dst_name, uri, source.run_id)

    def resolve_model_uri(self, uri: ModelUri) -> ModelVersion:
        """The version that `models:/…` names. Raises NotFoundError, InvalidParameterError."""
        models = self._models
        if uri.model_id is not None:
            raise InvalidParameterError(
                f"'models:/{uri.model_id}' names no registered version; write "
                f"'models:/{uri.model_id}/1', '…/Production', '…/latest' or '…@alias'"
            )
        if uri.version is not None:
            return models.get_version(uri.name, uri.version)
        if uri.alias is not None:
            return models.get_by_alias(uri.name, uri.alias)
        stages = STAGES if uri.stage == LATEST else (str(uri.stage),)
        found = models.latest_versions(uri.name, stages)
        if not found:
            raise InvalidParameterError(
                f"No versions of model with name '{uri.name}' and stage '{uri.stage}' found"
            )
        return max(found, key=lambda version: version.version)

    def get_model_version(self, name: str, version: str | int) -> ModelVersion:
        """The version with its tags and aliases."""
        return self._models.get_version(_text("name", name), read_version(version))

    def get_model_version_by_alias(self, name: str, alias: str) -> ModelVersion:
        """The version that bears an alias. Raises InvalidParameterError when none does."""
        return self._models.get_by_alias(_text("name", name), _text("alias", alias))

    def get_model_version_download_uri(self, name: str, version: str | int) -> str:
        """Where the files of a version lie."""
        return self._models.download_uri(_text("name", name), read_version(version))

    def get_model_version_stages(self, name: str, version: str | int) -> list[str]:
        """The stages that a version can be in."""
        del name, version
        return list(STAGES)

    def get_latest_versions(
        self, name: str, stages: Sequence[str] | None = None
    ) -> list[ModelVersion]:
        """The newest version of each stage, or of those named."""
        return self._models.latest_versions(_text("name", name), list(stages or ()))

    def update_model_version(
        self, name: str, version: str | int, description: str | None = None
    ) -> ModelVersion:
        """Set the description; None takes it away."""
        return self._models.describe_version(
            _text("name", name), read_version(version), description
        )

    def transition_model_version_stage(
        self, name: str, version: str | int, stage: str, archive_existing_versions: bool = False
    ) -> ModelVersion:
        """Move a version to None, Staging, Production or Archived, the others out if asked to."""
        return self._models.move_version(
            _text("name", name),
            read_version(version),
            _text("stage", stage),
            archives=archive_existing_versions,
        )

    def delete_model_version(self, name: str, version: str | int) -> None:
        """For good; the number is not given again."""
        self._models.delete_version(_text("name", name), read_version(version))

    def search_model_versions(
        self,
        filter_string: str | None = None,
        max_results: int = _MAX_VERSIONS,
        order_by: Sequence[str] | None = None,
        page_token: str | None = None,
    ) -> PagedList[ModelVersion]:
        """One page of versions of all models, the last changed first."""
        search = as_search(filter_string, order_by, 1, max_results, page_token)
        page = self._models.search_versions(
            search.filter_text,
            search.order_by,
            max_results=search.max_results,
            page_token=search.page_token,
        )
        return PagedList(page.items, page.token)

    def set_model_version_tag(
        self,
        name: str,
        version: str | int | None = None,
        key: str | None = None,
        value: Any = None,
        stage: str | None = None,
    ) -> None:
        """Set or overwrite a tag of a version, or of the newest one in a stage."""
        number = self._version_or_stage(name, version, stage)
        self._models.set_version_tag(name, number, _text("key", key), str(value))

    def delete_model_version_tag(
        self,
        name: str,
        version: str | int | None = None,
        key: str | None = None,
        stage: str | None = None,
    ) -> None:
        """Remove a tag; an absent one is no error."""
        number = self._version_or_stage(name, version, stage)
        self._models.delete_version_tag(name, number, _text("key", key))

    def _version_or_stage(self, name: str, version: str | int | None, stage: str | None) -> int:
        if (version is None) == (stage is None):
            raise InvalidParameterError("Give exactly one of version and stage")
        if version is not None:
            return read_version(version)
        found = self._models.latest_versions(_text("name", name), [str(stage)])
        if not found:
            raise InvalidParameterError(f"Could not find any model version for {stage} stage")
        return found[0].version

    def _await_version(self, made: ModelVersion, await_s: int | None) -> ModelVersion:
        """Wait until a version is ready; ours always is, other servers' may copy files first."""
        deadline = time.monotonic() + (await_s or 0)
        while made.status == "PENDING_REGISTRATION" and await_s:
            if time.monotonic() > deadline:
                raise EpochalError(
                    f"Exceeded max wait time for model name: {made.name} version: {made.version} "
                    f"to become READY. Status: {made.status} Wait Time: {await_s}"
                )
            time.sleep(_POLL_S)
            made = self._models.get_version(made.name, made.version)
        if made.status == "FAILED_REGISTRATION":
            raise EpochalError(
                f"Model version creation failed for model name: {made.name} version: "
                f"{made.version} with status: {made.status} and message: {made.status_message}"
            )
        return made


def locate_source(transport: Transport, client: RegistryClient, model_uri: str) -> tuple[str, str]:
    """Where the files that a URI names lie, and the run that they are from, empty if none.

    `runs:/…` becomes a place in an artifact store, `models:/…` the very version meant.

    Raises:
        NotFoundError: the run or the version is absent.
        InvalidParameterError: the run has no such files, or the URI is not understood.

    """
    if is_model_uri(model_uri):
        version = client.resolve_model_uri(parse_model_uri(model_uri))
        return f"models:/{version.name}/{version.version}", version.run_id
    if not model_uri.startswith(RUNS):
        return model_uri, ""
    run_id, _, path = model_uri.removeprefix(RUNS).strip("/").partition("/")
    if not run_id or not path:
        raise InvalidParameterError(
            f"Not a proper runs:/ URI: {model_uri}. It must be of the form "
            "'runs:/<run id>/<path of the model>'"
        )
    run = transport.get_run(run_id)
    files = transport.files(run.info)
    folder, _, name = path.rpartition("/")
    if not any(item.path.rpartition("/")[2] == name for item in files.list_artifacts(folder)):
        raise InvalidParameterError(
            f"Unable to find a model at {path!r} among the artifacts of run {run_id}; log it "
            "first, or name the path that it was logged under"
        )
    return f"{run.info.artifact_uri.rstrip('/')}/{path}", run_id


def _text(what: str, given: Any) -> str:
    if not isinstance(given, str) or not given:
        raise InvalidParameterError(f"Invalid {what} {given!r}: it must be a text, and not empty")
    return given


def _texts(tags: Mapping[str, Any] | None) -> dict[str, str]:
    return {key: str(value) for key, value in (tags or {}).items()}
