"""What an artifact backend promises.

*Atomicity.* A file appears whole or not at all; an aborted write leaves nothing behind.
*Overwriting.* The last finished write wins. *Paths* are `ArtifactPath`s, checked once by
`rules.paths`; the empty path is the root. *Threads.* One instance serves many threads; a
writer or an open file belongs to one thread at a time. *Memory.* What passes through is held
in pieces of bounded size. *Once.* A backend may keep equal contents once; nobody can tell but
by the disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from epochal.entities import FileInfo, SignedUpload
    from epochal.rules.paths import ArtifactPath


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file opened for reading, and what is known of it; whoever holds it closes `stream`."""

    info: FileInfo
    stream: BinaryIO


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One content that a store keeps for as many paths as have it."""

    name: str
    size: int
    sha256: str | None = None
    is_used: bool = True
    age_s: float = 0.0


class BlobWriter(Protocol):
    """A file being written; it appears under its path only when committed."""

    def write(self, chunk: bytes) -> None:
        """Append bytes."""
        ...

    def commit(self, sha256: str | None = None) -> None:
        """Make the file visible, durably and atomically.

        Raises:
            InvalidParameterError: `sha256` was given and is not the content's; nothing appears.

        """
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

    def open_file(self, path: ArtifactPath) -> OpenFile:
        """A file with what is known of it.

        Its stream can be moved with `seek` before the first byte is read. Raises
        NotFoundError; InvalidParameterError for a folder; UnavailableError, also while it is
        read, when the store breaks off.
        """
        ...

    def open_read(self, path: ArtifactPath) -> BinaryIO:
        """The bytes of a file. Raises as `open_file` does."""
        ...

    def open_write(self, path: ArtifactPath) -> BlobWriter:
        """A writer for a file; folders on the way are made.

        Raises InvalidParameterError, here or on commit, when a folder stands at the path, or
        a file on the way.
        """
        ...

    def link(self, path: ArtifactPath, sha256: str, size: int) -> bool:
        """Let a content that is kept already appear under a path; False when there is none.

        Raises as `open_write` does.
        """
        ...

    def delete(self, path: ArtifactPath) -> None:
        """Remove a file or a folder with all below it; nothing happens when it is absent."""
        ...

    def local_path(self, path: ArtifactPath) -> Path | None:
        """Where the file lies on this machine's disk, if it does."""
        ...


@runtime_checkable
class SigningStore(Protocol):
    """A store whose files clients may read and write themselves, by URLs that soon expire."""

    @property
    def takes_parts(self) -> bool:
        """Whether uploads in parts can be begun here."""
        ...

    def sign_read(self, path: ArtifactPath, expires_s: int) -> tuple[str, FileInfo]:
        """A URL that gives the file's bytes, ranges too. Raises NotFoundError."""
        ...

    def sign_write(self, path: ArtifactPath, expires_s: int) -> str:
        """A URL that takes a file's bytes in one PUT.

        Raises NotSupportedError where a file written so would not be seen.
        """
        ...

    def sign_parts(self, path: ArtifactPath, parts: int, expires_s: int) -> SignedUpload:
        """Begin an upload in parts. Raises NotSupportedError, or as `open_write` does."""
        ...

    def complete_parts(
        self, path: ArtifactPath, upload_id: str, etags: Sequence[tuple[int, str]]
    ) -> None:
        """Join the parts; the file appears. Raises InvalidParameterError."""
        ...

    def abort_parts(self, path: ArtifactPath, upload_id: str) -> None:
        """Forget the parts; an upload that is over or never was is no error."""
        ...


@runtime_checkable
class SharingStore(Protocol):
    """A store that keeps equal contents once, and so has something to sweep and to verify."""

    def iter_objects(self) -> Iterator[StoredObject]:
        """All contents that are kept, with whether any path has them."""
        ...

    def sweep(self, name: str, grace_s: float) -> bool:
        """Remove a content that no path has, if it is older than the grace; say whether.

        Safe beside running writers: what gets a path meanwhile stays whole.
        """
        ...

    def verify(self, name: str) -> str | None:
        """Read a content again; what is wrong with it, None if nothing is."""
        ...
