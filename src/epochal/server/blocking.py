"""The one border between the event loop and code that blocks."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

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

    async def run(self, call: Callable[..., T], *arguments: object) -> T:
        """What `call` returns or raises, on a thread. Raises UnavailableError when swamped."""
        if self._count >= self._limit:
            raise UnavailableError("The server has too much to do; try again in a moment")
        self._count += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, call, *arguments)
        finally:
            self._count -= 1

    def close(self) -> None:
        """Wait for what is running."""
        self._pool.shutdown(wait=True)


class Completions:
    """Waits on the event loop for futures that another thread completes.

    The store completes those of a commit one right after the other. `asyncio.wrap_future` would
    wake the loop once for each; this wakes it once for all that are done when it looks.
    To be used from one event loop.
    """

    def __init__(self) -> None:
        self._done: deque[tuple[asyncio.Future[None], Future[None]]] = deque()
        self._is_awake = False

    async def wait(self, accepted: Future[None]) -> None:
        """Return when the future is done; raise what it raises."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[None] = loop.create_future()

        def complete(done: Future[None]) -> None:  # on the other thread
            self._done.append((waiting, done))
            if not self._is_awake and not loop.is_closed():
                self._is_awake = True
                loop.call_soon_threadsafe(self._settle)

        accepted.add_done_callback(complete)
        await waiting

    def _settle(self) -> None:
        self._is_awake = False  # first, so that whoever comes now wakes the loop again
        while self._done:
            waiting, done = self._done.popleft()
            if waiting.done():  # the request was given up
                continue
            error = done.exception()
            if error is None:
                waiting.set_result(None)
            else:
                waiting.set_exception(error)
