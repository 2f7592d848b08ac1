"""The SHA-256 of files, computed once for as long as a file stays as it is.

A digest is remembered under the file's device, inode, size and both of its times, the way
version control remembers what it has seen. A file that was changed within the last second
before it was read is not remembered: a further change might not move its times.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from io import FileIO
    from pathlib import Path

NOTED_BYTES = 8 << 20  # shorter files are sent as quickly as they are looked up
_SETTLED_NS = 1_000_000_000
_CHUNK_BYTES = 1 << 20


def digest_of(content: BinaryIO, size: int | None = None) -> str:
    """The SHA-256, in hexadecimal, of `size` bytes from where a file stands, or of the rest.

    The file is left where it stood.
    """
    start = content.tell()
    try:
        return _hash(content, size)
    finally:
        content.seek(start)


@dataclass(frozen=True, slots=True)
class Identity:
    """What changes when a file does, at one moment."""

    device: int
    inode: int
    size: int
    modified_ns: int
    changed_ns: int
    seen_ns: int

    @classmethod
    def of(cls, content: BinaryIO) -> Identity:
        """Of an open file. Raises OSError."""
        found = os.fstat(content.fileno())
        return cls(
            found.st_dev,
            found.st_ino,
            found.st_size,
            found.st_mtime_ns,
            found.st_ctime_ns,
            time.time_ns(),
        )

    @property
    def is_settled(self) -> bool:
        """Whether any later change must show: times of files are only so exact."""
        return self.seen_ns - max(self.modified_ns, self.changed_ns) > _SETTLED_NS

    def is_same(self, other: Identity) -> bool:
        """Whether nothing has changed between two looks."""
        return replace(self, seen_ns=0) == replace(other, seen_ns=0)

    @property
    def place(self) -> Path:
        """Where the digest of a file with this identity is noted."""
        from pathlib import Path

        cache = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
        name = sha256(repr(replace(self, seen_ns=0)).encode()).hexdigest()
        return Path(cache) / "epochal" / "digests" / name[:2] / name[2:]


def recall(identity: Identity) -> str | None:
    """The digest that was noted for a file, None if none was."""
    with contextlib.suppress(OSError, UnicodeDecodeError, RuntimeError):
        text = identity.place.read_text(encoding="ascii")
        if len(text) == sha256().digest_size * 2:
            return text
    return None


def remember(identity: Identity, digest: str) -> None:
    """Note a digest where any process of this user finds it; no harm is done if it cannot be."""
    if not identity.is_settled:
        return
    with contextlib.suppress(OSError, RuntimeError):
        place = identity.place
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_suffix(f".{os.getpid()}")
        unfinished.write_text(digest, encoding="ascii")
        unfinished.replace(place)


def _hash(content: BinaryIO, size: int | None) -> str:
    digest = sha256()
    buffer = memoryview(bytearray(_CHUNK_BYTES))
    left = sys.maxsize if size is None else size
    while left:
        count = cast("FileIO", content).readinto(buffer[: min(left, len(buffer))])
        if not count:
            break
        digest.update(buffer[:count])
        left -= count
    return digest.hexdigest()
