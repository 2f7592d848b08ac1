"""Calling off what is being read."""

from __future__ import annotations

from epochal.ports.cancellation import Cancellation, current


def test_it_covers_what_is_done_within():
    """And nothing before or behind it."""
    wanted = Cancellation()
    assert current() is None
    with wanted.covering():
        assert current() is wanted
    assert current() is None


def test_the_first_reason_stays():
    """Whoever cancels again changes nothing."""
    wanted = Cancellation()
    wanted.cancel("first")
    wanted.cancel("second")
    assert wanted.reason == "first"
