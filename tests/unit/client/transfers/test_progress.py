"""The line about long transfers."""

from __future__ import annotations

import io

from epochal.client.transfers.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_long_transfers_are_shown_on_a_terminal():
    """The line tells share, bytes and speed, and ends with a line break."""
    terminal = Terminal()
    with Progress("Uploading", 20_000_000, terminal) as progress:
        progress.add(25_000_000)
        progress.add(-5_000_000)
    assert "Uploading: 100% [##" in terminal.getvalue()
    assert "20.0 MB of 20.0 MB" in terminal.getvalue()
    assert terminal.getvalue().endswith("\n")


def test_nothing_is_shown_where_nobody_looks(monkeypatch):
    """Short transfers, pipes and those who switched it off see nothing."""
    monkeypatch.delenv("EPOCHAL_ENABLE_ARTIFACTS_PROGRESS_BAR", raising=False)
    pipe, terminal = io.StringIO(), Terminal()
    for total, output in ((20_000_000, pipe), (1000, terminal)):
        with Progress("Uploading", total, output) as progress:
            progress.add(total)
    monkeypatch.setenv("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
    with Progress("Uploading", 20_000_000, terminal) as progress:
        progress.add(1)
    assert pipe.getvalue() == terminal.getvalue() == ""
