"""Sending files while the caller waits."""

from __future__ import annotations

import pytest

from epochal.client.connection import Connections
from epochal.client.proxied import ProxiedFolder
from epochal.client.transfers import local_trees, uploads
from epochal.errors import PermissionDeniedError
from epochal.rules.paths import ArtifactPath
from fixtures.file_server import file_server

__all__ = ["file_server"]


@pytest.fixture
def files(file_server, monkeypatch):
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2")
    connections = Connections(file_server.address)
    yield ProxiedFolder(connections, ArtifactPath())
    connections.close()


@pytest.fixture
def source(tmp_path):
    for number in range(20):
        (tmp_path / f"source/{number}").parent.mkdir(exist_ok=True)
        (tmp_path / f"source/{number}").write_bytes(b"%d" % number)
    return tmp_path / "source"


def test_all_arrive_over_a_server_that_is_busy_now_and_then(file_server, files, source):
    """Passing errors are tried again."""
    file_server.plan = [-503, -502, None, -503]
    uploads.send(files, local_trees.gather_folder(source, "d"))
    assert file_server.files == {f"d/{n}": b"%d" % n for n in range(20)}


def test_refusals_are_raised(file_server, files, source):
    """A 403 ends it, with an error that says so."""
    file_server.plan = [-403] * 40
    with pytest.raises(PermissionDeniedError):
        uploads.send(files, local_trees.gather_folder(source, None))


def test_vanished_files_are_named(file_server, files, source, caplog):
    """What was there when the folder was looked through and is gone by now costs a warning."""
    gathered = local_trees.gather_folder(source, None)
    (source / "7").unlink()
    uploads.send(files, gathered)
    assert len(file_server.files) == 19
    assert "/7'" in caplog.text


def test_bundles_keep_order_and_limits():
    """Neither too many nor too much in one; what is too large by itself goes alone."""
    assert list(uploads.bundled([], len)) == []
    sizes = [10] * 200
    assert [len(some) for some in uploads.bundled(sizes, lambda size: size)] == [64, 64, 64, 8]
    half = uploads.BUNDLE_BYTES // 2 + 1
    found = list(uploads.bundled([half, half, 1, 3 * half], lambda size: size))
    assert found == [[half], [half, 1], [3 * half]]
