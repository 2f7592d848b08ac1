"""How the delivery goes, in numbers."""

from __future__ import annotations

import pytest

from epochal.client.journal import Journal
from epochal.client.segment import create_segment
from epochal.client.status import count_waiting, estimate_waiting, look_at


@pytest.fixture
def journal(tmp_path):
    journal = Journal(lambda size: create_segment(str(tmp_path / "1.journal"), size), lambda: None)
    yield journal
    journal.close(delivered=2**62)


def test_values_are_counted_by_run(journal):
    """Points one by one and many at once, params and tags each count as one."""
    for step in range(100):
        journal.append_metric("a", "loss", 1.0, step, step)
    journal.append_metrics("b", {"x": 1.0, "y": 2.0}, 0, 0)
    half = journal.append_text(4, "b", "lr", "0.1")
    for step in range(50):
        journal.append_metric("a", "loss", 1.0, step, step)
    assert count_waiting(journal.stretches(), 0) == {"a": 150, "b": 3}
    assert count_waiting(journal.stretches(), half) == {"a": 50}
    assert count_waiting(journal.stretches(), journal.position) == {}
    assert estimate_waiting(journal.stretches(), half) == 50


def test_nothing_logged_is_all_well(journal):
    """A process that has logged nothing has nothing made for it."""
    status = look_at("store", journal, None, None, {})
    assert (status.state, status.appended, status.journal) == ("ok", 0, None)
    assert status.runs == {}


def test_what_is_delivered_and_set_aside_is_counted(store):
    """Counts follow a value from the journal to the store, or aside."""
    with store.start_run() as run:
        store.log_metrics({"a": 1.0, "b": 2.0})
        store.flush_async_logging()
        status = store.logging_status()
        assert (status.state, status.waiting, status.delivered) == ("ok", 0, 2)
        assert status.oldest_waiting_s == 0
        store.MlflowClient()._outbox.transport.log([])
        store.MlflowClient().delete_run(run.info.run_id)
        store.log_metric("late", 1.0)
        store.flush_async_logging()
        status = store.logging_status()
        assert (status.state, status.set_aside) == ("degraded", 1)
        assert status.runs[run.info.run_id].appended == 3
        store.MlflowClient().restore_run(run.info.run_id)


def test_an_unreachable_store_is_offline(store, monkeypatch):
    """What waits is counted, with its age and the reason."""
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    monkeypatch.setenv("EPOCHAL_EXIT_GRACE_S", "0")
    address = "http://127.0.0.1:9"
    client = store.MlflowClient(address)
    client.log_metric("0" * 32, "loss", 1.0)
    client._outbox.flush(5)
    status = store.logging_status(address)
    assert (status.state, status.waiting) == ("offline", 1)
    assert status.oldest_waiting_s > 0
    assert "cannot be reached" in str(status.error)
    assert status.journal is not None
