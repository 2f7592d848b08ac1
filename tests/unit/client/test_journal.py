"""Appending to the journal: order, room, misuse, threads."""

from __future__ import annotations

import threading
from array import array
from contextlib import suppress

import pytest

from epochal.client import journal as module
from epochal.client import records
from epochal.client.batches import Batch, LiveReader
from epochal.client.journal import Journal
from epochal.client.segment import HEADER_SIZE, create_segment
from epochal.errors import InvalidParameterError


class Disk:
    """Makes segments in a folder, as long as it is allowed to."""

    def __init__(self, folder) -> None:
        self.folder = folder
        self.count = 0
        self.is_full = False

    def create(self, size):
        if self.is_full:
            return None
        self.count += 1
        return create_segment(str(self.folder / f"{self.count:08}.journal"), size)


@pytest.fixture
def disk(tmp_path):
    return Disk(tmp_path)


@pytest.fixture
def journal(disk):
    journal = Journal(disk.create, lambda: None)
    yield journal
    journal.close(delivered=2**62)


def read_all(journal):
    """Everything in a journal, as one batch per read."""
    reader, batches = LiveReader(), []
    for stretch in journal.stretches():
        while not batches or batches[-1].end < stretch.position:
            batches.append(reader.read(stretch))
    return batches


def values_of(batches, run_id, key):
    found = []
    for batch in batches:
        points = batch.run(run_id).points
        for number, step, value in zip(points.key, points.step, points.value, strict=True):
            if points.names[number] == key:
                found.append((step, value))
    return found


def test_nothing_is_opened_before_the_first_record(journal, disk):
    """A process that logs nothing leaves no file."""
    assert disk.count == 0
    assert journal.stretches() == []


def test_records_come_back_in_order(journal):
    """Points, many at once, params, tags and statuses reach the reader as they were logged."""
    journal.append_metric("a", "loss", 0.5, 1, 10)
    journal.append_text(records.PARAM, "a", "lr", "0.1")
    journal.append_metric("b", "loss", float("nan"), -2, 11)
    journal.append_metrics("a", {"loss": 0.25, "acc": 1.0}, 3, 12)
    journal.append_text(records.TAG, "a", "kind", "x")
    journal.append_text(records.STATUS, "b", "FAILED", "99")
    (batch,) = read_all(journal)
    assert values_of([batch], "a", "loss") == [(1, 0.5), (3, 0.25)]
    assert values_of([batch], "a", "acc") == [(3, 1.0)]
    assert batch.run("a").params == {"lr": "0.1"}
    assert batch.run("a").tags == {"kind": "x"}
    assert (batch.run("b").status, batch.run("b").end_time) == ("FAILED", 99)
    assert str(values_of([batch], "b", "loss")) == "[(-2, nan)]"


def test_segments_roll_and_define_their_series_again(journal, disk, monkeypatch):
    """Many small segments hold all points, and each can be read alone."""
    monkeypatch.setattr(module, "FIRST_SEGMENT_BYTES", 4096)
    monkeypatch.setattr(module, "SEGMENT_BYTES", 4096)
    for step in range(1000):
        journal.append_metric("run", "loss", float(step), step, step)
    assert disk.count > 5
    assert values_of(read_all(journal), "run", "loss") == [(s, float(s)) for s in range(1000)]


def test_positions_only_grow(journal, monkeypatch):
    """Each record's position is beyond the last one's, across segments too."""
    monkeypatch.setattr(module, "FIRST_SEGMENT_BYTES", 2048)
    monkeypatch.setattr(module, "SEGMENT_BYTES", 2048)
    positions = [journal.append_metric("run", "loss", 1.0, step, step) for step in range(500)]
    assert positions == sorted(set(positions))


def test_more_keys_than_a_segment_holds(journal):
    """A hundred thousand long keys in one call get a segment of their own size."""
    metrics = {f"{'k' * 100}{number}": float(number) for number in range(100_000)}
    journal.append_metrics("run", metrics, 0, 0)
    assert sum(len(batch.run("run").points) for batch in read_all(journal)) == 100_000


def test_text_larger_than_a_segment(journal):
    """A tag of many megabytes is kept whole."""
    text = "x" * (20 << 20)
    journal.append_text(records.TAG, "run", "mlflow.log-model.history", text)
    (batch,) = [batch for batch in read_all(journal) if batch.runs]
    assert batch.run("run").tags["mlflow.log-model.history"] == text


@pytest.mark.parametrize("step", [2**63, -(2**63) - 1])
def test_steps_beyond_64_bits_are_refused(journal, step):
    """A step that no store can keep raises, and nothing of the call stays."""
    with pytest.raises(InvalidParameterError, match="64 bits"):
        journal.append_metric("run", "loss", 1.0, step, 0)
    with pytest.raises(InvalidParameterError, match="64 bits"):
        journal.append_metrics("run", {"loss": 1.0}, step, 0)
    assert sum(len(batch.run("run").points) for batch in read_all(journal)) == 0


@pytest.mark.parametrize("key", ["", "a//b", "../b", "a*b", "k" * 251])
def test_bad_keys_are_refused_at_once(journal, key):
    """The line that misspells a key is the line that raises."""
    with pytest.raises(InvalidParameterError, match="Invalid metric name"):
        journal.append_metric("run", key, 1.0, 0, 0)
    with pytest.raises(InvalidParameterError, match="Invalid metric name"):
        journal.append_metrics("run", {"fine": 1.0, key: 1.0}, 0, 0)


def test_lone_surrogates_are_refused(journal):
    """Text that is no Unicode raises instead of breaking every later delivery."""
    with pytest.raises(InvalidParameterError, match="Unicode"):
        journal.append_text(records.TAG, "run", "kind", "\ud800")


def test_without_room_records_are_counted_and_dropped(journal, disk):
    """With neither disk nor memory left, log calls still return."""
    disk.is_full = True
    journal.append_metric("run", "loss", 1.0, 0, 0)
    journal.append_metrics("run", {"loss": 1.0}, 0, 0)
    journal.append_text(records.TAG, "run", "kind", "x")
    assert journal.dropped == 3


def test_threads_interleave_without_loss(journal, monkeypatch):
    """Eight threads over many segments lose nothing and mix nothing up."""
    monkeypatch.setattr(module, "FIRST_SEGMENT_BYTES", 16_384)
    monkeypatch.setattr(module, "SEGMENT_BYTES", 16_384)

    def work(worker):
        for step in range(2000):
            journal.append_metric(f"run{worker % 3}", f"key{worker}", float(worker), step, step)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    batches = read_all(journal)
    for worker in range(8):
        found = values_of(batches, f"run{worker % 3}", f"key{worker}")
        assert sorted(found) == [(step, float(worker)) for step in range(2000)]


def test_a_segment_is_prepared_beforehand(journal, disk):
    """Once half of a segment is used the courier makes the next, so that no log call has to."""
    for step in range(20_000):
        journal.append_metric("run", "loss", 1.0, step, step)
    journal.prepare()
    assert disk.count == 2
    for step in range(10_000):
        journal.append_metric("run", "loss", 1.0, step, step)
    assert disk.count == 2


def test_delivered_files_are_removed_and_others_stay(disk, tmp_path):
    """Closing removes what is delivered and keeps what is not; later records get new files."""
    journal = Journal(disk.create, lambda: None)
    position = journal.append_metric("run", "loss", 1.0, 0, 0)
    journal.close(delivered=position - 1)
    assert len(list(tmp_path.iterdir())) == 1
    position = journal.append_metric("run", "loss", 1.0, 0, 0)
    journal.close(delivered=position)
    assert len(list(tmp_path.iterdir())) == 1


def test_sleepers_are_woken_once(journal):
    """Whoever logs while the courier sleeps wakes it, and the next call does not."""
    woken = []

    def wake():
        journal.wake = None
        woken.append(1)

    journal.append_metric("run", "loss", 1.0, 0, 0)
    journal.wake = wake
    journal.append_metric("run", "loss", 1.0, 1, 0)
    journal.append_text(records.TAG, "run", "kind", "x")
    assert woken == [1]


def test_empty_batches_are_read_without_harm(journal):
    """A stretch with nothing new gives an empty batch that ends where it began."""
    journal.append_metrics("run", {}, 0, 0)
    (stretch,) = journal.stretches()
    reader = LiveReader()
    first, second = reader.read(stretch), reader.read(stretch)
    assert isinstance(second, Batch)
    assert second.end == first.end
    assert second.runs == {}
    assert stretch.end > HEADER_SIZE
    with suppress(StopIteration):
        assert next(iter(first.runs.values())).points.value == array("d")
