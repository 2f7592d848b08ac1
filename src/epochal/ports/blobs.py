"""What an artifact backend promises.

*Atomicity.* A file appears whole or not at all; an aborted write leaves nothing behind.
*Overwriting.* The last finished write wins. *Paths* are `ArtifactPath`s, checked once by
`rules.paths`; the empty path is the root. *Threads.* One instance serves many threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from epochal.entities import FileInfo
    from epochal.rules.paths import ArtifactPath


class BlobWriter(Protocol):
    """A file being written; it appears under its path only when committed."""

    def write(self, chunk: bytes) -> None:
        """Append bytes."""
        ...

    def commit(self) -> None:
        """Make the file visible, durably and atomically."""
        ...

    def abort(self) -> None:
        """Forget what was written. Harmless after `commit`."""
        ...


class BlobStore(Protocol):
    """Where the bytes of artifacts are kept. See the module's promises."""

    def list_folder(self, folder: ArtifactPath) -> list[FileInfo]:
        """Entries directly below a folder, by name; their paths are relative to the root.

        Empty for a missing folder and for a file.
        """
        ...

    def find(self, path: ArtifactPath) -> FileInfo | None:
        """The entry at a path, or None."""
        ...

    def open_read(self, path: ArtifactPath) -> BinaryIO:
        """The bytes of a file. Raises NotFoundError; InvalidParameterError for a folder."""
        ...

    def open_write(self, path: ArtifactPath) -> BlobWriter:
        """A writer for a file; folders on the way are made.

        Raises InvalidParameterError when a folder stands at the path, or a file on the way.
        """
        ...

    def delete(self, path: ArtifactPath) -> None:
        """Remove a file or a folder with all below it; nothing happens when it is absent."""
        ...

    def local_path(self, path: ArtifactPath) -> Path | None:
        """Where the file lies on this machine's disk, if it does."""
        ...
