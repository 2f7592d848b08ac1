"""The border between the event loop and code that blocks."""

import asyncio
import threading

import pytest

from epochal.errors import NotFoundError, UnavailableError
from epochal.server.blocking import Threads


@pytest.fixture
def threads():
    pool = Threads(threads=1, waiting=1)
    yield pool
    pool.close()


def test_calls_run_elsewhere(threads):
    """And give back what they return."""
    name = asyncio.run(threads.run(lambda: threading.current_thread().name))
    assert name.startswith("epochal-server")


def test_errors_come_back(threads):
    """As they were raised."""

    def fail():
        raise NotFoundError("run", "r")

    with pytest.raises(NotFoundError):
        asyncio.run(threads.run(fail))


def test_too_many_calls_are_refused(threads):
    """Rather than piled up without end; later ones pass again."""
    gate = threading.Event()

    async def swamp():
        waiting = [asyncio.ensure_future(threads.run(gate.wait)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(UnavailableError):
            await threads.run(gate.wait)
        gate.set()
        await asyncio.gather(*waiting)
        return await threads.run(int, "5")

    assert asyncio.run(swamp()) == 5
