"""From a tracking URI to the way into its store; one per process and place."""

from __future__ import annotations

import atexit
import os
import threading
from functools import partial
from typing import TYPE_CHECKING

from epochal.client.environment import is_set, variable
from epochal.client.outbox import Outbox, without_password
from epochal.settings import (
    OFFLINE,
    anchor,
    default_folder,
    is_offline,
    is_remote,
    journal_folder,
    locate_store,
    offline_folder,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.client.transport import Transport
    from epochal.settings import StoreLocation

OFFLINE_FOLDER = "epochal-offline"  # in the working folder, if EPOCHAL_OFFLINE names none
_SWITCHES = frozenset({"1", "true", "yes", "on"})

_open: dict[str, Outbox] = {}
_offline_folders: dict[str, str] = {}  # by what EPOCHAL_OFFLINE says: where that was at first
_lock = threading.RLock()
_endings: list[Callable[[], None]] = []


def open_store(uri: str) -> Outbox:
    """The outbox for a tracking URI, the same one for every spelling of the same place.

    With `EPOCHAL_OFFLINE` it is a folder, from which the store is reached later.

    Raises:
        InvalidParameterError: the URI names no store.

    """
    if is_offline(uri):
        return _open_offline(str(offline_folder(uri)), "")
    if is_set("OFFLINE"):
        return _open_offline(_chosen_offline_folder(), without_password(anchor(uri)))
    return open_online(uri)


def _open_offline(folder: str, target: str) -> Outbox:
    from epochal.client.offline_outbox import OfflineOutbox

    key = f"{OFFLINE}{folder}\0{target}"
    with _lock:
        found = _open.get(key)
        if found is None:
            found = _open[key] = OfflineOutbox(folder, target)
        return found


def _chosen_offline_folder() -> str:
    """Where `EPOCHAL_OFFLINE` says, seen from the folder in which it was first asked for."""
    given = variable("OFFLINE") or ""
    found = _offline_folders.get(given)
    if found is None:
        name = OFFLINE_FOLDER if given.strip().lower() in _SWITCHES else given
        found = _offline_folders[given] = str(offline_folder(f"{OFFLINE}{name}"))
    return found


def open_online(uri: str) -> Outbox:
    """The outbox for a store, whatever `EPOCHAL_OFFLINE` says. Raises as `open_store`."""
    if is_remote(uri):
        return _outbox(uri.rstrip("/"), uri, str(journal_folder(uri)), partial(_connect, uri))
    place = locate_store(uri)  # now: a relative path means the folder of this moment
    opener = partial(_open_embedded, place)
    return _outbox(place.database_url, uri, str(place.journal_folder), opener)


def default_uri() -> str:
    """The URI of the nearest `.epochal/` upward, else of one in the working folder."""
    return default_folder().as_uri()


def _outbox(key: str, uri: str, journals: str, opener: Callable[[], Transport]) -> Outbox:
    with _lock:
        found = _open.get(key)
        if found is None:
            found = _open[key] = Outbox(uri, key, journals, opener)
        return found


def _connect(uri: str) -> Transport:
    from epochal.client.http import HttpTransport

    return HttpTransport(uri)


def _open_embedded(place: StoreLocation) -> Transport:
    from epochal.client.embedded import EmbeddedTransport
    from epochal.wiring import open_embedded

    transport = EmbeddedTransport(open_embedded(place))
    _arm()
    return transport


def flush_all(timeout_s: float = 60.0) -> bool:
    """Wait until everything logged so far is stored, everywhere; False if it cannot be now."""
    with _lock:
        outboxes = list(_open.values())
    # Each, whatever the others do; files first, since what describes them comes behind them.
    flushed = [outbox.flush_files(timeout_s) for outbox in outboxes]
    flushed += [outbox.flush(timeout_s) for outbox in outboxes]
    return all(flushed)


def before_exit(end: Callable[[], None]) -> None:
    """Have something done before the last delivery of this process."""
    _endings.append(end)


def close_all() -> None:
    """Deliver what is left, within the grace, and let go of everything. At exit."""
    for end in _endings:
        end()
    with _lock:
        outboxes = list(_open.values())
    for outbox in outboxes:
        outbox.close()


def _after_fork() -> None:
    global _lock  # noqa: PLW0603 - another thread of the parent may have held it
    _lock = threading.RLock()


_endings: list[Callable[[], None]] = []


def _arm() -> None:
    """Be the first to act at exit: what a store needs to run ends itself at exit as well."""
    atexit.unregister(close_all)
    atexit.register(close_all)


_arm()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
