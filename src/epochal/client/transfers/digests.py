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
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from io import FileIO
    from pathlib import Path

REMEMBERED_BYTES = 4 << 20  # smaller files are hashed faster than looked up and noted
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


def digest_of_file(path: str, content: BinaryIO) -> str:
    """The SHA-256 of a whole open file, from memory if it has not changed since."""
    before = os.fstat(content.fileno())
    if before.st_size < REMEMBERED_BYTES:
        return digest_of(content)
    place = _place(before)
    known = _recall(place)
    if known is not None:
        return known
    began_ns = time.time_ns()
    found = digest_of(content)
    after = os.fstat(content.fileno())
    is_settled = began_ns - max(before.st_mtime_ns, before.st_ctime_ns) > _SETTLED_NS
    if is_settled and _identity(before) == _identity(after) and os.path.isabs(path):
        _remember(place, found)
    return found


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


def _identity(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _place(found: os.stat_result) -> Path:
    from pathlib import Path

    cache = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    name = sha256(repr(_identity(found)).encode()).hexdigest()
    return Path(cache) / "epochal" / "digests" / name[:2] / name[2:]


def _recall(place: Path) -> str | None:
    with contextlib.suppress(OSError, UnicodeDecodeError):
        text = place.read_text(encoding="ascii")
        if len(text) == sha256().digest_size * 2:
            return text
    return None


def _remember(place: Path, digest: str) -> None:
    """Note a digest where any process of this user finds it; no harm is done if it cannot be."""
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_suffix(f".{os.getpid()}")
        unfinished.write_text(digest, encoding="ascii")
        unfinished.replace(place)
