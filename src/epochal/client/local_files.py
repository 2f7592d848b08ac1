"""Artifacts that lie in a folder of this machine, which this process opens itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import unquote, urlsplit

from epochal.blobs.folder import FolderBlobs
from epochal.errors import NotFoundError
from epochal.rules.paths import ArtifactPath

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.client.transfers.incoming import Incoming, Source
    from epochal.entities import FileInfo
    from epochal.ports.blobs import BlobStore, BlobWriter

_CHUNK_BYTES = 1 << 20


def copy_into(
    writer: BlobWriter, content: BinaryIO, on_progress: Callable[[int], None] | None = None
) -> None:
    """Write all of a stream; the file appears when all of it was read, or never."""
    try:
        while chunk := content.read(_CHUNK_BYTES):
            writer.write(chunk)
            if on_progress:
                on_progress(len(chunk))
        writer.commit()
    finally:
        writer.abort()


def open_stored(blobs: BlobStore, path: ArtifactPath, start: int = 0) -> Incoming:
    """A file of a backend as it comes to this machine. Raises NotFoundError."""
    from epochal.client.transfers.incoming import Incoming

    info = blobs.find(path)
    if info is None or info.is_dir:
        raise NotFoundError("artifact", str(path))
    stream = blobs.open_read(path)
    if start:
        stream.seek(start)
    return Incoming(cast("Source", stream), start, info.file_size)


def local_folder(uri: str) -> str | None:
    """The folder that a `file:` URI or a plain absolute path names, None for anything else."""
    parts = urlsplit(uri)
    if parts.scheme == "file":
        return unquote(parts.path)
    return uri if not parts.scheme and uri.startswith("/") else None


class StoredFiles:
    """The artifacts of a backend that this process opens itself: `Files` on a blob store."""

    def __init__(self, blobs: BlobStore, *, is_near: bool) -> None:
        self._blobs = blobs
        self.is_near = is_near

    def list_artifacts(self, path: str) -> list[FileInfo]:
        """What lies directly below a path."""
        return self._blobs.list_folder(ArtifactPath.parse(path))

    def open_artifact(self, path: str, start: int = 0) -> Incoming:
        """The bytes of a file."""
        return open_stored(self._blobs, ArtifactPath.parse(path), start)

    def write_artifact(
        self,
        path: str,
        content: BinaryIO,
        on_progress: Callable[[int], None] | None = None,
        sha256: str | None = None,
    ) -> None:
        """Keep a file."""
        del sha256
        copy_into(self._blobs.open_write(ArtifactPath.parse(path)), content, on_progress)

    def delete_artifact(self, path: str) -> None:
        """Remove a file or folder."""
        self._blobs.delete(ArtifactPath.parse(path))


class LocalFiles(StoredFiles):
    """One folder of this machine."""

    def __init__(self, folder: str) -> None:
        super().__init__(FolderBlobs(folder), is_near=True)
