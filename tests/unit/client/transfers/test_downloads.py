"""Files on their way here, over lines that break."""

from __future__ import annotations

import os

import pytest

from epochal.client.connection import Connections
from epochal.client.local_files import LocalFiles
from epochal.client.proxied import ProxiedFolder
from epochal.client.transfers import downloads
from epochal.errors import (
    ConnectionLostError,
    CorruptDataError,
    InvalidParameterError,
    NotFoundError,
    UnavailableError,
)
from epochal.rules.paths import ArtifactPath
from fixtures.file_server import file_server

__all__ = ["file_server"]

LONG = os.urandom(downloads.RESUMED_BYTES * 2)


@pytest.fixture
def files(file_server, monkeypatch):
    """The way to the server's files; waits between attempts are short."""
    monkeypatch.setattr(downloads, "FIRST_WAIT_S", 0.001)
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2")
    connections = Connections(file_server.address)
    yield ProxiedFolder(connections, ArtifactPath())
    connections.close()


@pytest.mark.parametrize("content", [b"", b"short", LONG])
def test_broken_lines_are_taken_up_where_they_broke(file_server, files, tmp_path, content):
    """Only what is missing is asked for again, and the file is whole in the end."""
    file_server.files["a/b"] = content
    third = len(content) // 3
    file_server.plan = [third, third] if content else []
    downloads.fetch_file(files, "a/b", str(tmp_path / "d/b"))
    assert (tmp_path / "d/b").read_bytes() == content
    if content:
        ranges = [wanted for _, _, wanted in file_server.seen]
        assert ranges == [None, f"bytes={third}-", f"bytes={2 * third}-"]
    assert list((tmp_path / "d").iterdir()) == [tmp_path / "d/b"]


def test_servers_without_ranges_begin_anew(file_server, files, tmp_path):
    """What comes from the beginning is not put behind what is there."""
    file_server.files["a"] = LONG
    file_server.takes_ranges = False
    file_server.plan = [1_000_000]
    downloads.fetch_file(files, "a", str(tmp_path / "a"))
    assert (tmp_path / "a").read_bytes() == LONG


def test_files_that_change_on_the_way_are_fetched_anew(file_server, files, tmp_path):
    """Halves of two versions are never put together."""
    file_server.files["a"] = LONG
    file_server.plan = [1_000_000]
    newer = os.urandom(len(LONG))
    opened = files.open_artifact

    def open_and_change(path, start=0):
        found = opened(path, start)
        file_server.files["a"] = newer
        return found

    files.open_artifact = open_and_change
    with pytest.raises(CorruptDataError):  # the first answer told another digest
        downloads.fetch_file(files, "a", str(tmp_path / "a"))
    downloads.fetch_file(files, "a", str(tmp_path / "a"))
    assert (tmp_path / "a").read_bytes() == newer


def test_wrong_bytes_are_noticed(file_server, files, tmp_path):
    """A file is compared with the digest that the server tells; twice wrong is an error."""
    file_server.files["a"] = b"right"
    file_server.plan = [b"wrong"]
    downloads.fetch_file(files, "a", str(tmp_path / "a"))
    assert (tmp_path / "a").read_bytes() == b"right"
    file_server.plan = [b"wrong", b"wrong"]
    with pytest.raises(CorruptDataError, match="SHA-256"):
        downloads.fetch_file(files, "a", str(tmp_path / "b"))
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]


def test_next_attempt_goes_on_where_the_last_gave_up(file_server, files, tmp_path):
    """What came of a long file is kept beside its target, and taken up by content."""
    file_server.files["a"] = LONG
    file_server.plan = [6_000_000, *[-503] * 100]
    with pytest.raises(UnavailableError):
        downloads.fetch_file(files, "a", str(tmp_path / "a"))
    (partial,) = tmp_path.iterdir()
    assert partial.name.endswith(".partial")
    file_server.plan.clear()
    file_server.seen.clear()
    downloads.fetch_file(files, "a", str(tmp_path / "a"))
    assert file_server.seen[-1] == ("GET", "a", "bytes=6000000-")
    assert (tmp_path / "a").read_bytes() == LONG
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]


def test_patience_ends_where_nothing_comes(file_server, files, tmp_path):
    """A line that breaks at once every time is an error after some attempts."""
    file_server.files["a"] = b"x" * 1000
    file_server.plan = [0] * 100
    with pytest.raises(ConnectionLostError, match="broke"):
        downloads.fetch_file(files, "a", str(tmp_path / "a"))
    assert list(tmp_path.iterdir()) == []


def test_absent_files_and_folders_in_the_way(file_server, files, tmp_path):
    """Each is an error that names what is wrong, and leaves nothing behind."""
    with pytest.raises(NotFoundError):
        downloads.fetch_file(files, "absent", str(tmp_path / "a"))
    file_server.files["a"] = b"x"
    (tmp_path / "folder").mkdir()
    with pytest.raises(InvalidParameterError, match="folder"):
        downloads.fetch_file(files, "a", str(tmp_path / "folder"))
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


def test_folders_are_copied_whole(tmp_path):
    """Every file at any depth, many at a time."""
    store = LocalFiles(str(tmp_path / "store"))
    for number in range(30):
        folder = tmp_path / f"source/{number % 3}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}").write_bytes(bytes([number]) * number)
        with (folder / f"{number}").open("rb") as content:
            store.write_artifact(f"run/{number % 3}/{number}", content)
    downloads.fetch_folder(store, "run", str(tmp_path / "target"))
    for number in range(30):
        found = (tmp_path / f"target/{number % 3}/{number}").read_bytes()
        assert found == bytes([number]) * number
