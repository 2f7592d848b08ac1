"""The border between the event loop and code that blocks."""

import asyncio
import threading
from concurrent.futures import Future

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


def test_results_of_other_threads_come_back(threads):
    """All of a group, errors as they are, whether they are there already or come later."""
    early, late, failed = Future(), Future(), Future()
    early.set_result(1)

    def land():
        late.set_result(2)
        failed.set_exception(NotFoundError("run", "r"))

    async def wait():
        waiting = [asyncio.ensure_future(threads.result_of(f)) for f in (early, late, failed)]
        await asyncio.sleep(0)
        threading.Thread(target=land).start()
        return await asyncio.gather(*waiting, return_exceptions=True)

    first, second, third = asyncio.run(asyncio.wait_for(wait(), 10))
    assert (first, second) == (1, 2)
    assert isinstance(third, NotFoundError)


def test_giving_up_waiting_calls_nothing_off(threads):
    """What was accepted is stored although the client went away."""
    accepted = Future()

    async def give_up():
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(threads.result_of(accepted), 0.01)
        assert not accepted.cancelled()
        accepted.set_result(None)
        await asyncio.sleep(0)

    asyncio.run(give_up())


def test_a_result_that_comes_after_the_loop_hurts_nobody(threads):
    """The store's writer ends later than the server's loop."""
    accepted = Future()

    async def leave():
        waiting = asyncio.ensure_future(threads.result_of(accepted))
        await asyncio.sleep(0)
        waiting.cancel()

    asyncio.run(leave())
    accepted.set_result(None)
