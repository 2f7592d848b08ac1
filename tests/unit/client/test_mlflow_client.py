"""The client that names its runs."""

from __future__ import annotations

import re

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
    """What another process deleted takes nothing; whoever waits hears the store's reason."""
    client.log_metric(run_id, "loss", 1.0)
    client._outbox.reader().delete_run(run_id)  # behind the client's back
    with pytest.raises(store.MlflowException, match="active"):
        client.log_metric(run_id, "loss", 1.0, synchronous=True)
    with pytest.raises(store.MlflowException, match="active"):
        client.log_param(run_id, "lr", 1.0, synchronous=False).wait()
    assert client.log_metric(run_id, "loss", 2.0) is None


def test_runs_that_take_nothing_raise_at_once(client, run_id, store):
    """The line that logs into an unknown or deleted run raises, as with MLflow."""
    with pytest.raises(store.MlflowException, match="No run") as unknown:
        client.log_metric("0" * 32, "loss", 1.0)
    assert unknown.value.error_code == "RESOURCE_DOES_NOT_EXIST"
    client.delete_run(run_id)
    for log in (client.log_metric, client.log_param, client.set_tag):
        with pytest.raises(store.MlflowException, match="active"):
            log(run_id, "loss", 1.0)
    client.restore_run(run_id)
    client.log_metric(run_id, "loss", 1.0)
    assert client.get_run(run_id).data.metrics == {"loss": 1.0}


def test_params_of_another_process_raise_at_once(client, run_id, store):
    """A param that somebody else wrote is not written over, and its own value is accepted."""
    client._outbox.transport.log([(RunLog(run_id, params={"lr": "0.1"}), None)])
    client._outbox.forget_run(run_id)  # this process did not begin it
    with pytest.raises(store.MlflowException, match=r"'0\.1'"):
        client.log_param(run_id, "lr", 0.2)
    client.log_param(run_id, "lr", 0.1)


def test_a_refused_param_is_learned_from(client, run_id, store):
    """Once the store has refused a value, its own counts here too."""
    client._outbox.transport.log([(RunLog(run_id, params={"lr": "0.1"}), None)])
    with pytest.raises(store.MlflowException, match=r"'0\.1'"):
        client.log_param(run_id, "lr", 0.2, synchronous=True)
    with pytest.raises(store.MlflowException, match=r"'0\.1'"):
        client.log_param(run_id, "lr", 0.2)
    client.log_param(run_id, "lr", 0.1, synchronous=True)


def test_rewinding_and_deleting_metrics(client, run_id, store):
    """Points beyond a step are superseded; a key is forgotten; misuse raises."""
    for step in range(5):
        client.log_metric(run_id, "loss", float(step), step=step)
        client.log_metric(run_id, "other", float(step), step=step)
    assert client.rewind_run(run_id, 2) == 4
    assert [point.step for point in client.get_metric_history(run_id, "loss")] == [0, 1, 2]
    client.delete_metric(run_id, "other")
    assert client.get_run(run_id).data.metrics == {"loss": 2.0}
    with pytest.raises(store.MlflowException, match="whole number"):
        client.rewind_run(run_id, 1.5)
    with pytest.raises(store.MlflowException, match="other"):
        client.delete_metric(run_id, "other")


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ({"filter_string": 5}, "filter_string 5"),
        ({"max_results": "5"}, "max_results '5'"),
        ({"order_by": "metrics.loss"}, "a list of texts"),
        ({"order_by": [3]}, "a list of texts"),
        ({"page_token": 3}, "page_token 3"),
    ],
)
def test_searches_of_the_wrong_type(client, store, asked, hint):
    """Misuse raises what says the value and what would be right, in both APIs."""
    with pytest.raises(InvalidParameterError, match=re.escape(hint)):
        client.search_runs(["0"], **asked)
    if "page_token" not in asked:
        with pytest.raises(InvalidParameterError, match=re.escape(hint)):
            store.search_runs(["0"], output_format="list", **asked)


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
