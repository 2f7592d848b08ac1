"""What a store of versioned datasets promises.

A version is a list of chunks; a chunk is some bytes within a pack, which is a file of a
`ports.blobs.BlobStore`. This port keeps names, lists and places, never the bytes.

*Atomicity.* Each method is all or nothing. *Durability.* Once it returns, what it did survives
a power cut. *Repetition.* The same content under the same name is the version that is there
already. *Threads.* One instance serves many threads. *Errors.* Only leaves of `epochal.errors`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import DatasetReader, DatasetVersion, NamedDataset, Page


@dataclass(frozen=True, slots=True)
class ChunkPlace:
    """Where the bytes of a chunk are."""

    digest: str  # SHA-256 in hexadecimal
    pack: str  # the path of the file that holds it
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to keep; `draft` has no number yet, `chunks` are the digests in their order."""

    draft: DatasetVersion
    chunks: Sequence[str]


@dataclass(frozen=True, slots=True)
class Committed:
    """The version, new or there before; or the chunks that must come first."""

    version: DatasetVersion | None = None
    is_new: bool = False
    missing: Sequence[str] = ()


class DatasetStore(Protocol):
    """Where names, versions and places of chunks are kept. See the module's promises."""

    def find_missing(self, digests: Sequence[str]) -> list[str]:
        """Those of which there is no chunk, each once, in the order given."""
        ...

    def add_pack(self, path: str, chunks: Sequence[ChunkPlace], now_ms: int) -> int:
        """Make the chunks of a file known; the bytes of those that were not known before."""
        ...

    def commit(self, new: NewVersion) -> Committed:
        """Keep a version, numbered by one more than any the name ever had."""
        ...

    def get_dataset(self, name: str) -> NamedDataset:
        """Raises NotFoundError."""
        ...

    def search_datasets(
        self, contains: str, limit: int, page_token: str | None
    ) -> Page[NamedDataset]:
        """Those whose name holds a text, whatever its case, by name."""
        ...

    def list_versions(self, name: str, limit: int, page_token: str | None) -> Page[DatasetVersion]:
        """The newest first, without profiles. Raises NotFoundError."""
        ...

    def get_version(self, name: str, version: int | None) -> DatasetVersion:
        """Whole; the newest for None. Raises NotFoundError."""
        ...

    def get_chunks(self, name: str, version: int) -> list[ChunkPlace]:
        """The chunks that make up the content, in order. Raises NotFoundError."""
        ...

    def get_readers(self, name: str, version: int | None) -> list[DatasetReader]:
        """The runs that noted a version as an input, all versions for None; newest first."""
        ...

    def delete_versions(self, name: str, version: int | None) -> list[str]:
        """Forget a version, or all and the name for None; the files that nothing is left of.

        Raises NotFoundError; StillReadError when an active run noted it as an input.
        """
        ...

    def forget_unused(self, before_ms: int) -> list[str]:
        """Forget chunks that came before an instant and that no version has; files as above."""
        ...
