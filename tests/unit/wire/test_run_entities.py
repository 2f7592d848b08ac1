"""Runs as MLflow's JSON."""

import json
import math

from epochal.entities import (
    Dataset,
    DatasetInput,
    InputTag,
    Metric,
    Page,
    Run,
    RunData,
    RunInfo,
    RunInputs,
)
from epochal.wire import run_entities as wire

INFO = RunInfo("a" * 32, "1", "brisk-heron-1", "ada", "RUNNING", 5, None, "mlflow-artifacts:/1/a")
RUN = Run(
    INFO,
    RunData([Metric("loss", 0.5, 7, 3)], {"lr": "0.1"}, {"mlflow.runName": "brisk-heron-1"}),
    RunInputs([DatasetInput(Dataset("d", "x", "local", "s"), [InputTag("k", "v")])]),
)


def test_a_run_has_mlflows_fields():
    """Both names of the id, int64 as numbers, the end time absent until it is known."""
    assert json.loads(wire.encode_run(RUN))["run"] == {
        "info": {
            "run_id": "a" * 32,
            "run_uuid": "a" * 32,
            "run_name": "brisk-heron-1",
            "experiment_id": "1",
            "user_id": "ada",
            "status": "RUNNING",
            "start_time": 5,
            "artifact_uri": "mlflow-artifacts:/1/a",
            "lifecycle_stage": "active",
        },
        "data": {
            "metrics": [{"key": "loss", "value": 0.5, "timestamp": 7, "step": 3}],
            "params": [{"key": "lr", "value": "0.1"}],
            "tags": [{"key": "mlflow.runName", "value": "brisk-heron-1"}],
        },
        "inputs": {
            "dataset_inputs": [
                {
                    "tags": [{"key": "k", "value": "v"}],
                    "dataset": {
                        "name": "d",
                        "digest": "x",
                        "source_type": "local",
                        "source": "s",
                    },
                }
            ]
        },
        "outputs": {},
    }


def test_an_empty_run_keeps_empty_objects_and_no_lists():
    """`inputs` and `outputs` appear empty, lists do not appear; a new run has no outputs."""
    empty = json.loads(wire.encode_run(Run(INFO)))["run"]
    assert (empty["data"], empty["inputs"], empty["outputs"]) == ({}, {}, {})
    assert "outputs" not in json.loads(wire.encode_created_run(Run(INFO)))["run"]


def test_runs_go_there_and_back():
    """What the server encodes the client decodes to the same."""
    assert wire.decode_run(wire.encode_run(RUN)) == RUN
    page = Page([RUN, Run(INFO)], "next")
    assert wire.decode_runs(wire.encode_runs(page)) == page
    assert wire.encode_runs(Page([])) == b"{}"
    assert wire.decode_run_info(wire.encode_run_info(INFO)) == INFO


def test_infinities_reach_our_client_exactly():
    """MLflow's client gets 1.797e308, ours gets infinity; NaN reaches both."""
    run = Run(INFO, RunData([Metric("a", math.inf, 1), Metric("b", -math.inf, 1)]))
    exact = wire.decode_run(wire.encode_run(run, exact=True))
    assert exact.data.metrics == {"a": math.inf, "b": -math.inf}
    assert wire.decode_run(wire.encode_run(run)).data.metrics["a"] == 1.7976931348623157e308
    unknown = Run(INFO, RunData([Metric("c", math.nan, 1)]))
    assert math.isnan(wire.decode_run(wire.encode_run(unknown)).data.metrics["c"])


def test_servers_that_send_int64_as_text_are_understood():
    """Some speakers of the protocol send timestamps as strings."""
    body = b'{"run": {"info": {"run_uuid": "r", "start_time": "12", "status": "FINISHED"}}}'
    info = wire.decode_run(body).info
    assert (info.run_id, info.start_time, info.status) == ("r", 12, "FINISHED")
