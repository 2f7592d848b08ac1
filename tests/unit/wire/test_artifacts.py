"""Listings of artifacts on the wire."""

import json

from epochal.entities import FileInfo
from epochal.wire import artifacts as wire

FILES = [FileInfo("model", is_dir=True), FileInfo("a.txt", is_dir=False, file_size=0)]


def test_a_listing_goes_there_and_back():
    """Folders have no size, empty files have size 0."""
    body = wire.encode_run_listing("mlflow-artifacts:/1/r/artifacts", FILES)
    assert json.loads(body)["files"] == [
        {"path": "model", "is_dir": True},
        {"path": "a.txt", "is_dir": False, "file_size": 0},
    ]
    assert wire.decode_listing(body) == ("mlflow-artifacts:/1/r/artifacts", FILES)


def test_an_empty_listing_has_no_files():
    """The proxy says nothing, a run its root."""
    assert wire.encode_root_listing([]) == b"{}"
    assert json.loads(wire.encode_run_listing("u", [])) == {"root_uri": "u"}
    assert wire.decode_listing(b"{}") == ("", [])
