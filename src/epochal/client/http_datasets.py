"""Versions of datasets behind a server of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import urlencode

from epochal.client.connection import error_of
from epochal.ports.datasets import Committed
from epochal.wire import datasets as wire
from epochal.wire.encoding import decode_response, encode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.client.connection import Connections
    from epochal.entities import DatasetReader, DatasetVersion, NamedDataset, Page
    from epochal.wire.decoding import Message

ROUTE = "/api/epochal/v1/datasets/"
HTTP_ERROR = 400


class HttpDatasets:
    """A `DatasetShelf` of one server."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def find_missing(self, digests: Sequence[str]) -> list[str]:
        """Which chunks must be sent before a version of them can be kept."""
        if not digests:
            return []
        asked = wire.FindMissing(chunks=wire.spell_digests(digests))
        return wire.decode_version(self._post("missing", asked))[2]

    def upload(self, body: bytes) -> int:
        """Keep chunks; the bytes that were new."""
        answered = self._send("upload", body, "application/octet-stream")
        return decode_response(dict[str, int], answered)["new_bytes"]

    def commit(self, draft: DatasetVersion, chunks: Sequence[str]) -> Committed:
        """Keep a version, or say which chunks are not there."""
        body = self._post("commit", wire.commit_message(draft, chunks))
        version, is_new, missing = wire.decode_version(body)
        return Committed(version, is_new, missing)

    def get(self, name: str) -> NamedDataset:
        """A dataset with its newest version."""
        return wire.decode_dataset(self._post("get", wire.GetDataset(name=name)))

    def search(
        self, contains: str = "", max_results: int = 100, page_token: str | None = None
    ) -> Page[NamedDataset]:
        """Datasets whose name holds a text, by name."""
        asked = wire.SearchDatasets(
            contains=contains, max_results=max_results, page_token=page_token or ""
        )
        return wire.decode_datasets(self._post("search", asked))

    def versions(
        self, name: str, max_results: int = 100, page_token: str | None = None
    ) -> Page[DatasetVersion]:
        """Versions, the newest first."""
        asked = wire.ListVersions(name=name, max_results=max_results, page_token=page_token or "")
        return wire.decode_versions(self._post("versions", asked))

    def version(self, name: str, version: int | None = None) -> DatasetVersion:
        """One version, the newest for None."""
        body = self._post("version", wire.GetVersion(name=name, version=version))
        return cast("DatasetVersion", wire.decode_version(body)[0])

    def open(self, name: str, version: int) -> BinaryIO:
        """The content, as it comes."""
        query = urlencode({"name": name, "version": version})
        return cast("BinaryIO", self._connections.download(f"{ROUTE}download?{query}"))

    def diff(self, a: str, b: str) -> dict[str, Any]:
        """Compare two versions."""
        body = self._post("diff", wire.CompareVersions(a=a, b=b))
        return decode_response(dict[str, Any], body)

    def lineage(self, name: str, version: int | None = None) -> list[DatasetReader]:
        """The runs that read it."""
        asked = wire.GetVersion(name=name, version=version)
        return wire.decode_lineage(self._post("lineage", asked))

    def delete(self, name: str, version: int | None = None) -> None:
        """Forget a version, or all."""
        self._post("delete", wire.GetVersion(name=name, version=version))

    def _post(self, name: str, message: Message) -> bytes:
        return self._send(name, encode(message), "application/json")

    def _send(self, name: str, body: bytes, kind: str) -> bytes:
        answer = self._connections.request("POST", ROUTE + name, body, {"Content-Type": kind})
        if answer.status >= HTTP_ERROR:
            raise error_of(answer)
        return answer.body
