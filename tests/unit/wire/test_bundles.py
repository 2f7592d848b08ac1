"""Many files in one message."""

from __future__ import annotations

import msgspec
import pytest

from epochal.errors import EpochalError, InvalidParameterError, NotFoundError
from epochal.wire.bundles import (
    MAX_FILES,
    decode_bundle,
    decode_outcome,
    encode_bundle,
    encode_outcome,
)


def test_bundles_come_back():
    """Folder, paths and bytes, whatever they are."""
    found = decode_bundle(encode_bundle("a/b", [("ü", b"\x00\xff"), ("empty", b"")]))
    assert found.folder == "a/b"
    assert [(file.path, file.content) for file in found.files] == [
        ("ü", b"\x00\xff"),
        ("empty", b""),
    ]


def test_too_many_files_are_refused():
    """The error names both numbers."""
    with pytest.raises(InvalidParameterError, match=f"{MAX_FILES + 1} files; at most {MAX_FILES}"):
        decode_bundle(encode_bundle("", [("a", b"")] * (MAX_FILES + 1)))


def test_outcomes_come_back():
    """None for what was kept, the very error for what was not; what is missing is an error."""
    error = NotFoundError("run", "7")
    fields = {"error_class": "NotFoundError", "details": error.details, "message": error.message}
    body = encode_outcome([None, msgspec.json.encode(fields)])
    kept, refused, missing = decode_outcome(body, 3)
    assert kept is None
    assert isinstance(refused, NotFoundError)
    assert refused.message == error.message
    assert isinstance(missing, EpochalError)
