"""Files on their way to the store, in a folder beside the journal, where a crash leaves them.

A parcel is a frame as in the journal (size and crc32 of what follows), a head in JSON, and the
content, copied before the call returns that logs it, so that whoever logged it may change or
remove the original. A long parcel is a file, whose head is written last: without it the
parcel is not there. Small ones that are logged together share a file, a crate. Hard links would be quicker than copies, but a file that is written
anew in place would change with them; where the file system can share blocks, copies do.
"""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import shutil
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from zlib import crc32

from epochal.client.records import FRAME
from epochal.client.writers import PARCELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from epochal.client.transfers.digests import Identity

SUFFIX = ".parcel"
SMALL_BYTES = 256 << 10  # up to here content is read, and kept in memory for as long as it waits
_CONTENT_AT = 8192  # in long parcels: whole blocks, which file systems can share
_LEAST_FREE_BYTES = 1 << 30  # a copy may not take the last of a disk
_LEAST_FREE_SHARE = 0.05
_CHUNK_BYTES = 8 << 20


class NoRoomError(Exception):
    """No disk takes a parcel; the caller sends the file itself."""


class Crate:
    """The file that holds parcels; it is removed with the last of them."""

    def __init__(self, place: str) -> None:
        self.place = place
        self._left = 0
        self._lock = threading.Lock()

    def add(self) -> None:
        """One more parcel lies in it."""
        with self._lock:
            self._left += 1

    def take_out(self) -> None:
        """One parcel is needed no more."""
        with self._lock:
            self._left -= 1
            is_empty = not self._left
        if is_empty:
            with contextlib.suppress(OSError):
                os.unlink(self.place)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file of a run, packed."""

    crate: Crate
    run_id: str
    path: str
    size: int
    at: int  # where in the file the content begins
    logged_ms: int
    content: bytes | None = None  # of a small parcel that this process has packed
    identity: Identity | None = None  # of the file that this process has packed a long one from

    @property
    def key(self) -> tuple[str, str]:
        """Which artifact it will be."""
        return self.run_id, self.path

    @property
    def place(self) -> str:
        """The file that it lies in."""
        return self.crate.place

    def open(self) -> BinaryIO:
        """The content; whoever asks closes it. Raises OSError."""
        if self.content is not None:
            return io.BytesIO(self.content)
        file = open(self.place, "rb", buffering=0)  # noqa: SIM115 - handed to the caller
        file.seek(self.at)
        if self.size <= SMALL_BYTES:  # others may lie behind it
            with file:
                return io.BytesIO(file.read(self.size))
        return cast("BinaryIO", file)


@dataclass(frozen=True, slots=True)
class Label:
    """What a parcel says about itself."""

    run_id: str
    path: str
    logged_ms: int

    def head(self, size: int, at: int | None = None) -> bytes:
        """The frame and the head of a parcel; the content follows at once, or at `at`."""
        body: dict[str, Any] = {
            "run_id": self.run_id,
            "path": self.path,
            "size": size,
            "logged_ms": self.logged_ms,
        }
        if at is not None:
            body["at"] = at
        data = json.dumps(body, ensure_ascii=False).encode()
        return FRAME.pack(len(data), crc32(data)) + data

    def parcel(self, crate: Crate, size: int, at: int, content: bytes | None = None) -> Parcel:
        """The parcel that lies in a crate."""
        crate.add()
        return Parcel(crate, self.run_id, self.path, size, at, self.logged_ms, content)


def pack_small(place: str, items: Sequence[tuple[Label, bytes]]) -> list[Parcel]:
    """Pack what is at hand into one crate. Raises NoRoomError."""
    crate = Crate(place)
    packed: list[Parcel] = []
    pieces: list[bytes] = []
    end = 0
    for label, content in items:
        head = label.head(len(content))
        pieces += head, content
        is_small = len(content) <= SMALL_BYTES
        at = end + len(head)
        packed.append(label.parcel(crate, len(content), at, content if is_small else None))
        end = at + len(content)
    with _room_for(place):
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            data = memoryview(b"".join(pieces))
            while data:
                data = data[os.write(descriptor, data) :]
        finally:
            os.close(descriptor)
    return packed


def pack_file(place: str, label: Label, source: BinaryIO, size: int) -> Parcel:
    """Pack the rest of an open file. Raises NoRoomError; OSError of the source."""
    if size <= SMALL_BYTES:
        content = source.read(SMALL_BYTES + 1)
        if len(content) <= SMALL_BYTES:
            return pack_small(place, [(label, content)])[0]
        source.seek(-len(content), os.SEEK_CUR)
    _check_room(place, size)
    with _room_for(place), open(place, "xb", buffering=0) as target:
        target.seek(_CONTENT_AT)
        copied = _copy(source, target)
        target.seek(0)
        target.write(label.head(copied, _CONTENT_AT))
    return label.parcel(Crate(place), copied, _CONTENT_AT)


def _copy(source: BinaryIO, target: Any) -> int:
    """Copy to the end, in the kernel where it can be, and say how much it was."""
    copied = 0
    try:
        start = source.tell()
        while count := os.copy_file_range(
            source.fileno(), target.fileno(), 1 << 30, start + copied, _CONTENT_AT + copied
        ):
            copied += count
    except (OSError, AttributeError) as fault:
        if getattr(fault, "errno", None) in {errno.ENOSPC, errno.EDQUOT}:
            raise
    else:
        if copied:  # some file systems that make up their files answer nothing here
            return copied
    source.seek(copied, os.SEEK_CUR)
    target.seek(_CONTENT_AT + copied)
    shutil.copyfileobj(source, target, _CHUNK_BYTES)
    return target.tell() - _CONTENT_AT


def _check_room(place: str, size: int) -> None:
    try:
        disk = shutil.disk_usage(os.path.dirname(place))
    except OSError as fault:
        raise NoRoomError(str(fault)) from None
    if disk.free - size < max(_LEAST_FREE_BYTES, _LEAST_FREE_SHARE * disk.total):
        raise NoRoomError(f"{os.path.dirname(place)} has only {disk.free} bytes left")


class _room_for:  # noqa: N801 - used like a function
    """Removes a parcel that could not be finished; says so when the disk is the reason."""

    def __init__(self, place: str) -> None:
        self._place = place

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, fault: BaseException | None, _: object) -> None:
        if fault is None:
            return
        with contextlib.suppress(OSError):
            os.unlink(self._place)
        if isinstance(fault, OSError):
            raise NoRoomError(str(fault)) from None


def read_parcels(place: str) -> list[Parcel]:
    """The parcels in a file; none, or fewer, if its process died while it packed them.

    Raises:
        OSError: it cannot be read.

    """
    crate, found = Crate(place), list[Parcel]()
    with open(place, "rb") as file:
        end = os.fstat(file.fileno()).st_size
        start = 0
        while (head := _read_head(file, start)) is not None:
            body, behind = head
            at, size = body.get("at", behind), body["size"]
            if at + size > end:
                break
            label = Label(body["run_id"], body["path"], body["logged_ms"])
            found.append(label.parcel(crate, size, at))
            start = at + size
    return found


def _read_head(file: BinaryIO, start: int) -> tuple[dict[str, Any], int] | None:
    """The head that begins at an offset, and the offset behind it; None if there is none."""
    file.seek(start)
    frame = file.read(FRAME.size)
    if len(frame) < FRAME.size:
        return None
    size, checksum = FRAME.unpack(frame)
    body = file.read(size) if 0 < size <= _CONTENT_AT else b""
    if not body or len(body) < size or crc32(body) != checksum:
        return None
    return json.loads(body), start + FRAME.size + size


def iter_left(folder: str) -> Iterator[str]:
    """The files with parcels in a dead writer's folder, oldest first; unfinished are removed."""
    try:
        names = sorted(os.listdir(os.path.join(folder, PARCELS)))
    except OSError:
        return
    for name in names:
        place = os.path.join(folder, PARCELS, name)
        with contextlib.suppress(FileNotFoundError):
            if read_parcels(place):
                yield place
            else:
                os.unlink(place)


def copy_alone(parcel: Parcel, place: str) -> None:
    """Put a parcel into a file of its own somewhere else, and take it out of its crate.

    Raises:
        OSError, NoRoomError: it stays where it is.

    """
    label = Label(parcel.run_id, parcel.path, parcel.logged_ms)
    with parcel.open() as content:
        pack_file(place, label, content, parcel.size)
    parcel.crate.take_out()
