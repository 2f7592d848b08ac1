"""The way into an offline folder: a journal that nobody delivers for now."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from epochal.client.offline import OfflineTransport
from epochal.client.outbox import Outbox
from epochal.errors import NotFoundError
from epochal.settings import OFFLINE

if TYPE_CHECKING:
    from epochal.client.status import LoggingStatus
    from epochal.client.transport import Transport
    from epochal.entities import Run, RunInfo


class OfflineOutbox(Outbox):
    """An `Outbox` without a courier. What is read is read from the folder's journals."""

    def __init__(self, folder: str, target: str) -> None:
        """Open nothing yet.

        Args:
            folder: where journals and artifacts go.
            target: the store that they are for, empty if that is decided on delivery.

        """
        journals = os.path.join(folder, "journal")
        super().__init__(f"{OFFLINE}{folder}", OFFLINE + target, journals, self._open)
        self._offline = OfflineTransport(folder, self.journal)

    def _open(self) -> Transport:
        return self._offline

    @property
    def transport(self) -> OfflineTransport:
        """The folder."""
        return self._offline

    def make_ready(self) -> None:
        """Import what logging needs, before the first record rather than within it."""
        _ = self._folder

    def reader(self) -> OfflineTransport:
        """The folder; what was logged is there at once."""
        return self._offline

    def flush(self, timeout_s: float = 0.0) -> bool:
        """Nothing is waited for."""
        del timeout_s
        return True

    def wait(self, run_id: str, keys: frozenset[str], start: int, end: int) -> None:
        """What is logged is as safe at once as it will be here."""

    def meet(self, run_id: str) -> None:
        """A run may be known to the store alone."""

    def resumable_run(self, run_id: str) -> Run:
        """The run as this folder knows it; all of it may lie in the store."""
        from epochal.entities import Run

        try:
            return self._offline.get_run(run_id)
        except NotFoundError:
            return Run(self._offline.info_of(run_id))

    def info_of(self, run_id: str) -> RunInfo:
        """Where a run keeps its files."""
        return self._offline.info_of(run_id)

    def status(self) -> LoggingStatus:
        """What waits for `epochal sync`."""
        found = super().status()
        is_safe = not self.journal.dropped and not (self._writer and self._writer.is_in_memory)
        return replace(found, state="offline" if is_safe else "degraded")

    def close(self, grace_s: float | None = None) -> None:
        """Let go of the files, which stay; what is in memory only does not."""
        del grace_s
        if self._writer is not None:
            self.give_up_memory()
            self.report_undelivered(None)
            self.journal.close(delivered=-1, trim=True)
            self._writer.close()

    def restart_in_child(self) -> None:
        """After a fork: leave the files to the parent and begin others."""
        if self._writer is not None:
            self._writer.abandon()
        self._told_lost = 0
        self.journal.restart()

    def _start(self) -> None:
        """There is no courier."""
