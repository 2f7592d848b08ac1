"""Files on their way to the store, in a folder beside the journal, where a crash leaves them.

A parcel is one file: a frame as in the journal (size and crc32 of what follows), a head in
JSON, and the content, copied before the call returns that logs it, so that whoever logged it
may change or remove the original. The head of a long parcel is written last: without it the
parcel is not there. Hard links would be quicker than copies, but a file that is written
anew in place would change with them; where the file system can share blocks, copies do.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from zlib import crc32

from epochal.client.records import FRAME
from epochal.client.writers import PARCELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from epochal.client.transfers.digests import Identity

SUFFIX = ".parcel"
SMALL_BYTES = 256 << 10  # up to here content is read, and kept in memory for as long as it waits
_CONTENT_AT = 8192  # in long parcels: whole blocks, which file systems can share
_LEAST_FREE_BYTES = 1 << 30  # a copy may not take the last of a disk
_LEAST_FREE_SHARE = 0.05
_CHUNK_BYTES = 8 << 20


class NoRoomError(Exception):
    """No disk takes a parcel; the caller sends the file itself."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file of a run, packed."""

    place: str
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

    def open(self) -> BinaryIO:
        """The content; whoever asks closes it. Raises OSError."""
        if self.content is not None:
            import io

            return io.BytesIO(self.content)
        file = open(self.place, "rb", buffering=0)  # noqa: SIM115 - handed to the caller
        file.seek(self.at)
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

    def parcel(self, place: str, size: int, at: int, content: bytes | None = None) -> Parcel:
        """The parcel that lies at a place."""
        return Parcel(place, self.run_id, self.path, size, at, self.logged_ms, content)


def pack_bytes(place: str, label: Label, content: bytes) -> Parcel:
    """Pack what is at hand. Raises NoRoomError."""
    head = label.head(len(content))
    with _room_for(place):
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            data = head + content
            while data:
                data = data[os.write(descriptor, data) :]
        finally:
            os.close(descriptor)
    is_small = len(content) <= SMALL_BYTES
    return label.parcel(place, len(content), len(head), content if is_small else None)


def pack_file(place: str, label: Label, source: BinaryIO, size: int) -> Parcel:
    """Pack the rest of an open file. Raises NoRoomError; OSError of the source."""
    if size <= SMALL_BYTES:
        content = source.read(SMALL_BYTES + 1)
        if len(content) <= SMALL_BYTES:
            return pack_bytes(place, label, content)
        source.seek(-len(content), os.SEEK_CUR)
    _check_room(place, size)
    with _room_for(place), open(place, "xb", buffering=0) as target:
        target.seek(_CONTENT_AT)
        copied = _copy(source, target)
        target.seek(0)
        target.write(label.head(copied, _CONTENT_AT))
    return label.parcel(place, copied, _CONTENT_AT)


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


def read_parcel(place: str) -> Parcel | None:
    """The parcel at a place; None if its process died before it was finished. Raises OSError."""
    with open(place, "rb") as file:
        frame = file.read(FRAME.size)
        if len(frame) < FRAME.size:
            return None
        size, checksum = FRAME.unpack(frame)
        body = file.read(size) if 0 < size <= _CONTENT_AT else b""
        end = os.fstat(file.fileno()).st_size
    if len(body) < size or not body or crc32(body) != checksum:
        return None
    head: dict[str, Any] = json.loads(body)
    at = head.get("at", FRAME.size + size)
    if end != at + head["size"]:
        return None
    label = Label(head["run_id"], head["path"], head["logged_ms"])
    return label.parcel(place, head["size"], at)


def iter_left(folder: str) -> Iterator[Parcel]:
    """The parcels in a dead writer's folder, oldest first; unfinished ones are removed."""
    try:
        names = sorted(os.listdir(os.path.join(folder, PARCELS)))
    except OSError:
        return
    for name in names:
        place = os.path.join(folder, PARCELS, name)
        with contextlib.suppress(FileNotFoundError):
            parcel = read_parcel(place)
            if parcel is not None:
                yield parcel
            else:
                os.unlink(place)
