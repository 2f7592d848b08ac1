"""The border between the event loop and code that blocks."""

import asyncio
import threading
from concurrent.futures import Future

import pytest

from epochal.errors import NotFoundError, UnavailableError
from epochal.server.blocking import Completions, Threads


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


def test_futures_of_another_thread_are_waited_for():
    """Each waiter gets the outcome of its own, whether it was done before or comes later."""

    async def wait():
        completions = Completions()
        accepted = [Future() for _ in range(200)]
        for future in accepted[:50]:
            future.set_result(None)

        def complete():
            for number, future in enumerate(accepted[50:]):
                if number % 3:
                    future.set_result(None)
                else:
                    future.set_exception(NotFoundError("run", str(number)))

        thread = threading.Thread(target=complete)
        waiting = [asyncio.ensure_future(completions.wait(future)) for future in accepted]
        given_up = waiting.pop()
        await asyncio.sleep(0)
        given_up.cancel()
        thread.start()
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)
        thread.join()
        return [type(outcome) for outcome in outcomes]

    kinds = asyncio.run(wait())
    assert kinds[:50] == [type(None)] * 50
    assert kinds[50:] == [type(None) if n % 3 else NotFoundError for n in range(149)]


def test_a_future_that_is_done_after_the_loop_hurts_nobody():
    """The store's writer may end later than the server's loop; and the work is not called off."""
    accepted = Future()

    async def leave():
        waiting = asyncio.ensure_future(Completions().wait(accepted))
        await asyncio.sleep(0)
        waiting.cancel()

    asyncio.run(leave())
    assert not accepted.cancelled()
    accepted.set_result(None)
