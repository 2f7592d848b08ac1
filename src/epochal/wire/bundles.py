"""Many small files in one request, in MessagePack: what the SDK sends instead of many PUTs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from epochal.errors import EpochalError, InvalidParameterError, from_wire
from epochal.wire.columns import pack
from epochal.wire.encoding import decode_response, encode

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_FILES = 256
MAX_BYTES = 8 << 20
HTTP_ERROR = 400


class SmallFile(msgspec.Struct, array_like=True):
    """A file of a bundle: its path below the bundle's folder, and all of its bytes."""

    path: str
    content: bytes


class Bundle(msgspec.Struct):
    """Files that are kept below one folder of the server's own artifact root."""

    folder: str
    files: list[SmallFile]


class _Outcome(msgspec.Struct):
    errors: list[dict[str, Any] | None] = msgspec.field(
        default_factory=list["dict[str, Any] | None"]
    )


def encode_bundle(folder: str, files: Sequence[tuple[str, bytes]]) -> bytes:
    """The body of a request."""
    return pack({"folder": folder, "files": files})


def decode_bundle(body: bytes) -> Bundle:
    """Read a request.

    Raises:
        InvalidParameterError: it is no MessagePack of this form, or holds too many files.

    """
    try:
        bundle = msgspec.msgpack.decode(body, type=Bundle)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise InvalidParameterError(
            f"The bundle of files cannot be read: {fault}; it must be MessagePack of "
            "{'folder': text, 'files': [[path, bytes], …]}"
        ) from None
    if len(bundle.files) > MAX_FILES:
        raise InvalidParameterError(
            f"The bundle holds {len(bundle.files)} files; at most {MAX_FILES} are taken at once"
        )
    return bundle


def encode_outcome(errors: Sequence[bytes | None]) -> bytes:
    """The answer: for each file, in the order given, null or the JSON of why it was not kept."""
    return encode({"errors": [None if error is None else msgspec.Raw(error) for error in errors]})


def decode_outcome(body: bytes, count: int) -> list[EpochalError | None]:
    """Read the answer for `count` files."""
    found = decode_response(_Outcome, body).errors
    told = [None if fault is None else from_wire(fault, HTTP_ERROR) for fault in found]
    missing = EpochalError("The server does not say what became of the file")
    return [*told, *[missing] * (count - len(told))][:count]
