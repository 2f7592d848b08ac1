"""Searches: they get a share of the threads, and end when nobody waits for them any more."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from epochal.errors import UnavailableError
from epochal.ports.cancellation import Cancellation
from epochal.server.exchange import ClientGoneError

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.server.blocking import Threads
    from epochal.server.exchange import Exchange

T = TypeVar("T")
MAX_SEARCHES = 8  # at once; the other threads are left to what takes milliseconds
MAX_WAITING = 500
LOOK_S = 0.2  # how long a search may take before somebody looks whether its client is there
ENDPOINTS = frozenset(
    {
        "runs/search",
        "runs/table",
        "runs/count",
        "runs/groups",
        "runs/values",
        "fields",
        "search/complete",
        "experiments/search",
        "experiments/search-counted",
        "experiments/search-datasets",
        "registered-models/search",
        "model-versions/search",
    }
)


class Searches:
    """Runs searches on threads. To be used from one event loop."""

    def __init__(
        self, threads: Threads, at_once: int = MAX_SEARCHES, waiting: int = MAX_WAITING
    ) -> None:
        self._threads = threads
        self._places = asyncio.Semaphore(at_once)
        self._limit = at_once + waiting
        self._accepted: set[Cancellation] = set()

    async def run(self, call: Callable[..., T], body: bytes, exchange: Exchange) -> T:
        """What `call` returns or raises. Raises ClientGoneError, UnavailableError."""
        if len(self._accepted) >= self._limit:
            raise UnavailableError("Too many searches wait for their turn; try again in a moment")
        wanted = Cancellation()
        self._accepted.add(wanted)
        work = asyncio.create_task(self._work(wanted, call, body, exchange))

        def forget(done: asyncio.Task[T]) -> None:
            self._accepted.discard(wanted)
            if not done.cancelled():
                done.exception()  # looked at, or asyncio complains where nobody waits any more

        work.add_done_callback(forget)
        try:
            done, _ = await asyncio.wait({work}, timeout=LOOK_S)
            if not done:
                await self._stay(work, wanted, exchange)
        except asyncio.CancelledError:
            wanted.cancel("The server is stopping")
            raise
        return await work

    def stop(self) -> None:
        """Call all of them off; the server is stopping."""
        for wanted in self._accepted:
            wanted.cancel("The server is stopping; ask again in a moment")

    async def _work(
        self, wanted: Cancellation, call: Callable[..., T], body: bytes, exchange: Exchange
    ) -> T:
        def covered() -> T:
            with wanted.covering():
                return call(body, exchange)

        async with self._places:
            if wanted.reason:
                raise UnavailableError(wanted.reason)
            return await self._threads.run(covered)

    async def _stay(self, work: asyncio.Task[T], wanted: Cancellation, exchange: Exchange) -> None:
        """Wait for the work, or until the client hangs up."""
        leaving = asyncio.create_task(exchange.until_gone())
        try:
            await asyncio.wait({work, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
        if work.done():
            return
        wanted.cancel("Nobody waits for the answer any more")
        # The thread is not free before the work has ended, and only then the place is.
        await asyncio.wait({work})
        raise ClientGoneError
