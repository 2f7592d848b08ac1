"""The client that names its runs."""

from __future__ import annotations

import pytest

from epochal.client.batches import pieces_within
from epochal.entities import Metric, Param, Points, RunTag
from epochal.errors import InvalidParameterError
from epochal.ports.tracking import RunLog


@pytest.fixture
def client(store):
    return store.MlflowClient()


@pytest.fixture
def run_id(client):
    return client.create_run("0", run_name="a").info.run_id


def test_batches_of_any_size(client, run_id):
    """No limit of the wire shows in the client."""
    metrics = [Metric("loss", float(n), n, n) for n in range(3000)]
    params = [Param(f"p{n}", str(n)) for n in range(300)]
    client.log_batch(run_id, metrics, params, [RunTag("t", "1")], synchronous=True)
    run = client.get_run(run_id)
    assert (len(run.data.params), run.data.metrics) == (300, {"loss": 2999.0})
    assert len(client.get_metric_history(run_id, "loss")) == 3000


def test_requests_keep_mlflows_limits():
    """At most 1000 points, 100 params and 100 tags go into one request."""
    entry = RunLog(
        "run",
        Points.of([Metric(f"k{n % 3}", float(n), n, n) for n in range(2500)]),
        {f"p{n}": "" for n in range(250)},
        {f"t{n}": "" for n in range(120)},
    )
    pieces = list(pieces_within(entry))
    assert max(len(piece.points) for piece in pieces) == 1000
    assert max(len(piece.params) for piece in pieces) == 100
    assert sum(len(piece.points) for piece in pieces) == 2500
    assert sum(len(piece.params) for piece in pieces) == 250
    assert sum(len(piece.tags) for piece in pieces) == 120


def test_refusals_reach_who_waits(client, run_id, store):
    """A deleted run takes nothing; whoever waits hears the store's own reason."""
    client.delete_run(run_id)
    with pytest.raises(store.MlflowException, match="active"):
        client.log_metric(run_id, "loss", 1.0, synchronous=True)
    with pytest.raises(store.MlflowException, match="active"):
        client.log_param(run_id, "lr", 1.0, synchronous=False).wait()
    assert client.log_metric(run_id, "loss", 2.0) is None


def test_status_and_times(client, run_id):
    """A run is renamed, ended and begun again as told."""
    client.update_run(run_id, status="FAILED", name="b")
    run = client.get_run(run_id)
    assert (run.info.status, run.info.run_name) == ("FAILED", "b")
    client.set_terminated(run_id, end_time=99)
    assert client.get_run(run_id).info.end_time == 99
    with pytest.raises(InvalidParameterError, match="DONE"):
        client.update_run(run_id, status="DONE")


@pytest.mark.parametrize("run_id", ["", None, 3])
def test_run_ids_are_text(client, run_id):
    """Logging into nothing raises at once."""
    with pytest.raises(InvalidParameterError, match="run ID"):
        client.log_metric(run_id, "loss", 1.0)


@pytest.mark.parametrize("name", ["", None, 3])
def test_experiment_names_are_text(client, name):
    """Names that are none are refused before they are sent."""
    with pytest.raises(InvalidParameterError, match="experiment name"):
        client.create_experiment(name)
