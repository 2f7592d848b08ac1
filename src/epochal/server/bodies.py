"""Reading request bodies, within bounds of size and time."""

from __future__ import annotations

import asyncio
from types import coroutine
from typing import TYPE_CHECKING, Any

from epochal.errors import BodyTooLargeError, InvalidParameterError
from epochal.server.exchange import ClientGoneError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Generator

    from epochal.server.exchange import Exchange

BODY_TIMEOUT_S = 120.0  # for a whole JSON body
PIECE_TIMEOUT_S = 60.0  # between two pieces of a file
DRAIN_BYTES = 16 * 1024 * 1024
DRAIN_TIMEOUT_S = 5.0


class BodyTooSlowError(InvalidParameterError):
    """The client stopped sending in the middle of a body."""

    status = 408

    def __init__(self, timeout_s: float) -> None:
        super().__init__(
            f"The request body did not arrive within {timeout_s:g} seconds", timeout_s=timeout_s
        )


async def read_body(exchange: Exchange, limit_bytes: int) -> bytes:
    """The whole body.

    Raises:
        BodyTooLargeError: it is, or says it is, larger than the limit.
        BodyTooSlowError, ClientGoneError: it does not come to an end.

    """
    check_declared_size(exchange, limit_bytes)
    begun, first, waits_for = exchange.receive(), None, None
    try:
        waits_for = begun.send(None)
    except StopIteration as received:
        first = received.value
        if not first[1] and len(first[0]) <= limit_bytes:
            return first[0]  # it came whole with the head: most do, and need no timer
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            piece, more = first or await _rest(begun, waits_for)
            pieces, size = [piece], len(piece)
            while more:
                if size > limit_bytes:
                    raise BodyTooLargeError(limit_bytes)
                piece, more = await exchange.receive()
                pieces.append(piece)
                size += len(piece)
    except TimeoutError:
        raise BodyTooSlowError(BODY_TIMEOUT_S) from None
    if size > limit_bytes:
        raise BodyTooLargeError(limit_bytes)
    return b"".join(pieces)


@coroutine
def _rest(
    begun: Coroutine[Any, Any, tuple[bytes, bool]], waits_for: Any
) -> Generator[Any, Any, tuple[bytes, bool]]:
    """Await a coroutine that was begun by hand and waits for a future now."""
    has_come = False
    try:
        yield waits_for
        has_come = True
    finally:
        if not has_come:
            begun.close()
    return (yield from begun.__await__())


async def iter_body(exchange: Exchange, limit_bytes: int | None) -> AsyncIterator[bytes]:
    """The body in the pieces that it arrives in. Raises as `read_body` does."""
    check_declared_size(exchange, limit_bytes)
    size, more = 0, True
    while more:
        try:
            async with asyncio.timeout(PIECE_TIMEOUT_S):
                piece, more = await exchange.receive()
        except TimeoutError:
            raise BodyTooSlowError(PIECE_TIMEOUT_S) from None
        size += len(piece)
        if limit_bytes is not None and size > limit_bytes:
            raise BodyTooLargeError(limit_bytes)
        yield piece


def check_declared_size(exchange: Exchange, limit_bytes: int | None) -> None:
    """Raises BodyTooLargeError if the request says that its body is over the limit."""
    declared = exchange.headers.get(b"content-length")
    if declared is not None and limit_bytes is not None and int(declared) > limit_bytes:
        raise BodyTooLargeError(limit_bytes)


async def drain(exchange: Exchange) -> None:
    """Read and forget a little of a refused body.

    A client that is still sending when the line closes sees a broken line, not the answer that
    it was sent already.
    """
    size, more = 0, True
    try:
        async with asyncio.timeout(DRAIN_TIMEOUT_S):
            while more and size < DRAIN_BYTES:
                piece, more = await exchange.receive()
                size += len(piece)
    except (TimeoutError, ClientGoneError):
        return
