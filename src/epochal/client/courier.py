"""The thread that carries the journal to the store, while training goes on."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING

from epochal.client.batches import LiveReader
from epochal.client.delivery import PASSING, Refusal, deliver, set_aside_all
from epochal.client.notices import trace, warn
from epochal.client.reports import Reporter
from epochal.client.status import LAGGING_S, estimate_waiting
from epochal.errors import EpochalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from epochal.client.batches import Batch
    from epochal.client.journal import Journal, Stretch
    from epochal.client.transport import Transport
    from epochal.client.writers import WriterFolder
    from epochal.entities import LoggingState

LINGER_S = 0.05  # how long a first record waits for company
MAX_LINGER_S = 0.5
IDLE_S = 3.0  # without records for so long the courier sleeps until one comes
FIRST_RETRY_S = 0.2
MAX_RETRY_S = 15.0
MAX_ATTEMPTS = 6  # at errors that are neither passing nor a refusal, such as a bug in a server


class Courier:
    """Reads behind the journal, delivers in batches, frees what was confirmed. Never raises.

    Batches grow with what comes: while one is under way, the next gathers.
    """

    def __init__(
        self,
        journal: Journal,
        folder: WriterFolder,
        connect: Callable[[], Transport],
        take_in_orphans: Callable[[Transport], None],
        ranks: Mapping[str, int] | None = None,
    ) -> None:
        self._journal = journal
        self._folder = folder
        self._connect = connect
        self._take_in_orphans = take_in_orphans
        self._ranks: Mapping[str, int] = {} if ranks is None else ranks
        self.restart()

    def restart(self) -> None:
        """Start over with nothing delivered and no thread, as a forked child must."""
        self._changed = threading.Condition()
        self.at_work = threading.Lock()  # held while something is being delivered
        self._thread: threading.Thread | None = None
        self._reader = LiveReader()
        self._pending: Batch | None = None
        self._looks = 1  # how often the journals of the dead were asked for,
        self._looked = 0  # and which of these times they were last taken in
        self._flushes = 0  # how many were asked for,
        self._flushes_seen = 0  # and how many when the last attempt began
        self._stopping = False
        self._failures = 0  # in all
        self._failed_in_a_row = 0
        self.delivered = 0  # the position up to which everything is stored or set aside
        self.fault: Exception | None = None  # why the last attempt failed, None if it did not
        self.refusals: deque[Refusal] = deque(maxlen=1000)
        self.reporter = Reporter(self._ranks)
        self._waits: deque[tuple[int, float]] = deque()  # a position, and since when it waits

    def start(self) -> None:
        """See that the thread runs."""
        with self._changed:
            if not self.is_running:
                self._stopping = False
                self._thread = threading.Thread(
                    target=self._run, name="epochal-courier", daemon=True
                )
                self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether the thread was started and has not ended."""
        return self._thread is not None and self._thread.is_alive()

    def flush(self, timeout_s: float, *, persist: bool = False) -> bool:
        """Wait until all that was logged before is stored; say whether it is.

        Gives up when an attempt fails, since the next may be far off; with `persist`, only
        when the time is over.
        """
        target = self._journal.position
        with self._changed:
            failures, looks = self._failures, self._looks
            self._flushes += 1
            self._changed.notify_all()
            self._changed.wait_for(
                lambda: (
                    self._is_stored(target, looks) or (not persist and self._failures != failures)
                ),
                timeout_s,
            )
            return self._is_stored(target, looks)

    def _is_stored(self, target: int, looks: int) -> bool:
        return self._looked >= looks and self.delivered >= target

    def look_again(self) -> None:
        """Take in the journals of dead processes once more, before the next flush is over."""
        with self._changed:
            self._looks += 1

    def stop(self, timeout_s: float) -> bool:
        """End the thread after the delivery that is under way; say whether it ended in time."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(timeout_s)
            return not thread.is_alive()
        return True

    def _run(self) -> None:
        idle_since = time.monotonic()
        linger_s = LINGER_S
        while not self._stopping:
            worked = self._attempt()
            if worked:
                idle_since, linger_s = time.monotonic(), LINGER_S
            elif worked is None:
                self._pause(self._retry_s())
                continue
            if not worked and time.monotonic() - idle_since > IDLE_S:
                self._report_now()
                self._sleep()
                idle_since, linger_s = time.monotonic(), LINGER_S
            self._pause(linger_s)
            linger_s = min(linger_s * 1.5, MAX_LINGER_S)
        if self.fault is None:
            self._report_now()

    def _attempt(self) -> bool | None:
        """Deliver all there is. True if there was something, None if an attempt failed."""
        self._flushes_seen = self._flushes
        try:
            with self.at_work:
                worked = self._deliver_all()
        except PASSING as fault:
            self._note_failure(fault)
            return None
        except Exception as fault:  # noqa: BLE001 - training must never feel what breaks here
            trace("epochal: the courier stumbled")
            self._note_failure(fault)
            if self._failed_in_a_row >= MAX_ATTEMPTS:
                self._give_up(fault)
            return None
        self._note_success()
        return worked

    def _deliver_all(self) -> bool:
        self._note_waits()
        transport = self._connect()
        looks = self._looks
        if self._looked < looks:
            self._take_in_orphans(transport)
            self._looked = looks
        worked = False
        for stretch in self._journal.stretches():
            worked |= self._deliver_stretch(transport, stretch)
        self._journal.prepare()
        self._report(transport)
        return worked

    def _note_waits(self) -> None:
        """Remember since when what is in the journal now has been waiting."""
        now_s, waits = time.monotonic(), self._waits
        while waits and waits[0][0] <= self.delivered:
            waits.popleft()
        position = self._journal.position
        if position > (waits[-1][0] if waits else self.delivered):
            waits.append((position, now_s))

    def oldest_waiting_s(self) -> float:
        """For how long the oldest of what waits has done so; 0 if nothing is known to wait."""
        for position, since_s in tuple(self._waits):
            if position > self.delivered:
                return time.monotonic() - since_s
        return 0.0

    def state(self) -> LoggingState:
        """How the delivery goes."""
        if self._journal.dropped or self.reporter.set_aside or self._folder.is_in_memory:
            return "degraded"
        if self.fault is not None:
            return "offline"
        return "lagging" if self.oldest_waiting_s() > LAGGING_S else "ok"

    def _report(self, transport: Transport, *, now: bool = False) -> None:
        """Let others see how the delivery goes."""
        self.reporter.report(transport, self._folder.writer, self._look, now=now)

    def _report_now(self) -> None:
        """The last report before a silence, which must not leave things as they were."""
        try:
            with self.at_work:
                self._report(self._connect(), now=True)
        except Exception:  # noqa: BLE001 - training must never feel what breaks here
            trace("epochal: the last report failed")

    def _look(self) -> tuple[LoggingState, int]:
        return self.state(), estimate_waiting(self._journal.stretches(), self.delivered)

    def _deliver_stretch(self, transport: Transport, stretch: Stretch) -> bool:
        worked = False
        while self.delivered < stretch.position:
            batch = self._pending = self._pending or self._reader.read(stretch)
            refusals = deliver(transport, batch, self._folder.writer, self._folder.journals)
            self._pending = None
            self.reporter.count(batch)
            self._count_set_aside(refusals)
            stretch.segment.note_delivered(batch.end - stretch.segment.base)
            with self._changed:
                self.refusals.extend(refusals)
                self.delivered = batch.end
                self._changed.notify_all()
            self._report(transport)
            worked = True
        if stretch.is_sealed:
            self._journal.forget(stretch.segment)
        return worked

    def _count_set_aside(self, refusals: Iterable[Refusal]) -> None:
        for refusal in refusals:
            self.reporter.count_set_aside(refusal.run_id, refusal.count)

    def _give_up(self, fault: Exception) -> None:
        """Set a batch aside that breaks whatever tries to deliver it, and go on behind it."""
        batch, self._pending = self._pending, None
        if batch is None:
            return
        error = fault if isinstance(fault, EpochalError) else EpochalError(repr(fault))
        refusals = set_aside_all(batch, error, self._folder.writer, self._folder.journals)
        self._count_set_aside(refusals)
        with self._changed:
            self.refusals.extend(refusals)
            self.delivered = batch.end
            self._changed.notify_all()

    def _note_failure(self, fault: Exception) -> None:
        with self._changed:
            self._failures += 1
            self._failed_in_a_row += 1
            self.fault = fault
            self._changed.notify_all()
        if self._failed_in_a_row == 1:
            is_safe = self._folder.path and not self._folder.is_in_memory
            warn(
                "epochal: %s cannot be reached: %s. Logging goes on into %s and is delivered "
                "as soon as possible.",
                self._folder.uri,
                fault,
                self._folder.path if is_safe else "memory, as no disk takes it,",
            )

    def _note_success(self) -> None:
        with self._changed:
            if self._failed_in_a_row:
                warn("epochal: %s is back; everything was delivered", self._folder.uri)
            self._failed_in_a_row = 0
            self.fault = None
            self._changed.notify_all()

    def _retry_s(self) -> float:
        return min(FIRST_RETRY_S * 2 ** (self._failed_in_a_row - 1), MAX_RETRY_S)

    def _pause(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(self._is_called, seconds)

    def _sleep(self) -> None:
        """Sleep until somebody logs, flushes or stops."""
        with self._changed:
            self._journal.wake = self._wake
            if self.delivered < self._journal.position:
                self._journal.wake = None
                return
            self._changed.wait_for(lambda: self._journal.wake is None or self._is_called())
            self._journal.wake = None

    def _is_called(self) -> bool:
        return self._flushes != self._flushes_seen or self._stopping

    def _wake(self) -> None:
        """Called by whoever logs while this sleeps, under the journal's lock."""
        self._journal.wake = None
        with self._changed:
            self._changed.notify_all()
