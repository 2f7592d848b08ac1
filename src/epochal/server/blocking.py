"""The one border between the event loop and code that blocks."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from epochal.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable

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
