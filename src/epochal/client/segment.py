"""One file of the journal: preallocated, mapped into memory, and thereby safe from `kill -9`.

What is written into the mapping belongs to the operating system at once, without a system
call; only a crash of the machine itself can lose it. Preallocation takes the disk space
beforehand: writing into a hole of a full disk would end the process with SIGBUS.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import struct
from dataclasses import dataclass, field
from zlib import crc32

MAGIC = b"EPOJRNL1"
SUFFIX = ".journal"
_HEADER = struct.Struct("<8sQQI")  # magic, base, size in bytes, crc32 of what is before it
_DELIVERED = struct.Struct("<QI")  # the delivered offset and its crc32; overwritten in place
DELIVERED_AT = _HEADER.size
HEADER_SIZE = 64  # the rest is room for later
_ZEROS = bytes(1 << 16)


class DamagedSegmentError(Exception):
    """A file is no segment of a journal, or its header cannot be read."""


@dataclass(slots=True)
class Segment:
    """A mapped file that records are written into, from `HEADER_SIZE` to `size`.

    `base` is the position in the whole journal of its first byte, known when its turn comes.
    Without a path it lies in plain memory, where nothing outlives the process: the last resort
    when no disk takes it.
    """

    size: int
    view: mmap.mmap
    path: str | None = None
    base: int = 0
    end: int = HEADER_SIZE
    odd: list[tuple[int, int]] = field(default_factory=list["tuple[int, int]"])
    """Where records other than single metrics lie: their offsets and those just behind."""

    def begin(self, base: int) -> None:
        """Write the header; from here on the file is part of the journal."""
        self.base = base
        head = _HEADER.pack(MAGIC, base, self.size, 0)[:-4]
        self.view[: _HEADER.size] = head + crc32(head).to_bytes(4, "little")
        self.note_delivered(HEADER_SIZE)

    def note_delivered(self, offset: int) -> None:
        """Remember, for whoever reads the file after a crash, what need not be sent again."""
        mark = offset.to_bytes(8, "little")
        _DELIVERED.pack_into(self.view, DELIVERED_AT, offset, crc32(mark))

    def close(self, *, delete: bool) -> None:
        """Unmap, and remove the file if all of it was delivered. Idempotent."""
        self.view.close()
        if delete and self.path is not None:
            with contextlib.suppress(OSError):
                os.unlink(self.path)


def create_segment(path: str | None, size: int) -> Segment:
    """A new segment, its disk space taken. Raises OSError when the disk does not take it."""
    return Segment(size, mmap.mmap(-1, size) if path is None else _create_file(path, size), path)


def _create_file(path: str, size: int) -> mmap.mmap:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        _allocate(descriptor, size)
        return mmap.mmap(descriptor, size)
    except BaseException:
        os.unlink(path)
        raise
    finally:
        os.close(descriptor)


def _allocate(descriptor: int, size: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, size)
        return
    for start in range(0, size, len(_ZEROS)):
        os.write(descriptor, _ZEROS[: size - start])
    os.fsync(descriptor)


@dataclass(frozen=True, slots=True)
class SegmentHeader:
    """What the header of a segment file says."""

    base: int
    size: int
    delivered: int


def read_header(data: bytes) -> SegmentHeader:
    """The header of a segment file.

    A mark of delivery that was torn by a crash counts as nothing delivered: sending twice is
    harmless.

    Raises:
        DamagedSegmentError: it is none, or it was changed.

    """
    if len(data) < HEADER_SIZE or not data.startswith(MAGIC):
        raise DamagedSegmentError("it does not begin like a journal")
    magic, base, size, checksum = _HEADER.unpack_from(data)
    del magic
    if crc32(data[: _HEADER.size - 4]) != checksum:
        raise DamagedSegmentError("its header does not match its checksum")
    delivered, checksum = _DELIVERED.unpack_from(data, DELIVERED_AT)
    if crc32(data[DELIVERED_AT : DELIVERED_AT + 8]) != checksum or delivered < HEADER_SIZE:
        delivered = HEADER_SIZE
    return SegmentHeader(base, size, delivered)
