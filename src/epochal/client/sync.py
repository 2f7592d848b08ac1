"""Delivering journals that their own process left behind: killed, or out of time at its end."""

from __future__ import annotations

import contextlib
import os
from functools import partial
from typing import TYPE_CHECKING

from epochal.client.batches import BATCH_BYTES, Batch, Collector
from epochal.client.delivery import deliver
from epochal.client.notices import warn
from epochal.client.reading import DamagedSegmentError, read_header, read_records
from epochal.client.segment import SUFFIX
from epochal.client.writers import OWNER, PARCELS, REFUSED, iter_orphans, remove_if_empty
from epochal.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from epochal.client.transport import Transport


def sync(folder: str, tracking_uri: str | None = None) -> int:
    """Deliver what dead processes left in a folder; say how many journals there were.

    Args:
        folder: the folder of one writer, as its last message named it, or one of many.
        tracking_uri: the store to deliver to; the one that the writers meant if None.

    Raises:
        NotFoundError: there is no such folder.
        ConnectionLostError, UnavailableError, UnauthenticatedError: the store takes nothing
            now; what is left stays.

    """
    from epochal.client.stores import open_store

    if not os.path.isdir(folder):
        raise NotFoundError("folder", folder)
    folder = os.path.abspath(folder)
    journals = os.path.dirname(folder) if os.path.exists(os.path.join(folder, OWNER)) else folder
    count = 0
    for writer, owner in iter_orphans(journals):
        try:
            if folder in {journals, writer}:
                store = open_store(tracking_uri or read_owner(writer))
                deliver_folder(writer, store.transport)
                count += 1
        finally:
            os.close(owner)
    return count


def take_in_orphans(
    journals: str, transport: Transport, adopt: Callable[[str], None] | None = None
) -> int:
    """Deliver every journal in a folder whose process is dead; say how many there were.

    Files that wait in it are handed to `adopt`, by the folder they lie in; without it they
    are sent here and now.

    Raises:
        ConnectionLostError, UnavailableError, UnauthenticatedError: what is left stays for
            the next time.

    """
    count = 0
    for folder, owner in iter_orphans(journals):
        try:
            deliver_folder(folder, transport, adopt)
            count += 1
        finally:
            os.close(owner)
    return count


def read_owner(folder: str) -> str:
    """The tracking URI that a writer's folder is for. Raises OSError."""
    with open(os.path.join(folder, OWNER), encoding="utf-8") as file:
        return file.read()


def deliver_folder(
    folder: str, transport: Transport, adopt: Callable[[str], None] | None = None
) -> None:
    """Deliver the segments and files of one dead writer in order and remove them.

    The caller holds the lock of its owner. Raises as `take_in_orphans`.
    """
    writer, journals = os.path.basename(folder), os.path.dirname(folder)
    names = sorted(name for name in os.listdir(folder) if name.endswith(SUFFIX))
    for name in names:
        path = os.path.join(folder, name)
        damage = None
        for batch, damage in _read_batches(path):  # noqa: B007 - the last damage is looked at
            if batch.runs:
                deliver(transport, batch, writer, journals)
        if damage is None:
            os.unlink(path)
        else:
            _keep_damaged(path, journals, damage)
    if os.path.isdir(os.path.join(folder, PARCELS)):
        (adopt or partial(carry_left, transport))(folder)
    remove_if_empty(folder)


def carry_left(transport: Transport, folder: str) -> None:
    """Send the files that a dead writer left. Raises as `take_in_orphans`."""
    from epochal.client.transfers import porter

    porter.carry_left(folder, lambda run_id: transport.files(transport.get_run(run_id).info))


def _read_batches(path: str) -> Iterator[tuple[Batch, str | None]]:
    """The batches of one segment file, and beside the last what is wrong with the rest."""
    with open(path, "rb") as file:
        data = file.read()
    if not data.strip(b"\0"):
        return  # made beforehand and never used
    try:
        header = read_header(data)
    except DamagedSegmentError as damage:
        yield Batch(), str(damage)
        return
    reading = read_records(data)
    if reading.damage is None and len(data) < header.size:
        reading.damage = f"it has {len(data)} of {header.size} bytes"
    collector, batch, start = Collector(), Batch(header.base), 0
    for offset, record in reading.records:
        # Records that were delivered still tell what the series numbers behind them mean.
        collector.add(batch if offset > header.delivered else Batch(), record)
        batch.end = header.base + offset
        if offset - start > BATCH_BYTES:
            yield batch, None
            batch, start = Batch(batch.end), offset
    yield batch, reading.damage


def _keep_damaged(path: str, journals: str, damage: str) -> None:
    folder = os.path.join(journals, REFUSED)
    writer = os.path.basename(os.path.dirname(path))
    kept = os.path.join(folder, f"{writer}-{os.path.basename(path)}")
    with contextlib.suppress(OSError):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        os.replace(path, kept)
    warn(
        "epochal: a journal is damaged: %s. What stands before the damage was delivered; "
        "the file is kept in %s",
        damage,
        kept,
    )
