"""Reading request bodies within bounds."""

import asyncio

import pytest

from epochal.errors import BodyTooLargeError
from epochal.server import bodies
from epochal.server.exchange import ClientGoneError
from fixtures.exchanges import Line, exchange


def read(line, limit=10, **headers):
    return asyncio.run(bodies.read_body(exchange(line, headers=headers), limit))


async def collect(line, limit):
    return [piece async for piece in bodies.iter_body(exchange(line), limit)]


def test_pieces_are_joined():
    """However many there are."""
    assert read(Line(b"ab")) == b"ab"
    assert read(Line(b"ab", b"", b"cd")) == b"abcd"
    assert read(Line()) == b""


@pytest.mark.parametrize("pieces", [[b"x" * 11], [b"x" * 6] * 2, [b"x"] * 11])
def test_more_than_the_limit_is_refused(pieces):
    """Whatever the request said of its size."""
    with pytest.raises(BodyTooLargeError):
        read(Line(*pieces))
    with pytest.raises(BodyTooLargeError):
        asyncio.run(collect(Line(*pieces), 10))


def test_a_size_that_is_said_is_believed():
    """Nothing is read of a body that says it is too large."""
    with pytest.raises(BodyTooLargeError):
        read(Line(b"x"), **{"Content-Length": "11"})


def test_a_client_that_hangs_up_is_noticed():
    """Half a body is none."""
    with pytest.raises(ClientGoneError):
        read(Line(b"x", gone=True))


def test_a_client_that_stops_sending_is_given_up(monkeypatch):
    """With 408, so that it may try again."""

    class Silent(Line):
        async def receive(self):
            await asyncio.sleep(30)

    monkeypatch.setattr(bodies, "BODY_TIMEOUT_S", 0.01)
    monkeypatch.setattr(bodies, "PIECE_TIMEOUT_S", 0.01)
    with pytest.raises(bodies.BodyTooSlowError) as caught:
        read(Silent())
    assert caught.value.status == 408
    with pytest.raises(bodies.BodyTooSlowError):
        asyncio.run(collect(Silent(), None))


def test_streams_without_a_limit_go_on():
    """Files of any size pass in pieces."""
    assert asyncio.run(collect(Line(b"a" * 100, b"b"), None)) == [b"a" * 100, b"b"]


def test_draining_ends():
    """At the end of the body, or when the client has gone."""
    asyncio.run(bodies.drain(exchange(Line(b"a", b"b"))))
    asyncio.run(bodies.drain(exchange(Line(b"a", gone=True))))


def test_a_body_that_comes_later_is_waited_for():
    """Its first piece, or the next."""

    class Slow(Line):
        async def receive(self):
            await asyncio.sleep(0.001)
            return await super().receive()

    assert read(Slow(b"ab")) == b"ab"
    assert read(Slow(b"ab", b"cd")) == b"abcd"
    with pytest.raises(ClientGoneError):
        read(Slow(gone=True))
