"""The promises of a tracking store about who logs into runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from epochal.entities import WriterReport
from epochal.ports.tracking import Delivery, RunLog
from epochal.testing.samples import make_run

if TYPE_CHECKING:
    from epochal.ports.tracking import TrackingStore


class WriterContract:
    """What every tracking store promises about writers."""

    def test_how_far_writers_have_come_is_known(self, store: TrackingStore) -> None:
        """The last sequence of each that delivered; an empty entry counts as a delivery."""
        run_id = make_run(store).info.run_id
        store.log(RunLog(run_id, params={"a": "1"}), Delivery("one", 5)).result()
        store.log(RunLog(run_id), Delivery("one", 9)).result()
        store.log(RunLog(run_id), Delivery("two", 2**62)).result()
        found = store.find_delivered(["one", "two", "three"])
        assert found == {"one": 9, "two": 2**62}
        assert store.find_delivered([]) == {}

    def test_the_newest_report_of_a_writer_stays(self, store: TrackingStore) -> None:
        """A later one replaces it, an older one that comes late does not."""
        run_id = make_run(store).info.run_id
        report = WriterReport(run_id, "w", "ok", 0, "host", 7, seen_ms=10)
        store.note_writers([report])
        newer = replace(report, state="lagging", waiting=2**62, rank=3, seen_ms=20)
        store.note_writers([newer])
        store.note_writers([report])
        assert store.list_writers(run_id) == [newer]

    def test_writers_come_by_rank(self, store: TrackingStore) -> None:
        """Those without a rank last, equal ones by name; other runs' are left out."""
        run_id, other = make_run(store).info.run_id, make_run(store).info.run_id
        ranks = {"d": 2, "c": 10, "b": None, "a": None}
        reports = [WriterReport(run_id, w, "ok", 1, "hööst", 7, r, 5) for w, r in ranks.items()]
        store.note_writers([*reports, replace(reports[0], run_id=other)])
        assert [report.writer for report in store.list_writers(run_id)] == ["d", "c", "a", "b"]
        assert len(store.list_writers(other)) == 1

    def test_reports_on_unknown_runs_are_dropped(self, store: TrackingStore) -> None:
        """And take nothing else along."""
        run_id = make_run(store).info.run_id
        report = WriterReport(run_id, "w", "offline", 1, "", 0, seen_ms=5)
        store.note_writers([replace(report, run_id="gone"), report])
        store.note_writers([])
        assert store.list_writers(run_id) == [report]
        assert store.list_writers("gone") == []
