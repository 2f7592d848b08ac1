"""Artifacts that lie in a folder of this machine, which this process opens itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote, urlsplit

from epochal.blobs.folder import FolderBlobs
from epochal.rules.paths import ArtifactPath

if TYPE_CHECKING:
    from epochal.entities import FileInfo
    from epochal.ports.blobs import BlobWriter

_CHUNK_BYTES = 1 << 20


def copy_into(writer: BlobWriter, content: BinaryIO) -> None:
    """Write all of a stream; the file appears when all of it was read, or never."""
    try:
        while chunk := content.read(_CHUNK_BYTES):
            writer.write(chunk)
        writer.commit()
    finally:
        writer.abort()


def local_folder(uri: str) -> str | None:
    """The folder that a `file:` URI or a plain absolute path names, None for anything else."""
    parts = urlsplit(uri)
    if parts.scheme == "file":
        return unquote(parts.path)
    return uri if not parts.scheme and uri.startswith("/") else None


class LocalFiles:
    """One folder of artifacts; the part of `Transport` that is about files."""

    def __init__(self, folder: str) -> None:
        self._blobs = FolderBlobs(folder)

    def list_artifacts(self, path: str) -> list[FileInfo]:
        """What lies directly below a path."""
        return self._blobs.list_folder(ArtifactPath.parse(path))

    def read_artifact(self, path: str) -> BinaryIO:
        """The bytes of a file."""
        return self._blobs.open_read(ArtifactPath.parse(path))

    def write_artifact(self, path: str, content: BinaryIO) -> None:
        """Keep a file."""
        copy_into(self._blobs.open_write(ArtifactPath.parse(path)), content)

    def delete_artifact(self, path: str) -> None:
        """Remove a file or folder."""
        self._blobs.delete(ArtifactPath.parse(path))
