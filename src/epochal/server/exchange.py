"""One request and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from epochal.errors import InvalidParameterError
from epochal.wire.columns import PACKED
from epochal.wire.server_info import CLIENT_HEADER

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping

    Scope = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
    Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
    Header = tuple[bytes, bytes]

MAX_QUERY_FIELDS = 1000
_OURS = CLIENT_HEADER.encode()

EVERY_ANSWER: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"vary", b"Origin"),
)
_JSON: tuple[Header, ...] = (
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    *EVERY_ANSWER,
)
_MSGPACK: tuple[Header, ...] = ((b"content-type", PACKED.encode()), *_JSON[1:])


class ClientGoneError(Exception):
    """The client hung up; there is nobody left to answer."""


class Exchange:
    """One request as it came in, and the means to answer it.

    Belongs to the one task that answers it.
    """

    __slots__ = (
        "_receive",
        "_send",
        "after_answer",
        "extra",
        "headers",
        "is_answering",
        "request_id",
        "scope",
        "tail",
    )

    def __init__(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        self.scope = scope
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.request_id = request_id
        self.tail = ""  # what follows the fixed part of an endpoint's path
        self.extra: tuple[Header, ...] = ()  # headers that security adds, for foreign pages
        self.is_answering = False
        self.after_answer: Callable[[Exchange], Awaitable[None]] | None = None
        self._receive = receive
        self._send = send

    @property
    def method(self) -> str:
        """The HTTP method, in capitals; HEAD is asked and answered as GET is."""
        method: str = self.scope["method"]
        return "GET" if method == "HEAD" else method

    @property
    def is_ours(self) -> bool:
        """Whether our own client asks, which understands "Infinity"."""
        return _OURS in self.headers

    def header(self, name: bytes) -> str | None:
        """A request header's text; of repeated ones the last."""
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")

    def query(self) -> Mapping[str, list[str]]:
        """The query string, decoded once. Raises InvalidParameterError if it is no UTF-8."""
        raw: bytes = self.scope["query_string"]
        if not raw:
            return {}
        try:
            return parse_qs(
                raw.decode("utf-8"),
                keep_blank_values=True,
                errors="strict",
                max_num_fields=MAX_QUERY_FIELDS,
            )
        except ValueError as fault:  # UnicodeDecodeError is one
            raise InvalidParameterError(
                f"The query string is not understood: {fault}; it must be percent-encoded UTF-8 "
                f"with at most {MAX_QUERY_FIELDS} fields"
            ) from None

    async def receive(self) -> tuple[bytes, bool]:
        """The next piece of the body and whether more follows. Raises ClientGoneError."""
        event = await self._receive()
        if event["type"] == "http.disconnect":
            raise ClientGoneError
        return event.get("body", b""), event.get("more_body", False)

    async def until_gone(self) -> None:
        """Return when the client hangs up; until then what it still sends is dropped."""
        while True:
            try:
                await self.receive()
            except ClientGoneError:
                return

    @property
    def wants_packed(self) -> bool:
        """Whether the client asks for MessagePack where there is a choice."""
        return b"msgpack" in self.headers.get(b"accept", b"")

    async def answer_json(self, body: bytes, status: int = 200) -> None:
        """Answer with JSON."""
        await self.answer(body, _JSON, status)

    async def answer_packed(self, body: bytes) -> None:
        """Answer with MessagePack."""
        await self.answer(body, _MSGPACK)

    async def answer(self, body: bytes, headers: tuple[Header, ...], status: int = 200) -> None:
        """Answer in one go."""
        await self.begin(status, (*headers, (b"content-length", b"%d" % len(body))))
        if self.after_answer is not None:  # the client has the answer; the line stays open yet
            await self.send_piece(body, is_last=False)
            await self.after_answer(self)
            body = b""
        await self._send({"type": "http.response.body", "body": body})

    async def begin(self, status: int, headers: tuple[Header, ...]) -> None:
        """Send status and headers; the body follows in pieces."""
        self.is_answering = True
        marks = (*self.extra, (b"x-request-id", self.request_id.encode()))
        await self._send(
            {"type": "http.response.start", "status": status, "headers": [*headers, *marks]}
        )

    async def send_piece(self, piece: bytes, *, is_last: bool) -> None:
        """Send one piece of the body; waits while the client is slow."""
        await self._send({"type": "http.response.body", "body": piece, "more_body": not is_last})
