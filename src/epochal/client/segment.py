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
from zlib import crc32

MAGIC = b"EPOJRNL1"
SUFFIX = ".journal"
HEADER = struct.Struct("<8sQQI")  # magic, base, size in bytes, crc32 of what is before it
DELIVERED = struct.Struct("<QI")  # the delivered offset and its crc32; overwritten in place
DELIVERED_AT = HEADER.size
HEADER_SIZE = 64  # the rest is room for later
_ZEROS = bytes(1 << 16)


class Segment:
    """A mapped file that records are written into, from `HEADER_SIZE` to `size`.

    `base` is the position in the whole journal of its first byte, known when its turn comes.
    Without a path it lies in plain memory, where nothing outlives the process: the last resort
    when no disk takes it.
    """

    __slots__ = ("_is_trimmed", "base", "end", "odd", "path", "size", "view")

    def __init__(self, size: int, view: mmap.mmap, path: str | None = None) -> None:
        self.size = size
        self.view = view
        self.path = path
        self.base = 0
        self.end = HEADER_SIZE
        self._is_trimmed = False
        self.odd: list[tuple[int, int]] = []
        """Where records other than single metrics lie: their offsets and those behind them."""

    def begin(self, base: int) -> None:
        """Write the header; from here on the file is part of the journal."""
        self.base = base
        self._write_header()
        self.note_delivered(HEADER_SIZE)

    def _write_header(self) -> None:
        head = HEADER.pack(MAGIC, self.base, self.size, 0)[:-4]
        self.view[: HEADER.size] = head + crc32(head).to_bytes(4, "little")

    def trim(self) -> None:
        """Give back, on closing, the room that was never used."""
        self.size = self.end
        self._is_trimmed = True
        self._write_header()

    def note_delivered(self, offset: int) -> None:
        """Remember, for whoever reads the file after a crash, what need not be sent again."""
        mark = offset.to_bytes(8, "little")
        DELIVERED.pack_into(self.view, DELIVERED_AT, offset, crc32(mark))

    def close(self, *, delete: bool) -> None:
        """Unmap, and remove the file if all of it was delivered. Idempotent."""
        self.view.close()
        if self.path is None:
            return
        with contextlib.suppress(OSError):
            if delete:
                os.unlink(self.path)
            elif self._is_trimmed:
                os.truncate(self.path, self.size)


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
