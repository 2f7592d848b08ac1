"""One thing to many items."""

from __future__ import annotations

import threading

import pytest

from epochal.client.transfers.threads import MAX_THREADS, for_each


def test_every_item_has_its_turn_and_threads_are_few():
    """All are done, on no more threads than allowed."""
    seen, threads = [], set()

    def act(item):
        seen.append(item)
        threads.add(threading.current_thread().name)

    for_each(range(50), act)
    assert sorted(seen) == list(range(50))
    assert len(threads) <= MAX_THREADS
    for_each([], act)
    for_each([50], act)
    assert seen[-1] == 50
    assert threading.main_thread().name in threads | {threading.current_thread().name}


def test_first_failure_ends_it():
    """The error is raised, and what was not begun is left."""
    seen = []

    def act(item):
        seen.append(item)
        raise ValueError(item)

    with pytest.raises(ValueError, match=r"\d"):
        for_each(range(1000), act)
    assert len(seen) < 1000
