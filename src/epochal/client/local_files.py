"""Artifacts that lie in a folder of this machine, which this process opens itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import unquote, urlsplit

from epochal.blobs.folder import FolderBlobs
from epochal.rules.paths import ArtifactPath

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from epochal.client.transfers.incoming import Incoming, Source
    from epochal.entities import FileInfo
    from epochal.ports.blobs import BlobStore, BlobWriter, OpenFile

_CHUNK_BYTES = 1 << 20
_ROOT = ArtifactPath()


def copy_into(
    writer: BlobWriter,
    content: BinaryIO,
    on_progress: Callable[[int], None] | None = None,
    sha256: str | None = None,
) -> None:
    """Write all of a stream; the file appears when all of it was read, or never."""
    try:
        while chunk := content.read(_CHUNK_BYTES):
            writer.write(chunk)
            if on_progress:
                on_progress(len(chunk))
        writer.commit(sha256)
    finally:
        writer.abort()


def incoming(opened: OpenFile, start: int = 0) -> Incoming:
    """An open file of a backend as it comes to this machine."""
    from epochal.client.transfers.incoming import Incoming

    if start:
        opened.stream.seek(start)
    info = opened.info
    source = cast("Source", opened.stream)
    return Incoming(source, start, info.file_size, info.sha256, info.etag)


def local_folder(uri: str) -> str | None:
    """The folder that a `file:` URI or a plain absolute path names, None for anything else."""
    parts = urlsplit(uri)
    if parts.scheme == "file":
        return unquote(parts.path)
    return uri if not parts.scheme and uri.startswith("/") else None


class StoredFiles:
    """The artifacts of a backend that this process opens itself: `Files` on a blob store."""

    def __init__(self, blobs: BlobStore, *, is_near: bool, root: ArtifactPath = _ROOT) -> None:
        self._blobs = blobs
        self._root = root
        self.is_near = is_near

    def list_artifacts(self, path: str) -> list[FileInfo]:
        """What lies directly below a path."""
        found = self._blobs.list_folder(self._place(path))
        cut = len(str(self._root)) + 1 if self._root.segments else 0
        return [replace(entry, path=entry.path[cut:]) for entry in found]

    def open_artifact(self, path: str, start: int = 0) -> Incoming:
        """The bytes of a file."""
        return incoming(self._blobs.open_file(self._place(path)), start)

    def write_artifact(
        self,
        path: str,
        content: BinaryIO,
        on_progress: Callable[[int], None] | None = None,
        sha256: str | None = None,
    ) -> None:
        """Keep a file."""
        copy_into(self._blobs.open_write(self._place(path)), content, on_progress, sha256)

    def write_small(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Nothing: there is no request that would be saved."""
        del files

    def take_known(self, path: str, size: int, sha256: str) -> bool:
        """Put a content that is kept already under a path too, where the backend can."""
        return self._blobs.link(self._place(path), sha256, size)

    def delete_artifact(self, path: str) -> None:
        """Remove a file or folder."""
        self._blobs.delete(self._place(path))

    def _place(self, path: str) -> ArtifactPath:
        return self._root.joined(ArtifactPath.parse(path))


class LocalFiles(StoredFiles):
    """One folder of this machine."""

    def __init__(self, folder: str) -> None:
        super().__init__(FolderBlobs(folder), is_near=True)
