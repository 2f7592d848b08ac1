"""Files on their way in: a request's body becomes a file that appears whole or not at all."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from typing import TYPE_CHECKING

from epochal.errors import InvalidParameterError
from epochal.server.bodies import check_declared_size, iter_body, read_body

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.ports.blobs import BlobWriter
    from epochal.server.blocking import Threads
    from epochal.server.exchange import Exchange

    Begin = Callable[[], BlobWriter]

SMALL_BYTES = 1 << 20  # a body up to this size is written in one visit to one thread
WRITE_BYTES = 1 << 20  # a larger one in pieces of this size, one of them while the next arrives
_SHA256 = re.compile(r"(?:^|[,\s])sha-256=:([A-Za-z0-9+/=]+):")


async def receive_file(
    begin: Begin, threads: Threads, exchange: Exchange, limit_bytes: int | None
) -> None:
    """Write a request's body into the file that `begin` opens.

    The body's SHA-256 is checked when the request tells it (`Content-Digest` or `Repr-Digest`
    of RFC 9530).

    Raises:
        InvalidParameterError: the digest is another; and whatever the writer raises.

    """
    digest = announced_digest(exchange)
    declared = exchange.headers.get(b"content-length")
    check_declared_size(exchange, limit_bytes)
    if declared is not None and int(declared) <= SMALL_BYTES:
        body = await read_body(exchange, SMALL_BYTES)
        await threads.run(_write_whole, begin, body, digest)
        return
    writer = await threads.run(begin)
    try:
        await _write_pieces(writer, threads, exchange, limit_bytes)
        await threads.run(writer.commit, digest)
    except BaseException:  # also when the server stops: nothing half-written may stay
        writer.abort()
        raise


def announced_digest(exchange: Exchange) -> str | None:
    """The SHA-256 that a request says its body has, in hexadecimal; None if it says nothing.

    Raises:
        InvalidParameterError: what it says is no digest.

    """
    told = exchange.header(b"content-digest") or exchange.header(b"repr-digest")
    match = _SHA256.search(told) if told else None
    if match is None:  # another algorithm: nobody has to know all of them
        return None
    try:
        digest = base64.b64decode(match[1], validate=True)
    except binascii.Error:
        digest = b""
    if len(digest) != 32:  # noqa: PLR2004 - bytes of any SHA-256
        raise InvalidParameterError(
            f"The digest {match[0].strip()!r} is not understood: it must be the 32 bytes of a "
            "SHA-256 in base64, as in 'Content-Digest: sha-256=:…:'"
        )
    return digest.hex()


def _write_whole(begin: Begin, body: bytes, digest: str | None) -> None:
    writer = begin()
    try:
        writer.write(body)
        writer.commit(digest)
    finally:
        writer.abort()


async def _write_pieces(
    writer: BlobWriter, threads: Threads, exchange: Exchange, limit_bytes: int | None
) -> None:
    """Write on a thread while the next piece arrives; never more than two are held."""
    held, writing = bytearray(), None
    try:
        async for piece in iter_body(exchange, limit_bytes):
            held += piece
            if len(held) >= WRITE_BYTES:
                if writing is not None:
                    await writing
                full, held = held, bytearray()
                writing = asyncio.ensure_future(threads.run(writer.write, full))
        if writing is not None:
            await writing
        if held:
            await threads.run(writer.write, held)
    finally:
        if writing is not None and not writing.done():  # the writer belongs to one at a time
            await asyncio.wait([writing])
