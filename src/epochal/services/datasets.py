"""What one can do with versioned datasets."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, BinaryIO

from epochal.data.drift import compare
from epochal.data.tables import preview
from epochal.errors import InvalidParameterError
from epochal.ports.datasets import ChunkPlace, NewVersion
from epochal.rules import datasets as rules
from epochal.rules.paths import ArtifactPath
from epochal.services.chunked_file import ChunkedFile
from epochal.services.clock import now_ms
from epochal.services.pages import check_page_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from epochal.entities import DatasetReader, DatasetVersion, NamedDataset, Page
    from epochal.ports.blobs import BlobStore
    from epochal.ports.datasets import Committed, DatasetStore

SIZE_BYTES = 4  # before each chunk of an upload, its size in network order
GRACE_MS = 24 * 3600 * 1000  # an upload that is not committed for so long is given up


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of a table: names of columns, and rows as JSON can spell them."""

    columns: list[str]
    rows: list[list[Any]]
    total: int | None


@dataclass(frozen=True, slots=True)
class Datasets:
    """Versions of datasets, and the chunks that they are made of."""

    store: DatasetStore
    packs: BlobStore

    def find_missing(self, digests: Sequence[str]) -> list[str]:
        """Which chunks must be sent before a version of them can be kept."""
        for digest in digests:
            rules.check_content(digest)
        return self.store.find_missing(digests)

    def upload(self, body: bytes) -> int:
        """Keep chunks, each behind its size; the bytes that were not there before.

        What was sent is what is hashed here: nobody can claim a digest.

        Raises:
            InvalidParameterError: the sizes do not add up.

        """
        path = ArtifactPath.parse(f"{uuid.uuid4().hex}.pack")
        chunks, start = list[ChunkPlace](), 0
        known: set[str] = set()
        pieces: list[memoryview] = []
        for piece in _chunks_in(body):
            digest = hashlib.sha256(piece).hexdigest()
            if digest not in known:
                known.add(digest)
                chunks.append(ChunkPlace(digest, str(path), start, len(piece)))
                pieces.append(piece)
                start += len(piece)
        new = set(self.store.find_missing([one.digest for one in chunks]))
        if not new:
            return 0
        writer = self.packs.open_write(path)
        try:
            for piece in pieces:
                writer.write(bytes(piece))
            writer.commit()
        finally:
            writer.abort()
        return self.store.add_pack(str(path), chunks, now_ms())

    def commit(self, draft: DatasetVersion, chunks: Sequence[str]) -> Committed:
        """Keep a version of chunks that are all there, or say which are not.

        Raises:
            InvalidParameterError: the name, a digest or a text is not acceptable.

        """
        rules.check_dataset_name(draft.name)
        for digest in (draft.content, *chunks):
            rules.check_content(digest)
        rules.check_length("description", draft.description, rules.MAX_DESCRIPTION)
        rules.check_length("schema", draft.schema, rules.MAX_SCHEMA)
        rules.check_length("profile", draft.profile, rules.MAX_PROFILE)
        rules.check_file_name(draft.file_name)
        return self.store.commit(NewVersion(replace(draft, created_ms=now_ms()), chunks))

    def get(self, name: str) -> NamedDataset:
        """A dataset with its newest version. Raises NotFoundError."""
        return self.store.get_dataset(name)

    def search(
        self, contains: str = "", max_results: int = 100, page_token: str | None = None
    ) -> Page[NamedDataset]:
        """Datasets whose name holds a text, whatever its case, by name."""
        check_page_size(max_results, rules.MAX_PAGE)
        return self.store.search_datasets(contains, max_results, page_token or None)

    def versions(
        self, name: str, max_results: int = 100, page_token: str | None = None
    ) -> Page[DatasetVersion]:
        """Versions of a dataset, the newest first. Raises NotFoundError."""
        check_page_size(max_results, rules.MAX_PAGE)
        return self.store.list_versions(name, max_results, page_token or None)

    def version(self, name: str, version: int | None = None) -> DatasetVersion:
        """A version with its profile; the newest for None. Raises NotFoundError."""
        return self.store.get_version(name, version)

    def open(self, name: str, version: int) -> BinaryIO:
        """The content of a version, from its start or any place. Raises NotFoundError."""
        return ChunkedFile.over(self.packs, self.store.get_chunks(name, version))

    def rows(self, name: str, version: int | None, start: int, limit: int) -> Rows:
        """A page of a table's rows.

        Raises:
            NotFoundError: there is no such version.
            InvalidParameterError: it is no table, or the page is out of bounds.
            NotSupportedError: it is Parquet, and this server has nothing to read that.

        """
        if start < 0 or not 0 < limit <= rules.MAX_ROWS:
            raise InvalidParameterError(
                f"Invalid page of rows: start {start} must be 0 or more, and limit {limit} "
                f"between 1 and {rules.MAX_ROWS}"
            )
        found = self.store.get_version(name, version)
        limit = min(limit, max(1, rules.MAX_CELLS // max(1, found.columns or 1)))
        with self.open(name, found.version) as file:
            names, rows = preview(file, found.format, start, limit)
        return Rows(names, rows, found.rows)

    def diff(self, a: str, b: str) -> dict[str, Any]:
        """Compare two versions by their profiles; see `epochal.data.diff`.

        Raises:
            NotFoundError: one is not there.
            InvalidParameterError: one is no table, so nobody knows its columns.

        """
        before, after = self._named(a), self._named(b)
        profiles = [_profile(before), _profile(after)]
        shared = self._shared_bytes(before, after)
        ends = {"a": before.uri, "b": after.uri, "is_same": before.content == after.content}
        sizes = {"size_bytes": [before.size_bytes, after.size_bytes], "shared_bytes": shared}
        return ends | sizes | compare(*profiles)

    def lineage(self, name: str, version: int | None = None) -> list[DatasetReader]:
        """The runs that read a version, or any for None, with their models; newest first."""
        return self.store.get_readers(name, version)

    def delete(self, name: str, version: int | None = None) -> None:
        """Forget a version, or all for None, and the bytes that only they had.

        Raises:
            NotFoundError: there is none.
            StillReadError: active runs noted it as an input.

        """
        self._drop(self.store.delete_versions(name, version))

    def collect(self, grace_ms: int = GRACE_MS) -> int:
        """Drop uploads that were never committed; how many files went."""
        paths = self.store.forget_unused(now_ms() - grace_ms)
        self._drop(paths)
        return len(paths)

    def _drop(self, paths: Sequence[str]) -> None:
        for path in paths:
            self.packs.delete(ArtifactPath.parse(path))

    def _named(self, text: str) -> DatasetVersion:
        named = rules.parse_dataset(text)
        return self.store.get_version(named.name, named.version)

    def _shared_bytes(self, a: DatasetVersion, b: DatasetVersion) -> int:
        """Bytes of `b` in chunks that `a` has too."""
        known = {one.digest for one in self.store.get_chunks(a.name, a.version)}
        chunks = self.store.get_chunks(b.name, b.version)
        return sum(one.size for one in chunks if one.digest in known)


def _profile(version: DatasetVersion) -> dict[str, Any]:
    if version.profile is None:
        raise InvalidParameterError(
            f"{version.uri} is of format {version.format!r}, whose columns are not known; only "
            "tables can be compared"
        )
    return json.loads(version.profile)


def _chunks_in(body: bytes) -> Iterator[memoryview]:
    view, place = memoryview(body), 0
    while place < len(view):
        size = int.from_bytes(view[place : place + SIZE_BYTES], "big")
        place += SIZE_BYTES
        if not 0 < size <= rules.MAX_CHUNK or place + size > len(view):
            raise InvalidParameterError(
                f"The upload is damaged at byte {place}: a chunk says that it has {size} bytes; "
                f"{len(view) - place} are left, and none may be larger than {rules.MAX_CHUNK}"
            )
        yield view[place : place + size]
        place += size
