"""Which store is meant when none is named."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from epochal.client.environment import variable
from epochal.client.stores import default_uri, open_store
from epochal.errors import InvalidParameterError
from epochal.settings import anchor

if TYPE_CHECKING:
    from epochal.client.outbox import Outbox

NAME = "TRACKING_URI"
_chosen: list[str] = []  # at most one
_anchored: dict[str, str] = {}
"""Absolute spellings of what is chosen: a script that changes its folder keeps its store."""


def set_tracking_uri(uri: str | os.PathLike[str] | None) -> None:
    """Log into another store from here on, and so do child processes.

    Args:
        uri: a folder, `file:///folder`, `sqlite:///file.db`, `postgresql://…`, or the address
            of a server, or `offline:folder` to log without any. Empty or None: back to the
            default.

    Raises:
        InvalidParameterError: the URI names no store.

    """
    text = "" if uri is None else _as_text(uri)
    _anchored.clear()
    if text:
        open_store(text)
        _anchored[text] = anchor(text)
    _chosen[:] = [text] if text else []
    for spelling in (f"EPOCHAL_{NAME}", f"MLFLOW_{NAME}"):
        if spelling.startswith("MLFLOW") or spelling in os.environ:
            os.environ[spelling] = text


def get_tracking_uri() -> str:
    """The URI of the store as it was given: by a call, by the environment, or the default."""
    if _chosen:
        return _chosen[0]
    return variable(NAME) or _default()


def _default() -> str:
    """The default of the folder in which it was first asked for."""
    found = _anchored.get("")
    if found is None:
        found = _anchored[""] = default_uri()
    return found


def open_current() -> Outbox:
    """The way into the store that holds at present, wherever the script has moved since."""
    text = get_tracking_uri()
    found = _anchored.get(text)
    if found is None:
        found = _anchored[text] = anchor(text)
    return open_store(found)


def is_tracking_uri_set() -> bool:
    """Whether a call or the environment names the store."""
    return bool(_chosen or variable(NAME))


def resolve(uri: str | os.PathLike[str] | None) -> str:
    """The given URI as text, or the one that holds at present."""
    if uri is None:
        return get_tracking_uri()
    text = _as_text(uri)
    if not text:
        raise InvalidParameterError("The tracking URI '' is empty; give a folder or an address")
    return text


def _as_text(uri: str | os.PathLike[str]) -> str:
    """The URI as text, a path as an absolute one."""
    if isinstance(uri, PurePath):
        return str(Path(uri).expanduser().absolute())
    try:
        text = os.fspath(uri)
    except TypeError:
        text = None
    if not isinstance(text, str):
        raise InvalidParameterError(
            f"Invalid tracking URI {uri!r} of type {type(uri).__name__}: it must be a text or "
            "a path, such as 'http://server:5000' or 'sqlite:///runs.db'"
        )
    return text
