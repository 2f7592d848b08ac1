"""Each answer leaves in one piece."""

import asyncio

import pytest

from epochal.server.lines import WholeAnswers

HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"


class Wire(asyncio.Transport):
    """Keeps each piece that would go to the network."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = []
        self.is_closed = False

    def write(self, data):
        self.sent.append(bytes(data))

    def write_eof(self):
        self.is_closed = True

    close = write_eof

    def get_write_buffer_size(self):
        return 0


@pytest.fixture
def told():
    """Runs a talk over a wire within a loop; what was sent when it ended, and a round later."""

    def run(talk):
        async def within():
            wire = Wire()
            line = WholeAnswers(wire, asyncio.get_running_loop())
            talk(line)
            at_once = list(wire.sent)
            await asyncio.sleep(0)
            return at_once, wire.sent

        return asyncio.run(within())

    return run


def test_head_and_body_are_one_piece(told):
    """However often, on one connection."""

    def talk(line):
        for body in (b"{}", b"[]"):
            line.write(HEAD)
            line.write(body)

    assert told(talk)[0] == [HEAD + b"{}", HEAD + b"[]"]


def test_a_head_alone_leaves_soon(told):
    """An answer whose body comes later is not held up."""
    assert told(lambda line: line.write(HEAD)) == ([], [HEAD])


def test_a_bytearray_is_a_head_too(told):
    """Whatever holds the bytes."""
    assert told(lambda line: [line.write(bytearray(HEAD)), line.write(bytearray(b"x"))])[0] == [
        HEAD + b"x"
    ]


def test_pieces_of_a_body_leave_as_they_come(told):
    """Only heads wait."""
    pieces = [b"HTTP/1.1 is the first word of this body", b"more\r\n\r\n"]
    assert told(lambda line: [line.write(piece) for piece in pieces])[0] == pieces
    assert told(lambda line: line.writelines([b"a", b"b"]))[0] == [b"ab"]


@pytest.mark.parametrize("end", ["close", "write_eof"])
def test_nothing_is_lost_when_the_line_is_closed(told, end):
    """A head that waits is sent first."""
    assert told(lambda line: [line.write(HEAD), getattr(line, end)()])[0] == [HEAD]


def test_a_head_that_waits_counts_as_waiting(told):
    """Whoever asks for the size of the buffer is told the truth."""
    sizes = []
    told(lambda line: [line.write(HEAD), sizes.append(line.get_write_buffer_size())])
    assert sizes == [len(HEAD)]
