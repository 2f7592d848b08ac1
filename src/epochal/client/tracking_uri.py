"""Which store is meant when none is named."""

from __future__ import annotations

import os
from pathlib import PurePath

from epochal.client.environment import variable
from epochal.client.stores import default_uri, open_store
from epochal.errors import InvalidParameterError

NAME = "TRACKING_URI"
_chosen: list[str] = []  # at most one


def set_tracking_uri(uri: str | os.PathLike[str]) -> None:
    """Log into another store from here on, and so do child processes.

    Args:
        uri: a folder, `file:///folder`, `sqlite:///file.db`, `postgresql://…`, or the address
            of a server. Empty: back to the default.

    Raises:
        InvalidParameterError: the URI names no store.

    """
    if isinstance(uri, PurePath):
        uri = str(uri.absolute() if hasattr(uri, "absolute") else uri)  # type: ignore[attr-defined]
    text = os.fspath(uri)
    if text:
        open_store(text)
    _chosen[:] = [text] if text else []
    for spelling in (f"EPOCHAL_{NAME}", f"MLFLOW_{NAME}"):
        if spelling.startswith("MLFLOW") or spelling in os.environ:
            os.environ[spelling] = text


def get_tracking_uri() -> str:
    """The URI of the store as it was given: by a call, by the environment, or the default."""
    if _chosen:
        return _chosen[0]
    return variable(NAME) or default_uri()


def is_tracking_uri_set() -> bool:
    """Whether a call or the environment names the store."""
    return bool(_chosen or variable(NAME))


def resolve(uri: str | os.PathLike[str] | None) -> str:
    """The given URI as text, or the one that holds at present."""
    if uri is None:
        return get_tracking_uri()
    text = os.fspath(uri)
    if not text:
        raise InvalidParameterError("The tracking URI '' is empty; give a folder or an address")
    return text
