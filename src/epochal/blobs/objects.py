"""One folder of contents, each kept once under its digest, for a plain tree of hard links.

`.objects/ab/cdef…` is a content with the SHA-256 `abcdef…`; the files of the tree that have
it are further names of the same inode. So the link count says how often it is used, a name
removed here costs nobody a byte, and no list of references can ever be wrong.

Somebody may edit a file of the tree in place, and with it all files that share its content.
Objects are read-only against that, and carry a mark against those whom this does not stop:
the nanoseconds of their time of change are a number made from the digest. An object without
its mark is hashed again before anything is linked to it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import time
from typing import TYPE_CHECKING

from epochal.ports.blobs import StoredObject

if TYPE_CHECKING:
    from collections.abc import Iterator

OBJECTS = ".objects"
PACKS = ".epochal-datasets"  # chunks of datasets; hidden, and out of reach as artifacts
_DIGEST = "user.epochal.sha256"  # an extended attribute, where there are such: Linux
_NANOSECONDS = 1_000_000_000
_READ_ONLY = 0o444
_CANNOT_LINK = frozenset(
    {errno.EPERM, errno.EXDEV, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
)
_has_attributes = hasattr(os, "setxattr")


class Objects:
    """The contents beside one tree. Safe from many threads and processes."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def link(self, digest: str, size: int, name: str) -> bool:
        """Give a content that is kept a further name; False when it is not, or is damaged."""
        place = self._place(digest)
        try:
            found = os.stat(place)
            if found.st_size != size or not self._is_sound(place, digest, found):
                return False
            os.link(place, name)
        except FileNotFoundError:
            return False
        except OSError as fault:
            if fault.errno in _CANNOT_LINK:
                return False
            raise
        return True

    def adopt(self, digest: str, size: int, file: str) -> None:
        """Keep a finished, synced file as an object from now on; it keeps its name too.

        Where the file system cannot link, it stays a plain file. If an equal object came up
        meanwhile, the file becomes a name of that; one that is damaged, or has as many names
        as a file can have, is replaced.
        """
        self._mark(file, digest)
        place = self._place(digest)
        try:
            _link(file, place)
        except FileExistsError:
            spare = f"{file}.spare"
            if self.link(digest, size, spare):
                os.replace(spare, file)
            else:
                os.link(file, spare)
                os.replace(spare, place)
        except OSError as fault:
            if fault.errno not in _CANNOT_LINK:
                raise

    def iter_objects(self) -> Iterator[StoredObject]:
        """All objects; those with one name are used by nobody."""
        now = time.time()
        with contextlib.suppress(FileNotFoundError), os.scandir(self._folder) as shelves:
            for shelf in sorted(shelves, key=lambda entry: entry.name):
                with os.scandir(shelf.path) as entries:
                    for entry in entries:
                        found = entry.stat(follow_symlinks=False)
                        digest = shelf.name + entry.name
                        age_s = now - found.st_ctime  # the last link or unlink counts
                        yield StoredObject(
                            digest, found.st_size, digest, found.st_nlink > 1, age_s
                        )

    def sweep(self, digest: str, grace_s: float) -> bool:
        """Remove an object that nothing else names, if nobody touched it for a while."""
        place = self._place(digest)
        with contextlib.suppress(FileNotFoundError):
            found = os.stat(place)
            if found.st_nlink == 1 and time.time() - found.st_ctime >= grace_s:
                # A writer that links it at this very moment keeps the content by its own name.
                os.unlink(place)
                return True
        return False

    def verify(self, digest: str) -> str | None:
        """Hash an object; what is wrong with it, None if nothing is."""
        found = hash_file(self._place(digest))
        return None if found == digest else f"its content has the SHA-256 {found}"

    def _place(self, digest: str) -> str:
        return f"{self._folder}/{digest[:2]}/{digest[2:]}"

    def _is_sound(self, place: str, digest: str, found: os.stat_result) -> bool:
        if _is_marked(found, digest):
            return True
        return hash_file(place) == digest

    def _mark(self, file: str, digest: str) -> None:
        if _has_attributes:
            with contextlib.suppress(OSError):  # the file system keeps none
                os.setxattr(file, _DIGEST, bytes.fromhex(digest))
        moment = int(time.time()) * _NANOSECONDS + _mark_of(digest)
        os.utime(file, ns=(moment, moment))
        if os.name == "posix":  # elsewhere a read-only file could not even be replaced
            os.chmod(file, _READ_ONLY)


def digest_of(file: int, found: os.stat_result) -> str | None:
    """The digest that an open file was marked with, None if it has none or was changed since."""
    if not _has_attributes:
        return None
    try:
        digest = os.getxattr(file, _DIGEST).hex()
    except OSError:
        return None
    return digest if _is_marked(found, digest) else None


def hash_file(place: str) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with open(place, "rb", buffering=0) as file:
        return hashlib.file_digest(file, hashlib.sha256).hexdigest()


def _mark_of(digest: str) -> int:
    return int(digest[:15], 16) % _NANOSECONDS


def _is_marked(found: os.stat_result, digest: str) -> bool:
    return found.st_mtime_ns % _NANOSECONDS == _mark_of(digest)


def _link(file: str, place: str) -> None:
    try:
        os.link(file, place)
    except FileNotFoundError:
        _make_shelves(os.path.dirname(os.path.dirname(place)))
        os.link(file, place)


def _make_shelves(folder: str) -> None:
    """Make all folders at once: a new one in many a commit is what slows small files."""
    for number in range(256):
        os.makedirs(f"{folder}/{number:02x}", exist_ok=True)
