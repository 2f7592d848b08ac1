"""What the server says about itself."""

import json

import pytest

from epochal.errors import EpochalError
from epochal.wire import server_info as wire


def test_our_client_recognises_our_server():
    """The answer to `about` goes there and back."""
    about = wire.decode_about(wire.encode_about("1.0", 10))
    assert (about.product, about.version, about.max_log_bytes) == ("epochal", "1.0", 10)
    assert about.speaks == wire.SPOKEN_VERSION


def test_another_server_is_not_taken_for_ours():
    """MLflow answers with a page that says not found."""
    with pytest.raises(EpochalError):
        wire.decode_about(b"<!doctype html>")


def test_only_what_is_there_is_promised():
    """Clients call what is advertised and fail if it is not there."""
    told = json.loads(wire.encode_server_info())
    assert told["store_type"] == "SqlStore"
    assert not told["multipart_uploads_enabled"]
    assert not told["multipart_downloads_enabled"]
