"""Handing batches over to a real store that refuses parts of them."""

from __future__ import annotations

import json
from array import array

import pytest

from epochal.client.batches import Batch
from epochal.client.delivery import deliver
from epochal.client.drafts import RunDraft
from epochal.client.embedded import EmbeddedTransport
from epochal.entities import Points
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


def batch_for(*run_ids, end=100, **params):
    batch = Batch(0, end)
    for run_id in run_ids:
        run = batch.run(run_id)
        run.points = Points(
            ["loss"], array("I", [0]), array("q", [1]), array("q", [2]), array("d", [0.5])
        )
        run.params.update(params)
        run.tags["kind"] = "x"
    return batch


def test_parts_are_saved_from_bad_company(transport, run_id, tmp_path):
    """One conflicting param is set aside; points, tags and other params arrive."""
    assert deliver(transport, batch_for(run_id, lr="1"), "w", str(tmp_path / "j")) == []
    batch = batch_for(run_id, end=200, lr="2", depth="3")
    (refusal,) = deliver(transport, batch, "w", str(tmp_path / "j"))
    assert refusal.keys == {"lr"}
    assert transport.get_run(run_id).data.params == {"lr": "1", "depth": "3"}
    (kept,) = (tmp_path / "j/refused").iterdir()
    (part,) = json.loads(kept.read_text())
    assert part["params"] == {"lr": "2"}
    assert part["metrics"] == []


def test_unknown_runs_take_nothing_from_known_ones(transport, run_id, tmp_path):
    """What is for a run that does not exist is kept in a file, points and all."""
    batch = batch_for("0" * 32, run_id)
    batch.run("0" * 32).status = "FINISHED"
    refusals = deliver(transport, batch, "w", str(tmp_path / "j"))
    assert {refusal.run_id for refusal in refusals} == {"0" * 32}
    assert transport.get_run(run_id).data.metrics == {"loss": 0.5}
    (kept,) = (tmp_path / "j/refused").iterdir()
    parts = json.loads(kept.read_text())
    assert [point["value"] for part in parts for point in part["metrics"]] == [0.5]
    assert "FINISHED" in [part["status"] for part in parts]


def test_deliveries_are_counted_run_by_run(transport, run_id, tmp_path):
    """A batch of several runs that broke off after the first is completed by a shorter one."""
    other = transport.create_run(RunDraft("0", "tester", 1)).info.run_id
    deliver(transport, batch_for(run_id, end=1000), "w", str(tmp_path / "j"))
    deliver(transport, batch_for(run_id, other, end=500), "w", str(tmp_path / "j"))
    assert transport.get_run(other).data.metrics == {"loss": 0.5}


def test_files_that_cannot_be_written_stop_nothing(transport, run_id, tmp_path, caplog):
    """With no room for what was refused, the rest still arrives and the loss is told."""
    (tmp_path / "j").write_text("in the way")
    deliver(transport, batch_for("0" * 32, run_id), "w", str(tmp_path / "j"))
    assert transport.get_run(run_id).data.metrics == {"loss": 0.5}
    assert "nowhere" in caplog.text
