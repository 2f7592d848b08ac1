"""The one border between the event loop and code that blocks."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from epochal.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

T = TypeVar("T")
MAX_THREADS = 16
MAX_WAITING = 2000


class Threads:
    """A bounded number of threads, and a bounded number of calls that wait for one.

    To be used from one event loop.
    """

    def __init__(self, threads: int = MAX_THREADS, waiting: int = MAX_WAITING) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="epochal-server")
        self._limit = threads + waiting
        self._count = 0
        self._landed: deque[tuple[asyncio.Future[Any], Future[Any]]] = deque()
        self._is_called = False  # whether the loop was told to look at what has landed

    async def run(self, call: Callable[..., T], *arguments: object) -> T:
        """What `call` returns or raises, on a thread. Raises UnavailableError when swamped."""
        if self._count >= self._limit:
            raise UnavailableError("The server has too much to do; try again in a moment")
        self._count += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, call, *arguments)
        finally:
            self._count -= 1

    async def result_of(self, accepted: Future[T]) -> T:
        """What a future of another thread comes to.

        Unlike `asyncio.wrap_future` it wakes the loop once for all that complete together, as
        a group commit's do; and giving up the waiting does not call off the work.
        """
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[T] = loop.create_future()
        accepted.add_done_callback(partial(self._land, loop, waiter))
        return await waiter

    def _land(
        self, loop: asyncio.AbstractEventLoop, waiter: asyncio.Future[T], done: Future[T]
    ) -> None:
        """Called by whichever thread completed the future."""
        self._landed.append((waiter, done))
        if not self._is_called and not loop.is_closed():
            self._is_called = True
            loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        self._is_called = False  # first, so that what lands from here on calls again
        while self._landed:
            waiter, done = self._landed.popleft()
            if waiter.done():  # nobody waits any more
                continue
            fault = done.exception()
            if fault is None:
                waiter.set_result(done.result())
            else:
                waiter.set_exception(fault)

    def close(self) -> None:
        """Wait for what is running."""
        self._pool.shutdown(wait=True)
