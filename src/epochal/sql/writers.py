"""Who logs into runs: how far each writer has come, and what it says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.entities import WriterReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.sql.database import Connection

_NOTE = """
INSERT INTO writer_reports (run, writer, writer_rank, state, waiting, host, pid, seen_ms)
SELECT id, CAST(? AS text), CAST(? AS bigint), CAST(? AS text), CAST(? AS bigint),
CAST(? AS text), CAST(? AS bigint), CAST(? AS bigint) FROM runs WHERE run_id = ?
ON CONFLICT (run, writer) DO UPDATE SET writer_rank = excluded.writer_rank,
state = excluded.state, waiting = excluded.waiting, host = excluded.host, pid = excluded.pid,
seen_ms = excluded.seen_ms
WHERE writer_reports.seen_ms <= excluded.seen_ms"""


def find_delivered(connection: Connection, writers: Sequence[str]) -> dict[str, int]:
    """The last sequence of each writer that delivered anything."""
    found: dict[str, int] = {}
    for writer in writers:
        row = connection.execute(
            "SELECT sequence FROM writers WHERE writer = ?", (writer,)
        ).first()
        if row is not None:
            found[writer] = row[0]
    return found


def note_writers(connection: Connection, reports: Sequence[WriterReport]) -> None:
    """Keep the newest report of each writer of a run; those of unknown runs are dropped."""
    # In one order everywhere: two processes that report on the same runs never deadlock.
    for report in sorted(reports, key=lambda report: (report.run_id, report.writer)):
        connection.execute(
            _NOTE,
            (
                report.writer,
                report.rank,
                report.state,
                report.waiting,
                report.host,
                report.pid,
                report.seen_ms,
                report.run_id,
            ),
        )


def list_writers(connection: Connection, run_id: str) -> list[WriterReport]:
    """The newest report of each writer of a run, by rank, then by writer."""
    rows = connection.execute(
        "SELECT w.writer, w.state, w.waiting, w.host, w.pid, w.writer_rank, w.seen_ms "
        "FROM writer_reports w JOIN runs ON runs.id = w.run WHERE runs.run_id = ? "
        "ORDER BY w.writer_rank IS NULL, w.writer_rank, w.writer LIMIT 1000",
        (run_id,),
    )
    return [WriterReport(run_id, *row) for row in rows]
