"""What writers say about themselves."""

from __future__ import annotations

import os

import pytest

from epochal.client import reports as module
from epochal.client.batches import Batch
from epochal.client.reports import Reporter
from epochal.errors import ConnectionLostError


class Board:
    """Where reports arrive, or do not."""

    def __init__(self) -> None:
        self.reports = []
        self.is_down = False

    def note_writers(self, reports):
        if self.is_down:
            raise ConnectionLostError("no route")
        self.reports += reports


@pytest.fixture
def board():
    return Board()


@pytest.fixture
def reporter():
    reporter = Reporter({"a": 3})
    batch = Batch()
    batch.run("a").params["lr"] = "0.1"
    reporter.count(batch)
    return reporter


def look():
    return "ok", 7


def test_reports_are_few(reporter, board, monkeypatch):
    """Only news are reported, and not more often than every few seconds unless it is urgent."""
    reporter.report(board, "w", look)
    assert board.reports == []
    reporter.report(board, "w", look, now=True)
    reporter.report(board, "w", look, now=True)
    (report,) = board.reports
    assert (report.run_id, report.writer, report.state, report.waiting) == ("a", "w", "ok", 7)
    assert (report.rank, report.pid) == (3, os.getpid())
    monkeypatch.setattr(module, "REPORT_S", 0)
    reporter.count_set_aside("a", 1)
    reporter.report(board, "w", look)
    assert len(board.reports) == 2
    assert (reporter.delivered, reporter.set_aside) == ({"a": 0}, {"a": 1})


def test_reports_that_fail_are_made_again(reporter, board):
    """A lost report is no loss."""
    board.is_down = True
    reporter.report(board, "w", look, now=True)
    board.is_down = False
    reporter.report(board, "w", look, now=True)
    assert len(board.reports) == 1


def test_a_process_is_seen_beside_its_run(store):
    """Whoever looks at a run sees who logs into it, by rank."""
    run_id = store.MlflowClient().create_run("0").info.run_id
    with store.start_run(run_id=run_id, rank=1):
        store.log_metric("loss", 1.0)
    outbox = store.MlflowClient()._outbox
    writer = outbox._folder.writer
    outbox.close()
    (seen,) = outbox.transport._services.writers.of_run(run_id)
    assert (seen.writer, seen.rank, seen.state, seen.waiting) == (writer, 1, "ok", 0)
    assert seen.seen_ms > 0
