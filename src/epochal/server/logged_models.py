"""Answers about logged models. No store keeps any yet, and a search says just that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.wire.encoding import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.services import Services
    from epochal.wire.logged_models import SearchLoggedModels


def _search(_: Services, __: SearchLoggedModels) -> bytes:
    return EMPTY


ANSWERS: dict[str, Callable[[Services, Any], bytes]] = {"logged-models/search": _search}
