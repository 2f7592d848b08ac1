"""Listings and files of runs and of the proxy. Files pass through in pieces."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from epochal.errors import InvalidParameterError, NotSupportedError
from epochal.server.bodies import iter_body
from epochal.server.exchange import EVERY_ANSWER, ClientGoneError
from epochal.server.ranges import Span, UnsatisfiableRangeError, parse_range
from epochal.wire import artifacts as wire
from epochal.wire.decoding import decode_query
from epochal.wire.encoding import EMPTY
from epochal.wire.endpoints import UPLOAD_LIMIT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from epochal.ports.blobs import BlobWriter
    from epochal.server.blocking import Threads
    from epochal.server.exchange import Exchange, Header
    from epochal.services import Services
    from epochal.services.artifacts import OpenFile

    Stream = Callable[[Services, Threads, Exchange], Awaitable[None]]

PIECE_BYTES = 256 * 1024
WRITE_BYTES = 1024 * 1024  # pieces of a request are 64 KiB; a thread per 16 of them is enough
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


def _list_run(services: Services, asked: wire.ListArtifacts) -> bytes:
    return wire.encode_run_listing(*services.artifacts.list_run(asked.run_id, asked.path))


def _list_root(services: Services, asked: wire.ListRoot) -> bytes:
    return wire.encode_root_listing(services.artifacts.list_root(asked.path))


async def _download_run(services: Services, threads: Threads, exchange: Exchange) -> None:
    asked = decode_query(wire.RunFile, exchange.query())
    if not asked.path:
        raise _missing_path()
    opened = await threads.run(services.artifacts.open_run, asked.run_id, asked.path)
    await send_file(opened, threads, exchange)


async def _download_root(services: Services, threads: Threads, exchange: Exchange) -> None:
    opened = await threads.run(services.artifacts.open_root, exchange.tail)
    await send_file(opened, threads, exchange)


async def _upload_run(services: Services, threads: Threads, exchange: Exchange) -> None:
    asked = decode_query(wire.RunFile, exchange.query())
    if not asked.path:
        raise _missing_path()
    writer = await threads.run(services.artifacts.write_run, asked.run_id, asked.path)
    await _receive_file(writer, threads, exchange, UPLOAD_LIMIT)
    await exchange.answer_json(b"")


async def _upload_root(services: Services, threads: Threads, exchange: Exchange) -> None:
    writer = await threads.run(services.artifacts.write_root, exchange.tail)
    await _receive_file(writer, threads, exchange, None)
    await exchange.answer(b"", EVERY_ANSWER)


async def _delete_root(services: Services, threads: Threads, exchange: Exchange) -> None:
    await threads.run(services.artifacts.delete_root, exchange.tail)
    await exchange.answer_json(EMPTY)


async def _refuse_multipart(_services: Services, _threads: Threads, _exchange: Exchange) -> None:
    raise NotSupportedError(
        "This server's artifact store has no multipart uploads; send the file in one PUT"
    )


async def _refuse_presigned(_services: Services, _threads: Threads, _exchange: Exchange) -> None:
    raise NotSupportedError(
        "This server's artifact store signs no URLs; use the artifact proxy instead"
    )


def _missing_path() -> InvalidParameterError:
    return InvalidParameterError("Missing value for required parameter 'path'.")


async def _receive_file(
    writer: BlobWriter, threads: Threads, exchange: Exchange, limit_bytes: int | None
) -> None:
    """Write a request's body into a file that appears only when all of it is there."""
    held = bytearray()
    try:
        async for piece in iter_body(exchange, limit_bytes):
            held += piece
            if len(held) >= WRITE_BYTES:
                await threads.run(writer.write, bytes(held))
                held.clear()
        if held:
            await threads.run(writer.write, bytes(held))
        await threads.run(writer.commit)
    except BaseException:  # also when the server stops: nothing half-written may stay
        writer.abort()
        raise


async def send_file(opened: OpenFile, threads: Threads, exchange: Exchange) -> None:
    """Send a file or the asked-for part of it, as an attachment that cannot run as a page."""
    try:
        size = opened.info.file_size or 0
        headers = file_headers(opened.info.path)
        try:
            span = parse_range(exchange.header(b"range"), size)
        except UnsatisfiableRangeError:
            await exchange.answer(b"", (*headers, _content_range(f"*/{size}")), 416)
            return
        status = 200 if span is None else 206
        if span is not None:
            headers += (_content_range(f"{span.start}-{span.stop - 1}/{size}"),)
        await _send_span(opened, span or Span(0, size), threads, exchange, (status, headers))
    finally:
        opened.stream.close()


async def _send_span(
    opened: OpenFile,
    span: Span,
    threads: Threads,
    exchange: Exchange,
    head: tuple[int, tuple[Header, ...]],
) -> None:
    status, headers = head
    left = len(span)
    first = await threads.run(_read, opened, span.start, min(PIECE_BYTES, left))
    await exchange.begin(status, (*headers, (b"content-length", b"%d" % left)))
    left -= len(first)
    await exchange.send_piece(first, is_last=left == 0)
    if left and exchange.scope["method"] != "HEAD":
        await _send_rest(opened, left, threads, exchange)


async def _send_rest(opened: OpenFile, left: int, threads: Threads, exchange: Exchange) -> None:
    """Send what is left, as fast as the client takes it, for as long as there is a client."""
    gone = asyncio.ensure_future(exchange.until_gone())
    try:
        while left:
            piece = await threads.run(opened.stream.read, min(PIECE_BYTES, left))
            if gone.done():
                raise ClientGoneError
            if not piece:  # cut while we read: break the line rather than pass it off as whole
                raise ConnectionAbortedError
            left -= len(piece)
            await exchange.send_piece(piece, is_last=left == 0)
    finally:
        gone.cancel()


def _read(opened: OpenFile, start: int, size: int) -> bytes:
    if start:
        opened.stream.seek(start)
    return opened.stream.read(size)


def file_headers(path: str) -> tuple[Header, ...]:
    """What tells a browser to save a file and, if it shows it all the same, to run nothing."""
    name = path.rpartition("/")[2]
    return (
        (b"content-type", content_type(name).encode()),
        (b"content-disposition", f"attachment; {_file_name(name)}".encode()),
        (b"accept-ranges", b"bytes"),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", _SANDBOX),
        *EVERY_ANSWER,
    )


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


ANSWERS: dict[str, Callable[[Services, Any], bytes]] = {
    "artifacts/list": _list_run,
    "proxy/list": _list_root,
}

STREAMS: dict[str, Stream] = {
    "get-artifact": _download_run,
    "upload-artifact": _upload_run,
    "artifacts/presigned-upload-url": _refuse_presigned,
    "artifacts/presigned-download-url": _refuse_presigned,
    "proxy/download": _download_root,
    "proxy/upload": _upload_root,
    "proxy/delete": _delete_root,
    "proxy/mpu-create": _refuse_multipart,
    "proxy/mpu-complete": _refuse_multipart,
    "proxy/mpu-abort": _refuse_multipart,
    "proxy/presigned": _refuse_presigned,
}
