"""Artifacts in a plain folder tree, the way people expect to find them."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from epochal.blobs.objects import OBJECTS, PACKS, Objects, digest_of
from epochal.entities import FileInfo
from epochal.errors import (
    EpochalError,
    InvalidParameterError,
    InvalidPathError,
    NotFoundError,
    UnavailableError,
)
from epochal.ports.blobs import OpenFile

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from epochal.ports.blobs import StoredObject
    from epochal.rules.paths import ArtifactPath

INCOMING = ".epochal-incoming"  # files being written; hidden, on the same file system as the rest
HELD_BYTES = 1 << 20  # a file up to this size is written in one go, if it has to be written
BEGIN_BYTES = 16 << 20  # so that the sync in the end finds little left to do
_RESERVED = frozenset({INCOMING, OBJECTS, PACKS})
# A pipe would make the opening wait for a writer that never comes.
_TO_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_TO_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class FolderBlobs:
    """A `BlobStore` below one local folder. Links that lead out of it are never followed.

    With `shares` equal contents are kept once, in `.objects/` beside the tree; see `Objects`.
    """

    def __init__(self, root: str | os.PathLike[str], *, shares: bool = False) -> None:
        self._root = os.path.abspath(root)  # links in the root itself stay
        self._objects = Objects(f"{self._root}/{OBJECTS}") if shares else None

    def list_folder(self, folder: ArtifactPath) -> list[FileInfo]:
        """Entries directly below `folder`, by name; none for a missing folder or a file."""
        with _translated(folder):
            try:
                with os.scandir(self._place(folder)) as entries:
                    found = [self._entry(folder, entry) for entry in entries]
            except (FileNotFoundError, NotADirectoryError):
                return []
        return sorted((info for info in found if info), key=lambda info: info.path)

    def find(self, path: ArtifactPath) -> FileInfo | None:
        """The entry at `path`, or None."""
        with _translated(path):
            try:
                found = os.stat(self._place(path))
            except (FileNotFoundError, NotADirectoryError):
                return None
        if stat.S_ISDIR(found.st_mode):
            return FileInfo(str(path), is_dir=True)
        return FileInfo(str(path), is_dir=False, file_size=found.st_size)

    def open_file(self, path: ArtifactPath) -> OpenFile:
        """A file, unbuffered, from the start."""
        with _translated(path):
            try:
                handle = os.open(self._place(path), _TO_READ)
            except (FileNotFoundError, NotADirectoryError):
                raise NotFoundError("artifact", str(path)) from None
            return OpenFile(_describe(path, handle), os.fdopen(handle, "rb", buffering=0))

    def open_read(self, path: ArtifactPath) -> BinaryIO:
        """The bytes of a file, unbuffered from the start."""
        return self.open_file(path).stream

    def open_write(self, path: ArtifactPath) -> FolderWriter:
        """A writer whose file appears under `path` on commit."""
        with _translated(path):
            return FolderWriter(path, self._target(path), self._incoming(), self._objects)

    def link(self, path: ArtifactPath, sha256: str, size: int) -> bool:
        """Let a content that is kept appear under `path`; False when it is not kept here."""
        if self._objects is None:
            return False
        with _translated(path):
            place, incoming = self._target(path), self._incoming()
            os.makedirs(os.path.dirname(incoming), exist_ok=True)
            if not self._objects.link(sha256, size, incoming):
                return False
            _move(incoming, place)
            return True

    def delete(self, path: ArtifactPath) -> None:
        """Remove a file or a folder with all below it; absent ones are no error."""
        with _translated(path), contextlib.suppress(FileNotFoundError, NotADirectoryError):
            place = self._place(path)
            if os.path.isdir(place):
                shutil.rmtree(place)
            else:
                os.unlink(place)

    def local_path(self, path: ArtifactPath) -> Path | None:
        """Where the file or folder lies, whether it exists or not."""
        return Path(self._place(path))

    def iter_objects(self) -> Iterator[StoredObject]:
        """The contents that are kept once; none where they are not shared."""
        return iter(()) if self._objects is None else self._objects.iter_objects()

    def sweep(self, name: str, grace_s: float) -> bool:
        """Remove a content that no file of the tree has."""
        return self._objects is not None and self._objects.sweep(name, grace_s)

    def verify(self, name: str) -> str | None:
        """Hash a content again; what is wrong with it, None if nothing is."""
        return None if self._objects is None else self._objects.verify(name)

    def _target(self, path: ArtifactPath) -> str:
        """The place of a file to be."""
        place = self._place(path)
        with contextlib.suppress(FileNotFoundError):
            if stat.S_ISDIR(os.stat(place).st_mode):
                raise InvalidParameterError(f"{str(path)!r} is a folder; it cannot be a file too")
        return place

    def _incoming(self) -> str:
        return f"{self._root}/{INCOMING}/{secrets.token_hex(16)}"

    def _place(self, path: ArtifactPath) -> str:
        """Where a path lies. Raises InvalidPathError where a link leads out of the root."""
        if path.segments and path.segments[0] in _RESERVED:
            raise InvalidPathError(str(path), f"the name {path.segments[0]!r} is reserved")
        place = self._root
        for segment in path.segments:
            place = f"{place}/{segment}"
            if os.path.islink(place):
                self._check_link(path)
                break
        return os.path.join(self._root, *path.segments)

    def _check_link(self, path: ArtifactPath) -> None:
        root = os.path.realpath(self._root)
        real = os.path.realpath(os.path.join(self._root, *path.segments))
        if real != root and not real.startswith(root.rstrip(os.sep) + os.sep):
            raise InvalidPathError(str(path), "it leads through a link out of the artifact root")

    def _entry(self, folder: ArtifactPath, entry: os.DirEntry[str]) -> FileInfo | None:
        if not folder.segments and entry.name in _RESERVED:
            return None
        path = f"{folder}/{entry.name}" if folder.segments else entry.name
        try:
            if entry.is_dir():
                return FileInfo(path, is_dir=True)
            return FileInfo(path, is_dir=False, file_size=entry.stat().st_size)
        except OSError:  # a dangling link, or gone since the scan
            return None


class FolderWriter:
    """One file on its way into a folder; invisible until committed.

    Its first bytes are held back: a small file that is kept already is never written again.
    """

    def __init__(
        self, path: ArtifactPath, target: str, incoming: str, objects: Objects | None
    ) -> None:
        self._path = path
        self._target = target
        self._incoming = incoming
        self._objects = objects
        self._held: list[bytes] = []
        self._size = 0
        self._hash = hashlib.sha256()
        self._file: int | None = None
        self._begun = 0  # how much of it is on its way to the disk

    def write(self, chunk: bytes) -> None:
        """Append bytes."""
        self._hash.update(chunk)
        self._size += len(chunk)
        self._held.append(chunk)
        if self._file is not None or self._size > HELD_BYTES:
            with _translated(self._path):
                self._write_held()

    def commit(self, sha256: str | None = None) -> None:
        """Sync the file to disk and move it to its place in one step."""
        digest = self._hash.hexdigest()
        try:
            check_digest(self._path, sha256, digest)
            with _translated(self._path):
                if not self._is_kept(digest):
                    self._write_held()
                    self._finish(digest)
                _move(self._incoming, self._target)
        except EpochalError:
            self.abort()
            raise

    def abort(self) -> None:
        """Forget what was written."""
        self._close()
        with contextlib.suppress(OSError):
            os.unlink(self._incoming)

    def _is_kept(self, digest: str) -> bool:
        """Whether an equal object was found, and stands where this file would be written."""
        if self._objects is None or not self._size:
            return False
        name = self._incoming if self._file is None else f"{self._incoming}.kept"
        if not self._objects.link(digest, self._size, name):
            return False
        if self._file is not None:
            self._close()
            os.replace(name, self._incoming)
        return True

    def _write_held(self) -> None:
        if self._file is None:
            self._file = _create(self._incoming)
        held = b"".join(self._held) if len(self._held) != 1 else self._held[0]
        self._held.clear()
        left = memoryview(held)
        while left:
            left = left[os.write(self._file, left) :]
        if self._size - self._begun >= BEGIN_BYTES and hasattr(os, "posix_fadvise"):
            # Linux begins to write what is dirty in the range, and does not wait for it.
            os.posix_fadvise(self._file, self._begun, 0, os.POSIX_FADV_DONTNEED)
            self._begun = self._size

    def _finish(self, digest: str) -> None:
        if self._file is not None:
            os.fsync(self._file)
        self._close()
        if self._objects is not None and self._size:
            self._objects.adopt(digest, self._size, self._incoming)

    def _close(self) -> None:
        if self._file is not None:
            handle, self._file = self._file, None
            with contextlib.suppress(OSError):
                os.close(handle)


def check_digest(path: ArtifactPath, expected: str | None, found: str) -> None:
    """Raises InvalidParameterError if the bytes that came are not those that were sent."""
    if expected is not None and expected.lower() != found:
        raise InvalidParameterError(
            f"The bytes of {str(path)!r} do not have the SHA-256 {expected} that was announced, "
            f"but {found}; they were changed on the way, send them again"
        )


def _create(incoming: str) -> int:
    try:
        return os.open(incoming, _TO_CREATE, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(incoming), exist_ok=True)
        return os.open(incoming, _TO_CREATE, 0o666)


def _move(incoming: str, target: str) -> None:
    """Put a synced file in its place, for good, with the folders on the way."""
    folder = os.path.dirname(target)
    try:
        os.replace(incoming, target)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
        os.replace(incoming, target)
    # Two names of one inode are not replaced by each other: both are still there.
    with contextlib.suppress(FileNotFoundError):
        os.unlink(incoming)
    _sync_folder(folder)


def _describe(path: ArtifactPath, handle: int) -> FileInfo:
    """What is known of an open file; it is closed if that is that it is none."""
    try:
        found = os.fstat(handle)
        _check_regular(path, found)
        digest = digest_of(handle, found)
    except BaseException:
        os.close(handle)
        raise
    etag = digest or f"{found.st_size:x}-{found.st_mtime_ns:x}-{found.st_ino:x}"
    return FileInfo(str(path), is_dir=False, file_size=found.st_size, sha256=digest, etag=etag)


def _check_regular(path: ArtifactPath, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        kind = "a folder" if stat.S_ISDIR(found.st_mode) else "no regular file"
        raise InvalidParameterError(f"{str(path)!r} is {kind}; name a file")


def _sync_folder(folder: str) -> None:
    if os.name != "posix":  # other systems have no handle to a folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _translated(path: ArtifactPath) -> Generator[None]:
    """Turn what the file system says into our errors, without naming places of this machine."""
    try:
        yield
    except (NotADirectoryError, FileExistsError):
        raise InvalidParameterError(
            f"{str(path)!r} cannot be written: a file stands where a folder is needed"
        ) from None
    except IsADirectoryError:
        raise InvalidParameterError(f"{str(path)!r} is a folder, not a file") from None
    except OSError as fault:
        if fault.errno in {errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ}:
            raise InvalidPathError(str(path), "the file system refuses this name") from None
        reason = os.strerror(fault.errno) if fault.errno else "unknown fault"
        raise UnavailableError(
            f"The artifact store cannot handle {str(path)!r}: {reason}"
        ) from None
