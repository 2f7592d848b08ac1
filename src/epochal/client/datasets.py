"""Sending versions of datasets to a store and fetching them, chunk by chunk."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from epochal.errors import CorruptDataError, EpochalError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from epochal.data.chunking import Chunk
    from epochal.entities import DatasetReader, DatasetVersion, NamedDataset, Page
    from epochal.ports.datasets import Committed

PACK_BYTES = 16 << 20  # of one request
ASK_CHUNKS = 50_000  # about 2 GB of data
ATTEMPTS = 4  # somebody may delete chunks between our question and our commit
COPY_BYTES = 1 << 20


class DatasetShelf(Protocol):
    """Versions of datasets, in this process or behind a server.

    The same promises as those of `client.transport`.
    """

    def find_missing(self, digests: Sequence[str]) -> list[str]:
        """Which chunks must be sent before a version of them can be kept."""
        ...

    def upload(self, body: bytes) -> int:
        """Keep chunks, each behind its size of four bytes; the bytes that were new."""
        ...

    def commit(self, draft: DatasetVersion, chunks: Sequence[str]) -> Committed:
        """Keep a version of chunks that are all there, or say which are not."""
        ...

    def get(self, name: str) -> NamedDataset:
        """Raises NotFoundError."""
        ...

    def search(
        self, contains: str = "", max_results: int = 100, page_token: str | None = None
    ) -> Page[NamedDataset]:
        """Datasets whose name holds a text, by name."""
        ...

    def versions(
        self, name: str, max_results: int = 100, page_token: str | None = None
    ) -> Page[DatasetVersion]:
        """Versions, the newest first. Raises NotFoundError."""
        ...

    def version(self, name: str, version: int | None = None) -> DatasetVersion:
        """The newest for None. Raises NotFoundError."""
        ...

    def open(self, name: str, version: int) -> BinaryIO:
        """The content. Raises NotFoundError."""
        ...

    def diff(self, a: str, b: str) -> dict[str, Any]:
        """Compare two versions. Raises NotFoundError."""
        ...

    def lineage(self, name: str, version: int | None = None) -> list[DatasetReader]:
        """The runs that read it. Raises NotFoundError."""
        ...

    def delete(self, name: str, version: int | None = None) -> None:
        """Raises NotFoundError, StillReadError."""
        ...


def keep(
    shelf: DatasetShelf, draft: DatasetVersion, content: memoryview | str
) -> tuple[DatasetVersion, bool]:
    """Keep a version of some bytes, or of the file with a path; whether it is new.

    Only chunks that the store lacks are sent.
    """
    from epochal.data.chunking import cut

    whole, chunks, size = hashlib.sha256(), list[str](), 0
    for chunk in cut(content):
        whole.update(chunk.data)
        chunks.append(chunk.digest)
        size += len(chunk.data)
    draft = replace(draft, content=whole.hexdigest(), size_bytes=size)
    missing = _ask(shelf, chunks)
    for _ in range(ATTEMPTS):
        if missing:
            _send(shelf, set(missing), cut(content))
        done = shelf.commit(draft, chunks)
        if done.version is not None:
            return done.version, done.is_new
        missing = list(done.missing)
    raise EpochalError(
        f"The dataset {draft.name!r} could not be kept: {len(missing)} of its chunks vanish "
        "from the store, or the file changes while it is read"
    )


def _ask(shelf: DatasetShelf, chunks: Sequence[str]) -> list[str]:
    listed = list(dict.fromkeys(chunks))
    missing: list[str] = []
    for start in range(0, len(listed), ASK_CHUNKS):
        missing += shelf.find_missing(listed[start : start + ASK_CHUNKS])
    return missing


def _send(shelf: DatasetShelf, missing: set[str], chunks: Iterator[Chunk]) -> None:
    """Send what is missing, each chunk once, in requests of bounded size."""
    pack = bytearray()
    for chunk in chunks:
        if chunk.digest not in missing:
            continue
        missing.discard(chunk.digest)
        pack += len(chunk.data).to_bytes(4, "big")
        pack += chunk.data
        if len(pack) >= PACK_BYTES:
            shelf.upload(bytes(pack))
            pack.clear()
    if pack:
        shelf.upload(bytes(pack))


def fetch(shelf: DatasetShelf, version: DatasetVersion, target: str) -> None:
    """Copy the content of a version into a new file, which appears when it is whole.

    Raises:
        CorruptDataError: it is not what was kept.

    """
    import os

    partial = f"{target}.partial-{os.getpid()}"
    whole = hashlib.sha256()
    try:
        with shelf.open(version.name, version.version) as source, open(partial, "wb") as file:
            while piece := source.read(COPY_BYTES):
                whole.update(piece)
                file.write(piece)
        if whole.hexdigest() != version.content:
            raise CorruptDataError("dataset", f"{version.uri} came with another content")
        os.replace(partial, target)
    finally:
        if os.path.exists(partial):
            os.unlink(partial)
