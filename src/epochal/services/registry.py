"""What one can do with registered models and their versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from epochal.entities import Page
from epochal.errors import InvalidParameterError, NotFoundError
from epochal.ports.registry import NewModel, NewVersion, RegistryQuery
from epochal.rules import limits
from epochal.rules import registry as rules
from epochal.rules.model_uris import (
    ModelUri,
    check_served_source,
    check_source,
    is_model_uri,
    parse_model_uri,
)
from epochal.search.algebra import comparisons, conjunction, negation
from epochal.search.parser import parse_filter, parse_order_by
from epochal.search.tree import And, Comparison, Field, Not, Or
from epochal.services.clock import now_ms
from epochal.services.pages import check_page_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.entities import ModelVersion, RegisteredModel, Stage
    from epochal.ports.registry import RegistryStore
    from epochal.ports.tracking import TrackingStore
    from epochal.search.tree import Kind, Node
    from epochal.services.locations import Presentation

_PROMPT = Field("tag", rules.PROMPT_TAG)
_IS_PROMPT = Comparison(_PROMPT, "=", "true")


@dataclass(frozen=True, slots=True)
class Registry:
    """Registered models, their versions, tags, stages and aliases. Safe from any thread.

    Methods that name a model raise ModelNotFoundError, those that name a version
    VersionNotFoundError; versions may be given as numbers or as texts of them. A served
    registry takes sources from where its clients may point it only; see `rules.model_uris`.
    """

    store: RegistryStore
    runs: TrackingStore
    presentation: Presentation
    is_served: bool = True

    def create_model(
        self,
        name: str,
        description: str | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> RegisteredModel:
        """Raises InvalidParameterError, AlreadyExistsError."""
        rules.check_model_name(name)
        rules.check_description(description)
        fitted = rules.fit_model_tags(tags)
        return self.store.create_model(NewModel(name, now_ms(), description, fitted))

    def get_model(self, name: str) -> RegisteredModel:
        """The model, whole."""
        rules.check_model_name(name)
        return self.presentation.model(self.store.get_model(name))

    def rename_model(self, name: str, new_name: str) -> RegisteredModel:
        """Raises InvalidParameterError, AlreadyExistsError."""
        rules.check_model_name(name)
        rules.check_model_name(new_name)
        return self.presentation.model(self.store.rename_model(name, new_name, now_ms()))

    def describe_model(self, name: str, description: str | None) -> RegisteredModel:
        """Set the description; None takes it away."""
        rules.check_model_name(name)
        rules.check_description(description)
        return self.presentation.model(self.store.describe_model(name, description, now_ms()))

    def delete_model(self, name: str) -> None:
        """For good, with all its versions."""
        rules.check_model_name(name)
        self.store.delete_model(name)

    def search_models(
        self,
        filter_text: str | None = None,
        order_by: Sequence[str] = (),
        *,
        max_results: int = 100,
        page_token: str | None = None,
    ) -> Page[RegisteredModel]:
        """One page of models. Raises InvalidParameterError and its SearchSyntaxErrors."""
        check_page_size(max_results, limits.MAX_PAGE_MODELS)
        query = _query("registered_model", filter_text, order_by, max_results, page_token)
        page = self.store.search_models(query)
        return Page([self.presentation.model(model) for model in page.items], page.token)

    def latest_versions(self, name: str, stages: Sequence[str] = ()) -> list[ModelVersion]:
        """The newest version of each of these stages, or of each that has one."""
        rules.check_model_name(name)
        named: list[Stage] = [rules.read_stage(stage) for stage in stages]
        found = self.store.latest_versions(name, named or rules.STAGES)
        return [self.presentation.version(version) for version in found]

    def set_model_tag(self, name: str, key: str, value: str) -> None:
        """Raises InvalidParameterError."""
        rules.check_model_name(name)
        self.store.set_model_tag(name, key, rules.fit_model_tag(key, value))

    def delete_model_tag(self, name: str, key: str) -> None:
        """An absent tag is no error."""
        rules.check_reference("tag", key)
        rules.check_model_name(name)
        self.store.delete_model_tag(name, key)

    def set_alias(self, name: str, alias: str, version: str | int) -> None:
        """Let a version bear an alias, and no other one. Raises InvalidParameterError."""
        rules.check_model_name(name)
        rules.check_alias(alias)
        self.store.set_alias(name, alias, rules.read_version(version))

    def delete_alias(self, name: str, alias: str) -> None:
        """An absent alias is no error."""
        rules.check_reference("alias", alias)
        rules.check_model_name(name)
        self.store.delete_alias(name, alias)

    def get_by_alias(self, name: str, alias: str) -> ModelVersion:
        """The version that bears an alias; `latest` is the greatest number.

        Raises InvalidParameterError for an alias that no version bears, as MLflow does.
        """
        rules.check_reference("alias", alias)
        rules.check_model_name(name)
        if alias.lower() == rules.LATEST:
            return self._newest(name)
        found = self.store.find_alias(name, alias)
        if found is None:
            raise InvalidParameterError(f"Registered model alias {alias} not found.")
        return self.presentation.version(found)

    def _newest(self, name: str) -> ModelVersion:
        found = self.store.latest_versions(name, rules.STAGES)
        if not found:
            raise NotFoundError("version of the registered model", name)
        return self.get_version(name, max(version.version for version in found))

    def resolve(self, uri: ModelUri) -> ModelVersion:
        """The version that a URI names. Raises NotFoundError, InvalidParameterError."""
        if uri.model_id is not None:
            raise NotFoundError("logged model", uri.model_id)
        if uri.version is not None:
            return self.get_version(uri.name, uri.version)
        if uri.alias is not None:
            return self.get_by_alias(uri.name, uri.alias)
        if uri.stage in {None, rules.LATEST}:
            return self._newest(uri.name)
        found = self.latest_versions(uri.name, [str(uri.stage)])
        if not found:
            raise NotFoundError(f"version of the model {uri.name!r} in the stage", str(uri.stage))
        return found[0]

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
        """The next version of a model, registered from a path, a URI or another version.

        Raises:
            InvalidParameterError: the source lies where it must not, or a text is not legal.
            NotFoundError: the model, the version to copy or the logged model is absent.

        """
        rules.check_model_name(name)
        rules.check_description(description)
        rules.check_reference("run_id", run_id)
        rules.check_reference("run_link", run_link)
        check_source(source)
        fitted = rules.fit_model_tags(tags)
        self.store.get_model(name)
        source, storage, run_id = self._origin(source, run_id, model_id)
        new = NewVersion(
            name,
            source,
            storage,
            now_ms(),
            run_id=run_id,
            run_link=run_link,
            model_id=model_id,
            description=description or "",
            tags=fitted,
        )
        return self.presentation.version(self.store.create_version(new))

    def _origin(self, source: str, run_id: str, model_id: str | None) -> tuple[str, str, str]:
        """The source and the storage to keep, and the run; those of a copied version are its own."""
        if is_model_uri(source):
            uri = _uri_of_source(source, model_id)
            copied = self.resolve(uri)
            storage = self.store.get_storage(copied.name, copied.version)
            return f"models:/{copied.name}/{copied.version}", storage, run_id or copied.run_id
        if model_id:
            raise NotFoundError("logged model", model_id)
        if self.is_served:
            check_served_source(source, run_id, self._root_of(run_id))
        kept = self.presentation.stored(source)
        return kept, kept, run_id

    def _root_of(self, run_id: str) -> str | None:
        try:
            return self.presentation.run(self.runs.get_run(run_id)).info.artifact_uri
        except NotFoundError:
            return None

    def get_version(self, name: str, version: str | int) -> ModelVersion:
        """The version, whole, with its aliases."""
        rules.check_model_name(name)
        found = self.store.get_version(name, rules.read_version(version))
        return self.presentation.version(found)

    def download_uri(self, name: str, version: str | int) -> str:
        """Where the files of a version lie, whichever version it was copied from."""
        rules.check_model_name(name)
        storage = self.store.get_storage(name, rules.read_version(version))
        return self.presentation.uri(storage)

    def describe_version(
        self, name: str, version: str | int, description: str | None
    ) -> ModelVersion:
        """Set the description; None takes it away."""
        rules.check_model_name(name)
        rules.check_description(description)
        number = rules.read_version(version)
        return self.presentation.version(
            self.store.describe_version(name, number, description, now_ms())
        )

    def move_version(
        self, name: str, version: str | int, stage: str, *, archives: bool = False
    ) -> ModelVersion:
        """Move a version to a stage; with `archives` whatever else is there is archived.

        Raises InvalidParameterError for an unknown stage, and for archiving what is no holder
        of Staging or Production.
        """
        rules.check_model_name(name)
        target = rules.read_stage(stage)
        if archives:
            rules.check_archiving(target)
        number = rules.read_version(version)
        return self.presentation.version(
            self.store.move_version(name, number, target, now_ms(), archives=archives)
        )

    def delete_version(self, name: str, version: str | int) -> None:
        """For good; the number is not given again."""
        rules.check_model_name(name)
        self.store.delete_version(name, rules.read_version(version), now_ms())

    def search_versions(
        self,
        filter_text: str | None = None,
        order_by: Sequence[str] = (),
        *,
        max_results: int = 10_000,
        page_token: str | None = None,
    ) -> Page[ModelVersion]:
        """One page of versions. Raises InvalidParameterError and its SearchSyntaxErrors."""
        check_page_size(max_results, limits.MAX_PAGE_VERSIONS)
        query = _query("model_version", filter_text, order_by, max_results, page_token)
        page = self.store.search_versions(query)
        return Page([self.presentation.version(one) for one in page.items], page.token)

    def set_version_tag(self, name: str, version: str | int, key: str, value: str) -> None:
        """Raises InvalidParameterError."""
        rules.check_model_name(name)
        fitted = rules.fit_model_tag(key, value)
        self.store.set_version_tag(name, rules.read_version(version), key, fitted)

    def delete_version_tag(self, name: str, version: str | int, key: str) -> None:
        """An absent tag is no error."""
        rules.check_reference("tag", key)
        rules.check_model_name(name)
        self.store.delete_version_tag(name, rules.read_version(version), key)


def _uri_of_source(source: str, model_id: str | None) -> ModelUri:
    uri = parse_model_uri(source)
    if uri.model_id is not None and uri.model_id != model_id:
        raise InvalidParameterError(
            f"Invalid model version source: '{source}'. The model_id request parameter must "
            "identify the resource that contains the source."
        )
    return uri


def _query(
    kind: Kind, filter_text: str | None, order_by: Sequence[str], limit: int, token: str | None
) -> RegistryQuery:
    where = without_prompts(parse_filter(filter_text, kind))
    return RegistryQuery(where, parse_order_by(order_by, kind), limit, token or None)


def without_prompts(node: Node | None) -> Node:
    """A filter that leaves out prompts, which are kept as models, unless it asks for them.

    What is not tagged as a prompt is none: `!= 'true'` and `= 'false'` match it too.
    """
    asks = any(
        one.field == _PROMPT and (one.operator, one.value) in {("=", "true"), ("!=", "false")}
        for one in comparisons(node)
    )
    if node is None:
        return negation(_IS_PROMPT)
    read = _untagged_are_none(node)
    return read if asks else conjunction([read, negation(_IS_PROMPT)])


def _untagged_are_none(node: Node) -> Node:
    if isinstance(node, And):
        return And(tuple(_untagged_are_none(part) for part in node.parts))
    if isinstance(node, Or):
        return Or(tuple(_untagged_are_none(part) for part in node.parts))
    if isinstance(node, Not):
        return Not(_untagged_are_none(node.part))
    if node.field == _PROMPT and (node.operator, node.value) in {("!=", "true"), ("=", "false")}:
        return Not(_IS_PROMPT)
    return node
