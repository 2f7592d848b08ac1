"""Each response in one write."""

import asyncio

import pytest

from epochal.server.connection import JoinedWrites


class Socket(asyncio.Transport):
    """Takes note of what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = []
        self.is_closed = False

    def write(self, data):
        assert not self.is_closed
        self.written.append(bytes(data))

    def close(self):
        self.is_closed = True

    def abort(self):
        self.is_closed = True

    def is_closing(self):
        return self.is_closed


@pytest.fixture
def loop():
    made = asyncio.new_event_loop()
    yield made
    made.close()


@pytest.fixture
def socket():
    return Socket()


@pytest.fixture
def joined(socket, loop):
    return JoinedWrites(socket, loop)


def turn(loop):
    loop.run_until_complete(asyncio.sleep(0))


def test_two_pieces_are_one_write(joined, socket, loop):
    """The head and the body of a response."""
    joined.write(b"head")
    assert socket.written == []
    joined.write(b"body")
    turn(loop)
    assert socket.written == [b"headbody"]


def test_a_piece_alone_goes_out_when_the_loop_turns(joined, socket, loop):
    """A stream is not held up by what comes later."""
    joined.write(b"head")
    turn(loop)
    assert socket.written == [b"head"]


def test_closing_sends_what_is_held(joined, socket, loop):
    """And nothing is written afterwards."""
    joined.write(b"last")
    joined.close()
    turn(loop)
    assert (socket.written, joined.is_closing()) == ([b"last"], True)


def test_aborting_drops_what_is_held(joined, socket, loop):
    """The line is broken anyway."""
    joined.write(b"lost")
    joined.abort()
    turn(loop)
    assert socket.written == []
