"""What the SDK and our server say to each other beyond MLflow's protocol."""

from __future__ import annotations

import json
import urllib.request

import pytest

from epochal.client.mlflow_client import MlflowClient
from epochal.errors import NotFoundError
from fixtures.scripts import run_script
from fixtures.servers import epochal_server


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with epochal_server(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture
def run_id(address):
    return MlflowClient(address).create_run("0").info.run_id


def test_writers_are_seen_by_others(address, run_id, tmp_path):
    """Each process that logged into a run stands beside it with its rank, host and state."""
    code = """
    import os, sys
    import epochal as mlflow
    mlflow.set_tracking_uri(sys.argv[1])
    with mlflow.start_run(run_id=sys.argv[2]):
        mlflow.log_metric("loss", 1.0, step=1)
    print(os.getpid())
    """
    pids = []
    for rank in ("0", "1"):
        done = run_script(tmp_path, code, address, run_id, EPOCHAL_RANK=rank)
        assert done.code == 0, done.err
        pids.append(int(done.out.split()[-1]))
    url = f"{address}/api/epochal/v1/runs/writers?run_id={run_id}"
    with urllib.request.urlopen(url) as answer:
        found = json.load(answer)["writers"]
    assert [(one["rank"], one["pid"], one["state"], one["waiting"]) for one in found] == [
        (rank, pid, "ok", 0) for rank, pid in enumerate(pids)
    ]
    assert MlflowClient(address).get_run(run_id).data.metrics == {
        "loss/rank:0": 1.0,
        "loss/rank:1": 1.0,
    }


def test_histories_travel_in_columns(address, run_id):
    """Whole in pages, in windows, sampled, superseded; and metrics are deleted."""
    client = MlflowClient(address)
    for step in range(3000):
        client.log_metric(run_id, "loss", 1.0 if step == 1234 else 0.0, step=step, timestamp=step)
    (whole,) = client.read_metrics(run_id, "loss")
    assert list(whole.series.step) == list(range(3000))
    (window,) = client.read_metrics(run_id, "loss", x="time", start=10, end=12)
    assert list(window.series.step) == [10, 11, 12]
    (few,) = client.read_metrics(run_id, points=100)
    assert len(few.series) <= 100
    assert max(few.series.value) == 1.0
    assert client.rewind_run(run_id, 2989) == 10
    (gone,) = client.read_metrics(run_id, "loss", superseded=True)
    assert list(gone.series.step) == list(range(2990, 3000))
    client.delete_metric(run_id, "loss")
    assert client.read_metrics(run_id, "loss") == []
    with pytest.raises(NotFoundError):
        client.delete_metric(run_id, "loss")
