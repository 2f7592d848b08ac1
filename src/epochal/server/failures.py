"""The one place where an error becomes an answer."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import msgspec

from epochal.errors import EpochalError, MethodNotAllowedError

if TYPE_CHECKING:
    from epochal.server.exchange import Exchange, Header

_log = logging.getLogger("epochal.server")


def encode_failure(error: EpochalError, request_id: str) -> bytes:
    """The JSON that says what went wrong; our client rebuilds the same error from it."""
    fields: dict[str, Any] = {
        "error_code": error.error_code,
        "message": _printable(error.message),
        "error_class": type(error).__name__,
        "details": error.details,
        "request_id": request_id,
    }
    try:
        return msgspec.json.encode(fields, enc_hook=repr)
    except UnicodeEncodeError:  # a value in it was no valid Unicode
        return msgspec.json.encode(fields | {"details": {}})


def last_resort(fault: Exception, exchange: Exchange) -> EpochalError:
    """The error to answer with when nobody foresaw this one; the log keeps the traceback."""
    _log.error(
        "Request %s, %s %s, failed in a way that nobody foresaw",
        exchange.request_id,
        exchange.scope["method"],
        exchange.scope["path"],
        exc_info=fault,
    )
    return EpochalError(
        "Something went wrong inside the server; its log has the details under request ID "
        f"{exchange.request_id}"
    )


async def answer_failure(error: EpochalError, exchange: Exchange) -> None:
    """Answer with an error. What the client is still sending is not read any further."""
    headers: tuple[Header, ...] = ()
    if isinstance(error, MethodNotAllowedError):
        headers = ((b"allow", ", ".join(error.details["allowed"]).encode()),)
    exchange.extra += headers
    await exchange.answer_json(encode_failure(error, exchange.request_id), error.status)


def _printable(message: str) -> str:
    return message.encode("utf-8", "backslashreplace").decode()
