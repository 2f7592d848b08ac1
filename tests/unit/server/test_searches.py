"""Searches and their share of the threads."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from epochal.errors import UnavailableError
from epochal.ports.cancellation import current
from epochal.server.blocking import Threads
from epochal.server.exchange import ClientGoneError
from epochal.server.searches import Searches


class Client:
    """One who hangs up after some seconds."""

    def __init__(self, patience_s=60) -> None:
        self.patience_s = patience_s

    async def until_gone(self):
        await asyncio.sleep(self.patience_s)


@pytest.fixture
def threads():
    pool = Threads(threads=2)
    yield pool
    pool.close()


def search_until_called_off(_body, _client):
    wanted = current()
    until = time.monotonic() + 10
    while not wanted.reason and time.monotonic() < until:
        time.sleep(0.01)
    raise UnavailableError(wanted.reason or "never called off")


def test_an_answer_comes_back(threads):
    """With the body and the exchange."""
    searches = Searches(threads)
    assert asyncio.run(searches.run(lambda body, _: body * 2, b"a", Client())) == b"aa"


def test_a_search_ends_when_its_client_hangs_up(threads):
    """Those that wait behind it end as well."""

    async def hang_up():
        searches = Searches(threads, at_once=1)
        asked = [searches.run(search_until_called_off, b"", Client(0.1)) for _ in range(20)]
        return await asyncio.gather(*asked, return_exceptions=True)

    start = time.monotonic()
    assert {type(end) for end in asyncio.run(hang_up())} == {ClientGoneError}
    assert time.monotonic() - start < 5


def test_searches_leave_threads_to_others(threads):
    """And are called off when the server stops."""

    async def both():
        searches = Searches(threads, at_once=1)
        asked = [searches.run(search_until_called_off, b"", Client()) for _ in range(5)]
        slow = asyncio.gather(*asked, return_exceptions=True)
        await asyncio.sleep(0.05)
        quick = await asyncio.wait_for(threads.run(threading.get_ident), 2)
        searches.stop()
        return quick, await slow

    quick, slow = asyncio.run(both())
    assert quick
    assert [str(end) for end in slow] == ["The server is stopping; ask again in a moment"] * 5


def test_too_many_searches_are_refused(threads):
    """Rather than piled up."""

    async def pile_up():
        searches = Searches(threads, at_once=1, waiting=1)
        asked = [searches.run(search_until_called_off, b"", Client(0.3)) for _ in range(3)]
        return await asyncio.gather(*asked, return_exceptions=True)

    ends = asyncio.run(pile_up())
    assert [type(end) for end in ends] == [ClientGoneError, ClientGoneError, UnavailableError]
