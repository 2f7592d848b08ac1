"""From values to the JSON of a response, and back on the client's side.

MLflow leaves out what is unset and what is an empty list; so do we.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from epochal.errors import EpochalError

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")
EMPTY = b"{}"

encode = msgspec.json.Encoder().encode
"""JSON bytes of plain values. Safe from any thread."""


def pairs(values: Mapping[str, str]) -> list[dict[str, str]]:
    """Params and tags as MLflow lists them."""
    return [{"key": key, "value": value} for key, value in values.items()]


def without_unset(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that are neither None nor an empty list."""
    return {name: value for name, value in fields.items() if value is not None and value != []}


class Pair(msgspec.Struct, gc=False):
    """A param or a tag in a response."""

    key: str
    value: str = ""


def from_pairs(listed: list[Pair]) -> dict[str, str]:
    """Params and tags as a dictionary; a key that comes twice keeps its last value."""
    return {pair.key: pair.value for pair in listed}


def decode_response(kind: type[T], body: bytes) -> T:
    """What a server answered. Unknown fields are ignored, int64 may come as text.

    Raises:
        EpochalError: the body is not what such a request is answered with.

    """
    try:
        return _response_decoder(kind).decode(body or EMPTY)
    except (msgspec.MsgspecError, UnicodeDecodeError) as fault:
        raise EpochalError(
            f"The server's answer is not understood: {fault}; it begins with {body[:80]!r}"
        ) from None


@cache
def _response_decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    return msgspec.json.Decoder(kind, strict=False)
