"""Files on their way out: whole or a part, as attachments that cannot run as a page."""

from __future__ import annotations

import asyncio
import base64
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from epochal.errors import InvalidParameterError
from epochal.server.exchange import EVERY_ANSWER, ClientGoneError
from epochal.server.ranges import Span, UnsatisfiableRangeError, parse_range

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.entities import FileInfo
    from epochal.ports.blobs import OpenFile
    from epochal.server.blocking import Threads
    from epochal.server.exchange import Exchange, Header

PIECE_BYTES = 1 << 20
_TOKEN = re.compile(r"[A-Za-z0-9._-]+")
_PLAIN = "text/plain; charset=utf-8"
_AS_TEXT = frozenset(
    [
        "cfg",
        "conf",
        "css",
        "csv",
        "err",
        "ini",
        "jl",
        "js",
        "json",
        "log",
        "md",
        "mlmodel",
        "mlproject",
        "out",
        "py",
        "r",
        "rst",
        "sh",
        "sql",
        "toml",
        "tsv",
        "txt",
        "xml",
        "yaml",
        "yml",
    ]
)
_SANDBOX = b"default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
# What may be shown in a frame. The sandbox gives a page an origin of its own, even when it is
# opened by its address: its scripts see neither our pages nor the server, and ask nobody.
_PAGE = (
    b"sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; "
    b"style-src 'unsafe-inline'; img-src data: blob:; font-src data:; media-src data: blob:; "
    b"worker-src blob:; frame-ancestors 'self'"
)
# Browsers show no PDF in a sandbox. Its type is said here and not guessed: it is never a page.
_DOCUMENT = b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_SHOWN = {
    "html": (b"text/html; charset=utf-8", _PAGE),
    "htm": (b"text/html; charset=utf-8", _PAGE),
    "pdf": (b"application/pdf", _DOCUMENT),
}


async def send_file(
    opening: Callable[[], OpenFile],
    threads: Threads,
    exchange: Exchange,
    headers_of: Callable[[str], tuple[Header, ...]] | None = None,
) -> None:
    """Send a file, the part of it that was asked for, or word that the client has it already.

    A small file takes one visit to one thread.
    """
    opened, first = await threads.run(_open, opening, exchange, headers_of or file_headers)
    try:
        if exchange.scope["method"] == "HEAD" or opened.answer.status not in {200, 206}:
            await _send_head(opened.answer, exchange)
            return
        await exchange.begin(opened.answer.status, opened.answer.headers)
        left = opened.answer.length - len(first)
        await exchange.send_piece(first, is_last=left == 0)
        if left:
            await _send_rest(opened.file, left, threads, exchange)
    finally:
        opened.file.stream.close()


class _Answer:
    """The head of an answer, and the part of the file that follows it."""

    __slots__ = ("headers", "length", "start", "status")

    def __init__(
        self,
        info: FileInfo,
        exchange: Exchange,
        headers_of: Callable[[str], tuple[Header, ...]],
    ) -> None:
        size = info.file_size or 0
        headers = (*headers_of(info.path), *mark_headers(info))
        self.status, self.start, self.length = 200, 0, size
        if has_seen(exchange.header(b"if-none-match"), info):
            self.status, self.length = 304, 0
        else:
            headers += self._choose_span(info, exchange, size)
        if self.status != 304:  # noqa: PLR2004 - which has no body, and tells of none
            headers += ((b"content-length", b"%d" % self.length),)
        self.headers: tuple[Header, ...] = headers

    def _choose_span(self, info: FileInfo, exchange: Exchange, size: int) -> tuple[Header, ...]:
        condition = exchange.header(b"if-range")
        asked = exchange.header(b"range")
        if condition is not None and not _is_same(condition, info):
            asked = None  # the part that the client has is of an older file
        try:
            span = parse_range(asked, size)
        except UnsatisfiableRangeError:
            self.status, self.length = 416, 0
            return (_content_range(f"*/{size}"),)
        if span is None:
            return ()
        self._take(span)
        return (_content_range(f"{span.start}-{span.stop - 1}/{size}"),)

    def _take(self, span: Span) -> None:
        self.status, self.start, self.length = 206, span.start, len(span)


class _Opened:
    __slots__ = ("answer", "file")

    def __init__(self, file: OpenFile, answer: _Answer) -> None:
        self.file, self.answer = file, answer


def _open(
    opening: Callable[[], OpenFile],
    exchange: Exchange,
    headers_of: Callable[[str], tuple[Header, ...]],
) -> tuple[_Opened, bytes]:
    """Open a file and read the first piece of what is wanted."""
    file = opening()
    try:
        answer = _Answer(file.info, exchange, headers_of)
        first = b""
        if answer.length and exchange.scope["method"] != "HEAD":
            if answer.start:
                file.stream.seek(answer.start)
            first = _read(file, min(PIECE_BYTES, answer.length))
    except BaseException:
        file.stream.close()
        raise
    return _Opened(file, answer), first


async def _send_head(answer: _Answer, exchange: Exchange) -> None:
    await exchange.begin(answer.status, answer.headers)
    await exchange.send_piece(b"", is_last=True)


async def _send_rest(file: OpenFile, left: int, threads: Threads, exchange: Exchange) -> None:
    """Send what is left, as fast as the client takes it, for as long as there is a client.

    One piece is read while the one before it is sent.
    """
    gone = asyncio.ensure_future(exchange.until_gone())
    reading = asyncio.ensure_future(threads.run(_read, file, min(PIECE_BYTES, left)))
    try:
        while left:
            piece = await reading
            if gone.done():
                raise ClientGoneError
            left -= len(piece)
            if left:
                reading = asyncio.ensure_future(threads.run(_read, file, min(PIECE_BYTES, left)))
            await exchange.send_piece(piece, is_last=left == 0)
    finally:
        gone.cancel()
        if not reading.done():  # the stream is closed next
            await asyncio.wait([reading])
        if not reading.cancelled():
            reading.exception()


def _read(file: OpenFile, size: int) -> bytes:
    """Some bytes. Raises rather than pass a file off as whole that was cut while we read."""
    piece = file.stream.read(size)
    if not piece:
        raise ConnectionAbortedError
    return piece


def file_headers(path: str) -> tuple[Header, ...]:
    """What tells a browser to save a file and, if it shows it all the same, to run nothing."""
    name = path.rpartition("/")[2]
    return (
        (b"content-type", content_type(name).encode()),
        (b"content-disposition", f"attachment; {_file_name(name)}".encode()),
        (b"accept-ranges", b"bytes"),
        (b"cache-control", b"no-cache"),  # ask again each time; 304 when it is the same
        (b"content-security-policy", _SANDBOX),
        *EVERY_ANSWER,
    )


def page_headers(path: str) -> tuple[Header, ...]:
    """What lets a browser show a logged page or document in a frame.

    Raises:
        InvalidParameterError: it is neither.

    """
    name = path.rpartition("/")[2]
    stem, _, ending = name.rpartition(".")
    shown = _SHOWN.get(ending.lower()) if stem else None
    if shown is None:
        raise InvalidParameterError(
            f"Invalid value {path!r} for parameter 'path': only .html, .htm and .pdf are shown"
        )
    kind, policy = shown
    return (
        (b"content-type", kind),
        (b"content-disposition", f"inline; {_file_name(name)}".encode()),
        (b"accept-ranges", b"bytes"),
        (b"cache-control", b"no-cache"),
        (b"content-security-policy", policy),
        (b"referrer-policy", b"no-referrer"),
        *EVERY_ANSWER,
    )


def mark_headers(info: FileInfo) -> tuple[Header, ...]:
    """What changes with the content: its mark, and its digest where it is known (RFC 9530)."""
    headers: tuple[Header, ...] = ()
    if info.etag:
        headers += ((b"etag", f'"{info.etag}"'.encode()),)
    if info.sha256:
        coded = base64.b64encode(bytes.fromhex(info.sha256)).decode()
        headers += ((b"repr-digest", f"sha-256=:{coded}:".encode()),)
    return headers


def has_seen(if_none_match: str | None, info: FileInfo) -> bool:
    """Whether one of the marks that a client has is the file's."""
    if not if_none_match or not info.etag:
        return False
    marks = (mark.strip().removeprefix("W/") for mark in if_none_match.split(","))
    return any(mark in {"*", f'"{info.etag}"'} for mark in marks)


def _is_same(if_range: str, info: FileInfo) -> bool:
    return bool(info.etag) and if_range.strip() == f'"{info.etag}"'


def _file_name(name: str) -> str:
    """The name as a header's parameter, plain if it can be, else as RFC 5987 has it too."""
    if _TOKEN.fullmatch(name):
        return f"filename={name}"
    plain = name.encode("ascii", "replace").decode().translate({34: "_", 63: "_", 92: "_"})
    return f"filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def content_type(name: str) -> str:
    """The media type of a file by its name; whatever reads as text is plain text."""
    import mimetypes

    if name.rpartition(".")[2].lower() in _AS_TEXT:
        return _PLAIN
    return mimetypes.guess_type(name, strict=False)[0] or "application/octet-stream"


def _content_range(text: str) -> Header:
    return (b"content-range", f"bytes {text}".encode())
