"""Who logs into runs, how far they have come and how their delivery goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from epochal.rules.writers import check_count, check_report, check_writer
from epochal.services.clock import now_ms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import WriterReport
    from epochal.ports.tracking import TrackingStore


@dataclass(frozen=True, slots=True)
class Writers:
    """The processes that log into runs, as they describe themselves. Safe from any thread."""

    store: TrackingStore

    def note(self, reports: Sequence[WriterReport]) -> None:
        """Keep the newest report of each writer of a run; those of unknown runs are dropped.

        Raises:
            InvalidParameterError: a report that no writer of ours would send.

        """
        check_count(len(reports))
        for report in reports:
            check_report(report)
        seen_ms = now_ms()
        self.store.note_writers([replace(report, seen_ms=seen_ms) for report in reports])

    def of_run(self, run_id: str) -> list[WriterReport]:
        """The newest report of each writer of a run, by rank; none for an unknown run."""
        return self.store.list_writers(run_id)

    def delivered(self, writers: Sequence[str]) -> dict[str, int]:
        """The last sequence that each of these writers delivered, if it did any."""
        check_count(len(writers))
        for writer in writers:
            check_writer(writer)
        return self.store.find_delivered(writers)
