"""An eye on what is being read: it is stopped when it takes too long or nobody wants it.

A thread looks at all of it a few times a second. It interrupts again and again, since an
interruption that falls between two statements stops none.
"""

from __future__ import annotations

import math
import os
import threading
import time
from typing import TYPE_CHECKING, Protocol

from epochal.errors import (
    EpochalError,
    InvalidParameterError,
    SearchTooSlowError,
    UnavailableError,
)
from epochal.ports.cancellation import Cancellation, current

if TYPE_CHECKING:
    from collections.abc import Mapping

TICK_S = 0.2
IDLE_TICKS = 50  # then the thread ends; the next one costs 0.1 ms
SEARCH_TIMEOUT_S = 30.0
SETTING = "EPOCHAL_SEARCH_TIMEOUT_S"


class Interruptible(Protocol):
    """A connection, as this module knows it."""

    def interrupt(self) -> None:
        """Let the statement that runs now fail. Called from another thread; never raises."""
        ...


class Reading:
    """One use of a connection."""

    __slots__ = ("_is_over", "_lock", "_session", "cancellation", "deadline", "fault")

    def __init__(self, session: Interruptible, deadline: float) -> None:
        self.deadline = deadline
        self.cancellation: Cancellation | None = current()
        self.fault: EpochalError | None = None  # why it was stopped
        self._session = session
        self._lock = threading.Lock()
        self._is_over = False

    def stop(self, fault: EpochalError) -> None:
        """Interrupt it; afterwards `fault` says why. The first one stays."""
        with self._lock:
            if not self._is_over:
                self.fault = self.fault or fault
                self._session.interrupt()

    def end(self) -> None:
        """The connection is somebody else's from now on, and is not interrupted any more."""
        with self._lock:
            self._is_over = True


class Watch:
    """All that is being read from one database. Safe from any thread."""

    def __init__(self, limit_s: float) -> None:
        self.limit_s = limit_s
        self._lock = threading.Lock()
        self._readings: set[Reading] = set()
        self._thread: threading.Thread | None = None
        self._closed = False

    def begin(self, session: Interruptible, *, limited: bool) -> Reading:
        """Watch what is read from now on; `limited` to the time that a search may take.

        Raises UnavailableError when nobody wants it any more.
        """
        deadline = time.monotonic() + self.limit_s if limited else math.inf
        reading = Reading(session, deadline)
        cancellation = reading.cancellation
        if cancellation is not None and cancellation.reason:
            raise UnavailableError(cancellation.reason)
        with self._lock:
            self._readings.add(reading)
            if limited or cancellation is not None:
                self._start()
        return reading

    def end(self, reading: Reading) -> None:
        """It is read."""
        reading.end()
        with self._lock:
            self._readings.discard(reading)

    def close(self) -> None:
        """Stop all that is being read."""
        with self._lock:
            self._closed = True
            if self._readings:
                self._start()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._look_on, name="epochal-watch", daemon=True
            )
            self._thread.start()

    def _look_on(self) -> None:
        idle = 0
        while True:
            time.sleep(TICK_S)
            with self._lock:
                readings = list(self._readings)
                idle = 0 if readings else idle + 1
                if idle > IDLE_TICKS or (self._closed and not readings):
                    self._thread = None
                    return
            now = time.monotonic()
            for reading in readings:
                fault = self._fault(reading, now)
                if fault is not None:
                    reading.stop(fault)

    def _fault(self, reading: Reading, now: float) -> EpochalError | None:
        if self._closed:
            return UnavailableError("The store is closed")
        if reading.cancellation is not None and reading.cancellation.reason:
            return UnavailableError(reading.cancellation.reason)
        if now > reading.deadline:
            return SearchTooSlowError(self.limit_s)
        return None


def read_limit(environ: Mapping[str, str] | None = None) -> float:
    """How many seconds a search may take: infinity if the environment says 0.

    Raises InvalidParameterError for what is no number of seconds.
    """
    text = (os.environ if environ is None else environ).get(SETTING, "").strip()
    try:
        seconds = float(text) if text else SEARCH_TIMEOUT_S
    except ValueError:
        seconds = math.nan
    if not seconds >= 0:
        raise InvalidParameterError(
            f"{SETTING} is {text!r}; give a number of seconds such as 30, or 0 for no limit"
        )
    return seconds or math.inf
