"""What a writer tells the store about its own delivery, for the people who look at a run."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from epochal.client.notices import trace
from epochal.entities import WriterReport
from epochal.errors import EpochalError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from epochal.client.batches import Batch
    from epochal.client.transport import Transport
    from epochal.entities import LoggingState

REPORT_S = 5.0
MAX_REPORTS = 1000  # in one message
MAX_RUNS = 10_000  # whose counts are kept


class Reporter:
    """Counts what was delivered, run by run, and reports it now and then. One thread uses it."""

    def __init__(self, ranks: Mapping[str, int]) -> None:
        self._ranks = ranks
        self.delivered: dict[str, int] = {}  # values, by run
        self.set_aside: dict[str, int] = {}
        self._due: dict[str, None] = {}  # runs with news, in order
        self._sent_s = time.monotonic()
        self._sent_state: LoggingState = "ok"

    def count(self, batch: Batch) -> None:
        """Take note of a batch that was delivered, but for what was set aside."""
        for run in batch.runs.values():
            count = len(run.points) + len(run.params) + len(run.tags) + (run.status is not None)
            self.delivered[run.run_id] = self.delivered.get(run.run_id, 0) + count
            self._due[run.run_id] = None
        while len(self.delivered) > MAX_RUNS:
            self.delivered.pop(next(iter(self.delivered)))

    def count_set_aside(self, run_id: str, count: int) -> None:
        """Take note that a part of a batch was refused."""
        self.set_aside[run_id] = self.set_aside.get(run_id, 0) + count
        self.delivered[run_id] = max(self.delivered.get(run_id, 0) - count, 0)
        self._due[run_id] = None

    def report(
        self,
        transport: Transport,
        writer: str,
        look: Callable[[], tuple[LoggingState, int]],
        *,
        now: bool = False,
    ) -> None:
        """Report if there is news and the last report is old enough, or whatever its age `now`.

        `look` says the state and how many values wait. A report that fails is no loss: the
        next one says the same.
        """
        if not self._due:
            return
        if not now and time.monotonic() - self._sent_s < REPORT_S:
            return
        state, waiting = look()
        self._sent_s = time.monotonic()
        runs = list(self._due)[:MAX_REPORTS]
        host = _host()
        reports = [
            WriterReport(run, writer, state, waiting, host, os.getpid(), self._ranks.get(run))
            for run in runs
        ]
        try:
            transport.note_writers(reports)
        except EpochalError:
            trace("epochal: a report on the delivery did not arrive")
            return
        for run in runs:
            del self._due[run]


def _host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
