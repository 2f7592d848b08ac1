"""Asking the server what to do with a large file: it may have it already, or know a short way.

The server answers with one of three states: `stored`, when equal bytes are kept and were put
under the path; `direct`, with URLs that take the file in parts, past the server; `proxy`,
when the file has to go through the server.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

import msgspec

from epochal.client.connection import Connections, error_of
from epochal.client.transfers import digests
from epochal.client.transfers.threads import for_each
from epochal.errors import PermissionDeniedError
from epochal.wire import bundles
from epochal.wire.columns import PACKED
from epochal.wire.encoding import decode_response

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from epochal.client.connection import Answer
    from epochal.errors import EpochalError

ROUTE = "/api/epochal/v1/artifacts/transfer"
BUNDLE_ROUTE = "/api/epochal/v1/artifacts/bundle"
_JSON = {"Content-Type": "application/json"}
_PACKED = {"Content-Type": PACKED}
HTTP_ERROR = 400
_ABSENT = frozenset({404, 405, 501})


class _Part(msgspec.Struct):
    number: int
    url: str
    offset: int = 0
    size: int = 0
    headers: dict[str, str] = {}


class _Offer(msgspec.Struct):
    state: str = "proxy"
    parts: list[_Part] = []
    complete_url: str | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A file that is to be kept below the server's own root."""

    path: str
    content: BinaryIO
    size: int
    sha256: str | None = None


class Offers:
    """Sends files the way that one server offers. Safe from many threads."""

    def __init__(self, connections: Connections, is_ours: Callable[[], bool]) -> None:
        self._connections = connections
        self._is_ours = is_ours
        self._takes_bundles = True
        self._are_taken = True  # whether the server knows of such questions
        self._hosts: dict[str, Connections] = {}
        self._lock = threading.Lock()

    def send(self, file: Outgoing, on_progress: Callable[[int], None] | None) -> bool:
        """Whether the server has the file now; if not, the caller sends it through the proxy.

        Raises:
            ConnectionLostError, UnavailableError: the server or the store is out of reach.
            PermissionDeniedError: the store refuses a part, twice.

        """
        if file.size < digests.NOTED_BYTES or not self._is_ours() or not self._are_taken:
            return False
        digest = file.sha256 or digests.digest_of(file.content)
        for left in (1, 0):
            offer = self._ask(file.path, file.size, digest)
            if offer.state == "stored":
                if on_progress:
                    on_progress(file.size)
                return True
            if offer.state != "direct":
                return False
            try:
                self._send_parts(file, offer, on_progress)
            except PermissionDeniedError:
                if not left:  # the URLs may have expired, once
                    raise
            else:
                return True
        return False

    def send_bundle(
        self, folder: str, files: Sequence[tuple[str, bytes]]
    ) -> list[EpochalError | None] | None:
        """What became of each of some small files; None if the server takes no bundles."""
        if not self._takes_bundles or not self._is_ours():
            return None
        body = bundles.encode_bundle(folder, files)
        answer = self._connections.request("POST", BUNDLE_ROUTE, body, _PACKED)
        if answer.status in _ABSENT:  # an older server
            self._takes_bundles = False
            return None
        if answer.status >= HTTP_ERROR:
            raise error_of(answer)
        return bundles.decode_outcome(answer.body, len(files))

    def is_kept(self, path: str, size: int, sha256: str) -> bool:
        """Whether the server keeps these bytes already and has put them under the path now."""
        if size < digests.NOTED_BYTES or not self._is_ours() or not self._are_taken:
            return False
        return self._ask(path, size, sha256).state == "stored"

    def _ask(self, path: str, size: int, sha256: str) -> _Offer:
        asked = {"uri": f"mlflow-artifacts:/{path}", "size": size, "sha256": sha256}
        answer = self._connections.request("POST", ROUTE, msgspec.json.encode(asked), _JSON)
        if answer.status in _ABSENT:  # an older server
            self._are_taken = False
            return _Offer()
        if answer.status >= HTTP_ERROR:
            raise error_of(answer)
        return decode_response(_Offer, answer.body)

    def _send_parts(
        self, file: Outgoing, offer: _Offer, on_progress: Callable[[int], None] | None
    ) -> None:
        etags: dict[int, str] = {}
        reading = threading.Lock()

        def send_part(part: _Part) -> None:
            with reading:  # threads share one file and its position
                file.content.seek(file_start + part.offset)
                data = file.content.read(part.size)
            answer = self._put(part, data)
            etags[part.number] = answer.headers.get("ETag") or answer.headers.get("etag") or ""
            if on_progress:
                on_progress(part.size)

        file_start = file.content.tell()
        try:
            for_each(offer.parts, send_part)
        finally:
            file.content.seek(file_start)
        if offer.complete_url:
            self._complete(offer.complete_url, etags)

    def _put(self, part: _Part, data: bytes) -> Answer:
        url = urlsplit(part.url)
        path = f"{url.path}?{url.query}" if url.query else url.path
        answer = self._host(f"{url.scheme}://{url.netloc}").request(
            "PUT", path, data, part.headers
        )
        if answer.status >= HTTP_ERROR:
            raise error_of(answer)
        return answer

    def _host(self, address: str) -> Connections:
        """Connections to where parts go. Its URLs speak for themselves: no credentials."""
        with self._lock:
            found = self._hosts.get(address)
            if found is None:
                found = self._hosts[address] = Connections(address, is_anonymous=True)
            return found

    def _complete(self, url: str, etags: dict[int, str]) -> None:
        parts = [{"number": number, "etag": etags[number]} for number in sorted(etags)]
        path = url if url.startswith("/") else urlsplit(url).path
        query = urlsplit(url).query
        answer = self._connections.request(
            "POST",
            f"{path}?{query}" if query and "?" not in path else path,
            msgspec.json.encode({"parts": parts}),
            _JSON,
        )
        if answer.status >= HTTP_ERROR:
            raise error_of(answer)

    def close(self) -> None:
        """Close all connections. Idempotent."""
        with self._lock:
            hosts, self._hosts = list(self._hosts.values()), {}
        for host in hosts:
            host.close()
