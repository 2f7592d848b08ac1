"""Files behind addresses."""

from __future__ import annotations

import io

import pytest

from epochal.client.connection import Connections
from epochal.client.web_files import WebFile, open_url
from epochal.errors import InvalidParameterError, NotFoundError, NotSupportedError
from fixtures.file_server import file_server

__all__ = ["file_server"]


def test_headers_tell_of_the_whole_file(file_server):
    """Size, digest, tag, and where a part begins."""
    file_server.files["a"] = b"0123456789"
    connections = Connections(file_server.address)
    with open_url(connections, "/a") as whole:
        assert (whole.start, whole.size, len(whole.sha256)) == (0, 10, 64)
        assert whole.read_all() == b"0123456789"
    with open_url(connections, "/a", 4) as part:
        assert (part.start, part.size, part.tag) == (4, 10, whole.tag)
        assert part.read_all() == b"456789"
    connections.close()


@pytest.mark.parametrize("stated", ["md5=:abc:", "sha-256=:***:", "sha-256=abc", ""])
def test_odd_digests_are_passed_over(file_server, stated, monkeypatch):
    """A digest that is none is as good as no digest."""
    file_server.files["a"] = b"x"
    file_server.tells_digests = False
    connections = Connections(file_server.address)
    found = connections.download("/a")
    monkeypatch.setattr(found, "header", lambda name: stated if name == "Repr-Digest" else None)
    from epochal.client.web_files import sha256_of

    assert sha256_of(found) is None
    found.close()
    connections.close()


def test_one_file_of_the_web(file_server, monkeypatch):
    """It is the only file of its folder, can be read and nothing else; no credentials go along."""
    monkeypatch.setenv("MLFLOW_TRACKING_TOKEN", "secret")
    file_server.files["d/a b.csv"] = b"x,y"
    file = WebFile(f"{file_server.address}/d/a%20b.csv?version=3")
    assert [entry.path for entry in file.list_artifacts("")] == ["a b.csv"]
    assert file.list_artifacts("d") == []
    with file.open_artifact("a b.csv") as incoming:
        assert incoming.read_all() == b"x,y"
    assert "Authorization" not in file._connections._headers
    with pytest.raises(NotFoundError):
        file.open_artifact("other")
    for act in (
        lambda: file.write_artifact("a b.csv", io.BytesIO()),
        lambda: file.delete_artifact("a b.csv"),
    ):
        with pytest.raises(NotSupportedError, match="only be read"):
            act()
    assert file.write_small([("a", b"")]) is None
    assert not file.take_known("a", 1, "0" * 64)
    with pytest.raises(InvalidParameterError, match="names no file"):
        WebFile("https://example.com/folder/")
