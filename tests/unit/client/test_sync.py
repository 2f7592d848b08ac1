"""Journals that their process left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from epochal.client.drafts import RunDraft
from epochal.client.embedded import EmbeddedTransport
from epochal.client.journal import Journal
from epochal.client.segment import SUFFIX
from epochal.client.sync import deliver_folder, read_owner, sync, take_in_orphans
from epochal.client.writers import OWNER, WriterFolder, iter_orphans
from epochal.errors import ConnectionLostError, NotFoundError
from epochal.settings import locate_store
from epochal.wiring import open_embedded


@pytest.fixture
def transport(tmp_path):
    transport = EmbeddedTransport(open_embedded(locate_store(str(tmp_path / "store"))))
    yield transport
    transport.close()


@pytest.fixture
def run_id(transport):
    return transport.create_run(RunDraft("0", "tester", 1)).info.run_id


@pytest.fixture
def orphan(tmp_path, run_id):
    """The folder of a writer that died after a hundred points of one run."""
    folder = WriterFolder(str(tmp_path / "journals"), "store", "sqlite:////x.db")
    journal = Journal(folder.create_segment, lambda: None)
    for step in range(100):
        journal.append_metric(run_id, "loss", float(step), step, 1000 + step)
    path = Path(folder.path)
    journal.close(delivered=0)
    folder.close()  # lets go of the lock; the segments stay, as after a kill
    return path


def steps(transport, run_id):
    return [point.step for point in transport.get_metric_history(run_id, "loss")]


def test_orphans_are_delivered_and_removed(orphan, transport, run_id):
    """Everything arrives in order, once, and nothing stays behind."""
    assert read_owner(str(orphan)) == "sqlite:////x.db"
    assert take_in_orphans(str(orphan.parent), transport) == 1
    assert steps(transport, run_id) == list(range(100))
    assert list(orphan.parent.iterdir()) == []
    assert take_in_orphans(str(orphan.parent), transport) == 0


def test_the_living_are_left_alone(tmp_path, transport):
    """A writer that still runs keeps its journal, also before other parts of its process."""
    folder = WriterFolder(str(tmp_path / "journals"), "store", "sqlite:////x.db")
    segment = folder.create_segment(4096)
    assert list(iter_orphans(str(tmp_path / "journals"))) == []
    segment.close(delete=True)
    folder.close()
    assert list((tmp_path / "journals").iterdir()) == []


def test_a_second_delivery_changes_nothing(orphan, transport, run_id):
    """A crash after the delivery and before the removal costs nothing."""
    (segment,) = orphan.glob(f"*{SUFFIX}")
    content = segment.read_bytes()
    deliver_folder(str(orphan), transport)
    orphan.mkdir()
    (orphan / OWNER).write_text("store")
    segment.write_bytes(content)
    deliver_folder(str(orphan), transport)
    assert steps(transport, run_id) == list(range(100))


def damage(orphan, start, content):
    """Write over some bytes of the one segment of a writer."""
    (segment,) = orphan.glob(f"*{SUFFIX}")
    data = bytearray(segment.read_bytes())
    data[start : start + len(content)] = content
    segment.write_bytes(data)


def test_damage_costs_what_it_struck_only(orphan, transport, run_id, caplog):
    """All else is delivered; the file is kept, and a warning says where and how much it was."""
    damage(orphan, 2000, b"\xff" * 74)
    deliver_folder(str(orphan), transport)
    found = steps(transport, run_id)
    assert 96 <= len(found) <= 98
    assert set(range(100)) - set(found) <= set(range(49, 56))
    (kept,) = (orphan.parent / "refused").iterdir()
    assert str(kept) in caplog.text
    assert f"{len(found) + 1} records could be read" in caplog.text
    assert "bytes that are no records" in caplog.text


@pytest.mark.parametrize("where", [0, 10, 30, 64, 70, 80, 90, 2000, 3000])
def test_one_wrong_bit_costs_nothing(orphan, transport, run_id, caplog, where):
    """Be it in the header, in the name of a metric or in a point: all arrives, with a warning."""
    (segment,) = orphan.glob(f"*{SUFFIX}")
    damage(orphan, where, bytes([segment.read_bytes()[where] ^ 4]))
    deliver_folder(str(orphan), transport)
    assert steps(transport, run_id) == list(range(100))
    if where != 30:  # within the mark of what was delivered, which is not needed
        assert "damaged" in caplog.text


def test_cut_files_are_reported(orphan, transport, run_id, caplog):
    """A file that lost its tail is told from one that was never full."""
    (segment,) = orphan.glob(f"*{SUFFIX}")
    os.truncate(segment, 5000)
    deliver_folder(str(orphan), transport)
    assert steps(transport, run_id) == list(range(100))
    assert "5000" in caplog.text


@pytest.mark.parametrize("content", [b"", b"rubbish", bytes(5000)])
def test_files_that_are_no_journals_stop_nothing(orphan, transport, run_id, content):
    """Segments that were only prepared, or are something else, are passed over."""
    (orphan / f"00000000{SUFFIX}").write_bytes(content)
    deliver_folder(str(orphan), transport)
    assert steps(transport, run_id) == list(range(100))


def test_unreachable_stores_leave_the_journal(orphan):
    """What cannot be delivered now stays for the next time."""

    class Unplugged:
        def log(self, _entries):
            raise ConnectionLostError("no route to the store")

    with pytest.raises(ConnectionLostError):
        take_in_orphans(str(orphan.parent), Unplugged())
    assert list(orphan.glob(f"*{SUFFIX}"))


@pytest.mark.parametrize("what", ["one writer", "all of them"])
def test_a_folder_is_sent_on_request(orphan, transport, run_id, tmp_path, what):
    """`sync` takes one writer's folder or the folder of all, and counts what it sent."""
    folder = orphan if what == "one writer" else orphan.parent
    assert len(sync(str(folder), str(tmp_path / "store")).delivered) == 1
    assert steps(transport, run_id) == list(range(100))
    assert sync(str(orphan.parent), str(tmp_path / "store")).delivered == []
    with pytest.raises(NotFoundError, match="nowhere"):
        sync(str(tmp_path / "nowhere"))


def test_a_store_that_is_away_holds_up_no_other(orphan, run_id, transport, tmp_path, monkeypatch):
    """Its journals stay and are named; those for other stores are delivered all the same."""
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    (orphan / OWNER).write_text(str(tmp_path / "store"))
    away = tmp_path / "away"
    away.mkdir()
    left = away / ("a" * 32)
    left.mkdir()
    (left / OWNER).write_text("http://127.0.0.1:9")
    (segment,) = orphan.glob(f"*{SUFFIX}")
    (left / segment.name).write_bytes(segment.read_bytes())
    outcome = sync(str(tmp_path))
    assert [writer for writer, _ in outcome.delivered] == [str(orphan)]
    assert [problem.partition(":")[0] for problem in outcome.problems] == [str(away)]
    assert steps(transport, run_id) == list(range(100))
    assert (left / segment.name).exists()
