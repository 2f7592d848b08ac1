"""What one can do with saved views."""

from __future__ import annotations

import json
import math
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from epochal.entities import SavedView
from epochal.errors import InvalidParameterError
from epochal.rules import limits
from epochal.rules.names import check_experiment_id
from epochal.search.lexer import UNSTORABLE
from epochal.services.clock import now_ms
from epochal.services.pages import check_page_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.entities import Page
    from epochal.ports.tracking import TrackingStore
    from epochal.ports.views import ViewStore

_WHOLE = range(limits.MIN_INT64, limits.MAX_INT64 + 1)


@dataclass(frozen=True, slots=True)
class Views:
    """Named ways to look at runs, shared by all users. Stateless: safe from any thread."""

    store: ViewStore
    tracking: TrackingStore

    def create(
        self,
        name: str,
        experiment_ids: Sequence[str] = (),
        query: Mapping[str, Any] | None = None,
        owner: str = "",
    ) -> SavedView:
        """A new view, of a name that no view for the same experiments has.

        Raises InvalidParameterError, NotFoundError, ViewExistsError.
        """
        now = now_ms()
        view = SavedView(
            view_id=uuid.uuid4().hex,
            name=_check_name(name),
            experiment_ids=self._check_present(experiment_ids),
            query=_check_query(query or {}),
            owner=_check_owner(owner),
            created_ms=now,
            updated_ms=now,
        )
        self.store.create_view(view)
        return view

    def search(
        self,
        experiment_ids: Sequence[str] = (),
        *,
        max_results: int = 100,
        page_token: str | None = None,
    ) -> Page[SavedView]:
        """By name. With experiments: those saved for one of them, or for none in particular."""
        check_page_size(max_results, limits.MAX_PAGE_VIEWS)
        return self.store.search_views(
            _check_experiments(experiment_ids), max_results, page_token or None
        )

    def update(
        self,
        view_id: str,
        *,
        name: str | None = None,
        experiment_ids: Sequence[str] | None = None,
        query: Mapping[str, Any] | None = None,
    ) -> SavedView:
        """Change what is given. Raises NotFoundError, InvalidParameterError, ViewExistsError."""
        view = self.store.get_view(view_id)
        if name is not None:
            view = replace(view, name=_check_name(name))
        if experiment_ids is not None:
            listed = self._check_present(experiment_ids, known=view.experiment_ids)
            view = replace(view, experiment_ids=listed)
        if query is not None:
            view = replace(view, query=_check_query(query))
        view = replace(view, updated_ms=max(now_ms(), view.created_ms))
        self.store.replace_view(view)
        return view

    def delete(self, view_id: str) -> None:
        """Raises NotFoundError."""
        self.store.delete_view(view_id)

    def _check_present(
        self, experiment_ids: Sequence[str], known: Sequence[str] = ()
    ) -> list[str]:
        """The experiments, each once. Raises NotFoundError for one that is not there."""
        listed = _check_experiments(experiment_ids)
        for experiment_id in listed:
            if experiment_id not in known:
                self.tracking.get_experiment(experiment_id)
        return listed


def _check_name(name: str) -> str:
    unfit = not name.strip() or UNSTORABLE.search(name)
    if unfit or len(name) > limits.MAX_VIEW_NAME_LENGTH:
        raise InvalidParameterError(
            f"Invalid name of a view: {name[:80]!r}; give 1 to {limits.MAX_VIEW_NAME_LENGTH} "
            "characters that are not all blank, without NUL or halves of surrogate pairs"
        )
    return name


def _check_owner(owner: str) -> str:
    if UNSTORABLE.search(owner) or len(owner) > limits.MAX_VIEW_NAME_LENGTH:
        raise InvalidParameterError(
            f"Invalid owner of a view: {owner[:80]!r}; give at most "
            f"{limits.MAX_VIEW_NAME_LENGTH} characters, without NUL or halves of surrogate pairs"
        )
    return owner


def _check_experiments(experiment_ids: Sequence[str]) -> list[str]:
    if len(experiment_ids) > limits.MAX_VIEW_EXPERIMENTS:
        raise InvalidParameterError(
            f"{len(experiment_ids)} experiments are named; at most "
            f"{limits.MAX_VIEW_EXPERIMENTS} are allowed"
        )
    for experiment_id in experiment_ids:
        check_experiment_id(experiment_id)
    return list(dict.fromkeys(experiment_ids))


def _check_query(query: Mapping[str, Any]) -> dict[str, Any]:
    try:
        size = len(json.dumps(query))
        _check_value(query, "query")
    except RecursionError:
        raise InvalidParameterError("The query of a view is nested too deeply") from None
    if size > limits.MAX_VIEW_QUERY_LENGTH:
        raise InvalidParameterError(
            f"The query of a view has {size} characters of JSON; at most "
            f"{limits.MAX_VIEW_QUERY_LENGTH} are allowed"
        )
    return dict(query)


def _check_value(value: object, place: str) -> None:
    """Refuse what could be stored and never be told again as JSON."""
    if isinstance(value, str):
        _check_text(value, place)
    elif isinstance(value, float) and not math.isfinite(value):
        raise InvalidParameterError(
            f"Invalid number {value} at {place} of a view; JSON knows finite numbers only"
        )
    elif isinstance(value, int) and value not in _WHOLE:
        raise InvalidParameterError(
            f"Invalid number at {place} of a view; whole numbers must fit into 64 bits"
        )
    elif isinstance(value, dict):
        for key, inner in cast("dict[str, object]", value).items():
            _check_text(key, f"a key of {place}")
            _check_value(inner, f"{place}.{key[:80]}")
    elif isinstance(value, list):
        for index, inner in enumerate(cast("list[object]", value)):
            _check_value(inner, f"{place}[{index}]")


def _check_text(text: str, place: str) -> None:
    found = UNSTORABLE.search(text)
    if found:
        raise InvalidParameterError(
            f"Invalid text at {place} of a view: the character {found.group()!r} at character "
            f"{found.start()} is not allowed; leave out NUL and halves of surrogate pairs"
        )
