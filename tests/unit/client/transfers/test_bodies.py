"""What is sent in one request."""

from __future__ import annotations

import io
import socket
import threading

import pytest

from epochal.client.transfers.bodies import Body, read_exactly
from epochal.errors import InvalidParameterError


def received(body):
    """What the other end of a line gets."""
    ours, theirs = socket.socketpair()
    pieces = []

    def read():
        while piece := theirs.recv(1 << 20):
            pieces.append(piece)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        assert body.send(ours) is None
    finally:
        ours.close()
        thread.join()
        theirs.close()
    return b"".join(pieces)


@pytest.mark.parametrize("is_file", [True, False])
def test_a_stretch_is_sent(tmp_path, is_file):
    """From a file on disk or from memory, the same bytes, and progress in the end."""
    data = bytes(range(256)) * 100_000
    (tmp_path / "a").write_bytes(data)
    moved = []
    with (tmp_path / "a").open("rb") if is_file else io.BytesIO(data) as content:
        body = Body(content, 100, 20_000_000, moved.append)
        assert received(body) == data[100:20_000_100]
    assert sum(moved) == 20_000_000
    body.take_back()
    assert sum(moved) == 0


def test_files_that_end_early_are_noticed(tmp_path):
    """A file that became shorter is an error before the request can be taken for whole."""
    (tmp_path / "a").write_bytes(b"12345")
    with (tmp_path / "a").open("rb") as content, pytest.raises(InvalidParameterError):
        received(Body(content, 0, 10))
    with pytest.raises(InvalidParameterError, match="shorter"):
        read_exactly(io.BytesIO(b"12"), 3)


def test_broken_lines_are_told():
    """Why the line broke is returned, since an answer may wait behind it."""
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours:
        assert isinstance(Body(io.BytesIO(b"x" * 1000), 0, 1000).send(ours), OSError)
