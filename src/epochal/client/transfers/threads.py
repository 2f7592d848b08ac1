"""Doing one thing to many files at once, on a bounded number of threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

MAX_THREADS = 4  # more gain nothing on one line, and a server has other clients


def for_each(items: Iterable[T], act: Callable[[T], None], *, at_once: int = MAX_THREADS) -> None:
    """Do it to every item; after the first failure nothing more is begun, and it is raised."""
    waiting = list(items)
    if len(waiting) <= 1 or at_once <= 1:
        for item in waiting:
            act(item)
        return
    from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

    with ThreadPoolExecutor(min(at_once, len(waiting)), "epochal-transfer") as pool:
        started = [pool.submit(act, item) for item in waiting]
        done, undone = wait(started, return_when=FIRST_EXCEPTION)
        for future in undone:
            future.cancel()
    for future in done:
        future.result()
