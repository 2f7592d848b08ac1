"""Asking the server first, against a real one of ours and one that knows of no offers."""

from __future__ import annotations

import io
import os
from hashlib import sha256

import pytest

from epochal.client.connection import Connections
from epochal.client.proxied import ProxiedFolder
from epochal.client.transfers.digests import NOTED_BYTES
from epochal.client.transfers.offers import Offers, Outgoing
from epochal.rules.paths import ArtifactPath
from fixtures.file_server import file_server
from fixtures.servers import epochal_server

__all__ = ["file_server"]
LONG = os.urandom(NOTED_BYTES)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with epochal_server(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture
def folder(server):
    connections = Connections(server)
    root = ArtifactPath.parse("1/run/artifacts")
    yield ProxiedFolder(connections, root, Offers(connections, lambda: True))
    connections.close()


def test_equal_contents_are_sent_once(folder):
    """The second time the server has it already, and only links it."""
    digest = sha256(LONG).hexdigest()
    assert not folder.take_known("b", len(LONG), digest)
    moved = []
    folder.write_artifact("a", io.BytesIO(LONG), moved.append)
    assert folder.take_known("b", len(LONG), digest)
    folder.write_artifact("c", io.BytesIO(LONG), moved.append, digest)
    assert sum(moved) == 2 * len(LONG)
    for path in "abc":
        with folder.open_artifact(path) as incoming:
            assert incoming.sha256 == digest
            assert incoming.read_all() == LONG


def test_small_files_go_together(folder):
    """In one request, each with an outcome of its own."""
    outcome = folder.write_small([("s/1", b"1"), ("s/2", b"22")])
    assert outcome == [None, None]
    assert [entry.path for entry in folder.list_artifacts("s")] == ["s/1", "s/2"]


def test_other_servers_are_not_asked(file_server):
    """MLflow's own knows nothing of this."""
    connections = Connections(file_server.address)
    offers = Offers(connections, lambda: False)
    assert not offers.send(Outgoing("a", io.BytesIO(LONG), len(LONG)), None)
    assert offers.send_bundle("f", [("a", b"x")]) is None
    assert not offers.is_kept("a", len(LONG), "0" * 64)
    assert file_server.seen == []
    connections.close()


def test_older_servers_of_ours_are_asked_once(file_server):
    """A 404 or 501 is remembered, and files go through the proxy."""
    connections = Connections(file_server.address)
    offers = Offers(connections, lambda: True)
    assert not offers.send(Outgoing("a", io.BytesIO(LONG), len(LONG)), None)
    assert offers.send_bundle("f", [("a", b"x")]) is None
    files = ProxiedFolder(connections, ArtifactPath(), offers)
    files.write_artifact("a", io.BytesIO(LONG))
    assert file_server.files["a"] == LONG
    offers.close()
    connections.close()
