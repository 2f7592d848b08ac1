"""Which registry is meant when none is named: that of the tracking store, unless one is chosen."""

from __future__ import annotations

import os

from epochal.client.environment import variable
from epochal.client.stores import open_store
from epochal.client.tracking_uri import get_tracking_uri
from epochal.settings import anchor

NAME = "REGISTRY_URI"
_chosen: list[tuple[str, str]] = []  # at most one: as it was given, and as an absolute spelling


def set_registry_uri(uri: str | os.PathLike[str] | None) -> None:
    """Keep registered models in another store than runs; empty or None for the same again.

    Raises:
        InvalidParameterError: the URI names no store.

    """
    text = os.fspath(uri) if uri else ""
    if text:
        open_store(text)
    _chosen[:] = [(text, anchor(text))] if text else []


def get_registry_uri() -> str:
    """The URI of the registry as it was given, or that of the tracking store."""
    return _chosen[0][0] if _chosen else variable(NAME) or get_tracking_uri()


def current_registry_uri() -> str | None:
    """The URI of a registry that was chosen; None for that of the tracking store."""
    return _chosen[0][1] if _chosen else variable(NAME)
