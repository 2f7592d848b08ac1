"""Delivering journals that their own process left behind: killed, or out of time at its end."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from epochal.client.batches import BATCH_BYTES, Batch, Collector
from epochal.client.delivery import PASSING, deliver
from epochal.client.notices import warn
from epochal.client.reading import (
    DamagedSegmentError,
    SegmentHeader,
    read_delivered,
    read_header,
    read_records,
)
from epochal.client.salvage import Salvage
from epochal.client.segment import HEADER_SIZE, SUFFIX
from epochal.client.shipping import Shipment, Shipper
from epochal.client.stores import open_online
from epochal.client.writers import (
    OWNER,
    PARCELS,
    REFUSED,
    has_writers,
    iter_orphans,
    remove_if_empty,
    writer_folders,
)
from epochal.errors import InvalidParameterError, NotFoundError
from epochal.settings import (
    OFFLINE,
    is_offline,
    is_remote,
    journal_folder,
    locate_store,
    offline_folder,
    user_journals,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from epochal.client.reading import Record
    from epochal.client.transport import Transport


MAX_DEPTH = 6  # how far below a folder its journals are looked for
_NO_JOURNALS = frozenset({"artifacts", "node_modules", ".git", "site-packages", REFUSED})


@dataclass(slots=True)
class Outcome:
    """What became of the journals in a folder."""

    delivered: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Each journal and the store that it went to."""
    shipments: list[tuple[str, Shipment]] = field(default_factory=list["tuple[str, Shipment]"])
    """What offline folders came to, store by store."""
    problems: list[str] = field(default_factory=list[str])
    """Journals that nothing can be told of yet, or whose store takes nothing at present."""
    searched: int = 0
    """How many folders of journals were found, with something to deliver or not."""

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left of what was found."""
        return not self.problems and not any(shipment.problems for _, shipment in self.shipments)


def sync(folder: str, tracking_uri: str | None = None) -> Outcome:
    """Deliver what lies in a folder: journals of ended processes, or all of an offline folder.

    Args:
        folder: a folder that was logged into offline, a store's, one of journals, that of one
            writer, as its last message named it, or one that holds such folders.
        tracking_uri: the store to deliver to; the one that the writers meant if None.

    Raises:
        NotFoundError: there is no such folder.

    """
    if not os.path.isdir(folder):
        raise NotFoundError("folder", folder)
    outcome = Outcome()
    folder = os.path.abspath(folder)
    one = folder if os.path.exists(os.path.join(folder, OWNER)) else None
    for journals in _journals_in(folder):
        outcome.searched += 1
        try:
            _sync_offline(journals, one, tracking_uri, outcome)
            _sync_orphans(journals, one, tracking_uri, outcome)
        except PASSING as fault:  # journals for other stores need not wait for this one
            outcome.problems.append(f"{journals}: {fault}")
    return outcome


def _sync_orphans(
    journals: str, one: str | None, tracking_uri: str | None, outcome: Outcome
) -> None:
    for writer, owner in iter_orphans(journals):
        try:
            target = read_owner(writer)
            if one in {None, writer} and not is_offline(target):
                store = tracking_uri or target
                deliver_folder(writer, open_online(store).transport)
                outcome.delivered.append((writer, store))
        finally:
            os.close(owner)


def default_folders(tracking_uri: str | None = None) -> list[str]:
    """Where journals lie if nobody says where: those of the current store and of this user.

    Raises:
        InvalidParameterError: the tracking URI names no store.

    """
    from epochal.client.tracking_uri import get_tracking_uri

    uri = tracking_uri or get_tracking_uri()
    if is_offline(uri):
        current = offline_folder(uri)
    else:
        current = journal_folder(uri) if is_remote(uri) else locate_store(uri).journal_folder
    users = user_journals()
    places = [users] if current.is_relative_to(users) else [current, users]
    return [str(place) for place in places if place.is_dir()]


def _journals_in(folder: str) -> list[str]:
    """The folders of journals that a folder is, belongs to, or holds some levels down."""
    if os.path.exists(os.path.join(folder, OWNER)):
        return [os.path.dirname(folder)]
    found: list[str] = []
    for place, below, _ in os.walk(folder):
        depth = len(os.path.relpath(place, folder).split(os.sep))
        if has_writers(place):
            found.append(place)
            below.clear()
        elif depth > MAX_DEPTH:
            below.clear()
        else:
            below[:] = sorted(name for name in below if name not in _NO_JOURNALS)
    return found


def _sync_offline(
    journals: str, one: str | None, tracking_uri: str | None, outcome: Outcome
) -> None:
    root = os.path.dirname(journals) if os.path.basename(journals) == "journal" else journals
    by_store: dict[str, list[str]] = {}
    folders = writer_folders(journals)
    whole = [folder for folder in folders if os.path.exists(os.path.join(folder, OWNER))]
    outcome.problems += [
        f"{os.path.join(f, OWNER)} is not there yet" for f in {*folders} - {*whole}
    ]
    for writer in _by_age(whole):
        target = read_owner(writer)
        if one in {None, writer} and is_offline(target):
            store = tracking_uri or target[len(OFFLINE) :] or _current_store(root)
            by_store.setdefault(store, []).append(writer)
    for store, writers in by_store.items():
        shipper = Shipper(root, store, open_online(store).transport)
        outcome.shipments.append((store, shipper.shipment))
        shipper.ship(writers)


def _by_age(folders: list[str]) -> list[str]:
    """The oldest first: a run begins in one process and goes on in a later one."""
    return sorted(folders, key=lambda path: os.stat(os.path.join(path, OWNER)).st_mtime_ns)


def _current_store(folder: str) -> str:
    from epochal.client.tracking_uri import get_tracking_uri

    store = get_tracking_uri()
    if is_offline(store):
        raise InvalidParameterError(
            f"The folder {folder!r} does not say which store it is for, and the tracking URI "
            f"{store!r} is none; name one with --tracking-uri"
        )
    return store


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
            if not is_offline(read_owner(folder)):
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
        content = _read_file(path)
        sender = f"{writer}.{name.removesuffix(SUFFIX)}" if content.is_anonymous else writer
        for batch in _batches(content):
            if batch.runs:
                deliver(transport, batch, sender, journals)
        if content.damage is None:
            os.unlink(path)
        else:
            _keep_damaged(path, journals, content.damage)
    if os.path.isdir(os.path.join(folder, PARCELS)):
        (adopt or partial(carry_left, transport))(folder)
    remove_if_empty(folder)


def carry_left(transport: Transport, folder: str) -> None:
    """Send the files that a dead writer left. Raises as `take_in_orphans`."""
    from epochal.client.transfers import porter

    porter.carry_left(folder, lambda run_id: transport.files(transport.get_run(run_id).info))


@dataclass(slots=True)
class _Content:
    """What a segment file holds."""

    header: SegmentHeader
    records: list[tuple[int, Record]]
    damage: str | None = None  # what is wrong, and what was saved

    @property
    def is_anonymous(self) -> bool:
        """Whether its place in the journal, and thereby its delivery numbers, are unknown."""
        return not self.header.size


def _read_file(path: str) -> _Content:
    with open(path, "rb") as file:
        data = file.read()
    if not data.strip(b"\0"):
        return _Content(SegmentHeader(0, 0, HEADER_SIZE), [])  # made beforehand and never used
    try:
        header = read_header(data)
    except DamagedSegmentError as damage:
        saved = Salvage().read(data)
        found = SegmentHeader(0, 0, read_delivered(data))
        return _Content(found, saved.records, f"{damage}. {saved}")
    reading = read_records(data)
    if reading.damage is not None:
        saved = Salvage().read(data)
        text = f"{reading.damage}, at byte {reading.damaged_at} of {len(data)}. {saved}"
        return _Content(header, saved.records, text)
    content = _Content(header, reading.records)
    if len(data) < header.size:
        content.damage = (
            f"it has {len(data)} of {header.size} bytes. {len(reading.records)} records could "
            "be read"
        )
    return content


def _batches(content: _Content) -> Iterator[Batch]:
    header = content.header
    collector, batch, start = Collector(), Batch(header.base), 0
    for offset, record in content.records:
        # Records that were delivered still tell what the series numbers behind them mean.
        collector.add(batch if offset > header.delivered else Batch(), record)
        batch.end = header.base + offset
        if offset - start > BATCH_BYTES:
            yield batch
            batch, start = Batch(batch.end), offset
    yield batch


def _keep_damaged(path: str, journals: str, damage: str) -> None:
    folder = os.path.join(journals, REFUSED)
    writer = os.path.basename(os.path.dirname(path))
    kept = os.path.join(folder, f"{writer}-{os.path.basename(path)}")
    with contextlib.suppress(OSError):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        os.replace(path, kept)
    warn(
        "epochal: a journal is damaged: %s. What could be read was delivered; the file is kept "
        "in %s",
        damage,
        kept,
    )
