"""Artifacts in a plain folder tree, the way people expect to find them."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from epochal.entities import FileInfo
from epochal.errors import (
    EpochalError,
    InvalidParameterError,
    InvalidPathError,
    NotFoundError,
    UnavailableError,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from epochal.rules.paths import ArtifactPath

INCOMING = ".epochal-incoming"  # files being written; hidden, on the same file system as the rest


PACKS = ".epochal-datasets"  # chunks of datasets; hidden, and out of reach as artifacts
RESERVED = frozenset({INCOMING, PACKS})


class FolderBlobs:
    """A `BlobStore` below one local folder. Links that lead out of it are never followed."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self._root = Path(os.path.abspath(root))  # noqa: PTH100 - links in the root itself stay

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
                place = self._place(path)
                if place.is_dir():
                    return FileInfo(str(path), is_dir=True)
                return FileInfo(str(path), is_dir=False, file_size=place.stat().st_size)
            except (FileNotFoundError, NotADirectoryError):
                return None

    def open_read(self, path: ArtifactPath) -> BinaryIO:
        """The bytes of a file, unbuffered from the start."""
        with _translated(path):
            try:
                return self._place(path).open("rb")
            except (FileNotFoundError, NotADirectoryError):
                raise NotFoundError("artifact", str(path)) from None

    def open_write(self, path: ArtifactPath) -> FolderWriter:
        """A writer whose file appears under `path` on commit."""
        with _translated(path):
            place = self._place(path)
            if place.is_dir():
                raise InvalidParameterError(f"{str(path)!r} is a folder; it cannot be a file too")
            place.parent.mkdir(parents=True, exist_ok=True)
            incoming = self._root / INCOMING
            incoming.mkdir(exist_ok=True)
            return FolderWriter(path, place, incoming / uuid.uuid4().hex)

    def delete(self, path: ArtifactPath) -> None:
        """Remove a file or a folder with all below it; absent ones are no error."""
        with _translated(path):
            place = self._place(path)
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                if place.is_dir():
                    shutil.rmtree(place)
                else:
                    place.unlink()

    def local_path(self, path: ArtifactPath) -> Path:
        """Where the file or folder lies, whether it exists or not."""
        return self._place(path)

    def _place(self, path: ArtifactPath) -> Path:
        place = self._root.joinpath(*path.segments)
        if RESERVED.intersection(path.segments[:1]):
            raise InvalidPathError(str(path), f"the name {path.segments[0]!r} is reserved")
        real_root = os.path.realpath(self._root)
        real = os.path.realpath(place)
        if real != real_root and not real.startswith(real_root.rstrip(os.sep) + os.sep):
            raise InvalidPathError(str(path), "it leads through a link out of the artifact root")
        return place

    def _entry(self, folder: ArtifactPath, entry: os.DirEntry[str]) -> FileInfo | None:
        if not folder.segments and entry.name in RESERVED:
            return None
        path = f"{folder}/{entry.name}" if folder.segments else entry.name
        try:
            if entry.is_dir():
                return FileInfo(path, is_dir=True)
            return FileInfo(path, is_dir=False, file_size=entry.stat().st_size)
        except OSError:  # a dangling link, or gone since the scan
            return None


class FolderWriter:
    """One file on its way into a folder; invisible until committed."""

    def __init__(self, path: ArtifactPath, target: Path, incoming: Path) -> None:
        self._path = path
        self._target = target
        self._incoming = incoming
        self._file = incoming.open("xb")

    def write(self, chunk: bytes) -> None:
        """Append bytes."""
        with _translated(self._path):
            self._file.write(chunk)

    def commit(self) -> None:
        """Sync the file to disk and move it to its place in one step."""
        try:
            with _translated(self._path):
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                self._target.parent.mkdir(parents=True, exist_ok=True)
                self._incoming.replace(self._target)
                _sync_folder(self._target.parent)
        except EpochalError:
            self.abort()
            raise

    def abort(self) -> None:
        """Forget what was written."""
        with contextlib.suppress(OSError):
            self._file.close()
        with contextlib.suppress(OSError):
            self._incoming.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
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
