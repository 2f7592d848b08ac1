"""What an index of files promises: which object of an object store stands under which path.

An object store lists slowly, renames by copying and cannot count who uses what. The index
answers all of that in the transactions of the tracking store, for one place of one store.
*Atomicity.* Each method is all or nothing. *Visibility.* Once it returns, every reader sees
it. *Threads.* One instance serves many threads, several processes share one index.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.rules.paths import ArtifactPath


@dataclass(frozen=True, slots=True)
class KeptObject:
    """A content and the key that it is kept under; what a client sent itself has no digest."""

    key: str
    size: int
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One name in a folder: a file with its content, or a folder, which has none."""

    name: str
    content: KeptObject | None


class FileIndex(Protocol):
    """See the module's promises."""

    def list_folder(self, folder: ArtifactPath) -> list[IndexEntry]:
        """What lies directly below a folder, by name."""
        ...

    def find(self, path: ArtifactPath) -> IndexEntry | None:
        """What stands at a path that is not the root."""
        ...

    def put(self, path: ArtifactPath, content: KeptObject, now_ms: int) -> str:
        """Let a content stand under a path; answer the key that it is kept under.

        An equal content that is there already is used instead: then the answer is its key,
        and nobody refers to the one that was given.

        Raises:
            InvalidParameterError: a folder stands there, or a file on the way.

        """
        ...

    def settle(self, key: str, sha256: str, now_ms: int) -> None:
        """Note the digest of a content that came without; its files get an equal one if known."""
        ...

    def link(self, path: ArtifactPath, sha256: str, size: int, now_ms: int) -> bool:
        """Let a content that is known stand under a path; False if none is known.

        Raises as `put` does.
        """
        ...

    def check_free(self, path: ArtifactPath) -> None:
        """Raises as `put` would, before anything is sent."""
        ...

    def delete(self, path: ArtifactPath, now_ms: int) -> None:
        """Remove a file or a folder with all below it; absent ones are no error."""
        ...

    def find_kept(self, keys: Sequence[str]) -> dict[str, tuple[KeptObject, bool]]:
        """What is known of objects by their keys, and whether any path has them."""
        ...

    def forget(self, key: str, before_ms: int) -> bool:
        """Drop an object that no path has and nobody touched since; say whether.

        From then on nobody is led to it, so it may be deleted.
        """
        ...
