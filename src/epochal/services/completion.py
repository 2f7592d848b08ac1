"""Help with writing a filter: what may come next, and what is wrong so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

from epochal.entities.model_version import STAGES
from epochal.errors import InvalidParameterError
from epochal.search.completion import Known, complete
from epochal.search.printer import to_name
from epochal.search.tree import Kind
from epochal.services.tables import RunSelection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import Completion
    from epochal.search.tree import Entity, Field
    from epochal.services.fields import Fields
    from epochal.services.registry import Registry
    from epochal.services.tables import Tables

_KEYS = 1_000  # as many are looked through for a part; beyond, keys must begin with it
_VALUES = 50
_MODELS = 1_000  # as many are looked through


@dataclass(frozen=True, slots=True)
class Completions:
    """Candidates from the grammar and from what runs have. Stateless: safe from any thread."""

    fields: Fields
    tables: Tables
    registry: Registry

    def complete(
        self, text: str, cursor: int, experiment_ids: Sequence[str], kind: str = "run"
    ) -> Completion:
        """What may be written at a place of a filter; see `search.completion.complete`.

        Raises InvalidParameterError for an unknown kind or an impossible experiment id.
        """
        if kind not in get_args(Kind):
            raise InvalidParameterError(
                f"Invalid value {kind[:80]!r} for parameter 'kind' supplied: it must be one of "
                f"{', '.join(get_args(Kind))}"
            )
        ids = experiment_ids if kind == "run" else ()
        known = _Held(self.fields, self.tables, self.registry, ids)
        return complete(text, cursor, known, cast("Kind", kind))


@dataclass(frozen=True, slots=True)
class _Held:
    """The catalogue of some experiments, as far as it is asked for."""

    fields: Fields
    tables: Tables
    registry: Registry
    experiment_ids: Sequence[str]

    def keys(self, entity: Entity, part: str) -> Sequence[Known]:
        """Keys that contain `part`; of very many keys those that begin with it."""
        if not self.experiment_ids:
            return []
        page = self.fields.list(self.experiment_ids, [entity], max_results=_KEYS)
        if page.token:
            page = self.fields.list(self.experiment_ids, [entity], part, max_results=_KEYS)
        return [
            Known(found.key, found.count)
            for found in page.items
            if part.lower() in found.key.lower()
        ]

    def values(self, of: Field, prefix: str) -> Sequence[Known]:
        """Texts of a field that begin with `prefix`, the most frequent first."""
        if of.relation == "model":
            return self._of_models(of.key, prefix)
        if of.relation is not None:
            return []
        if not self.experiment_ids or of.entity not in {"attribute", "param", "tag"}:
            return []
        found = self.tables.list_values(
            RunSelection(self.experiment_ids), to_name(of), prefix=prefix, max_results=_VALUES
        )
        return [Known(str(value.value), value.count) for value in found]

    def _of_models(self, key: str, prefix: str) -> Sequence[Known]:
        """Stages, and the names and aliases of registered models, by name."""
        if key == "stage":
            found: list[str] = list(STAGES)
        elif key in {"name", "alias"}:
            models = self.registry.search_models(max_results=_MODELS).items
            aliases = [alias for model in models for alias in model.aliases]
            found = [model.name for model in models] if key == "name" else sorted(set(aliases))
        else:
            return []
        return [Known(text) for text in found if text.startswith(prefix)][:_VALUES]
