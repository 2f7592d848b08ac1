"""`epochal runs`."""

import json

import pytest
from click.testing import CliRunner

from epochal.cli.main import epochal
from epochal.client.mlflow_client import MlflowClient


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command on a store of this test's own; it must succeed unless told otherwise."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", str(tmp_path / "store"))

    def command(*arguments, status=0):
        done = CliRunner().invoke(epochal, ["runs", *arguments])
        assert done.exit_code == status, done.output
        return done.output

    return command


@pytest.fixture
def made(run):
    """A run, as `create` describes it."""
    tags = ["-t", "a=b", "--tags", "c = d=e"]
    told = run("create", "--experiment-id", "0", "--run-name", "one", "--status", "failed", *tags)
    return json.loads(told)


def test_a_run_is_created_and_described(run, made):
    """With its tags, and ended as it was said."""
    told = json.loads(run("describe", "--run-id", made["run_id"]))
    assert made["status"] == told["info"]["status"] == "FAILED"
    assert told["info"]["end_time"] is not None
    assert {"a": "b", "c": "d=e", "mlflow.runName": "one"}.items() <= told["data"]["tags"].items()


def test_an_experiment_is_made_for_its_name(run):
    """And used again; notes and parents are tags."""
    extra = ["--description", "text", "--parent-run-id", "p"]
    first = json.loads(run("create", "--experiment-name", "new", *extra))
    second = json.loads(run("create", "--experiment-name", "new"))
    assert first["experiment_id"] == second["experiment_id"] == "1"
    tags = json.loads(run("describe", "--run-id", first["run_id"]))["data"]["tags"]
    assert (tags["mlflow.note.content"], tags["mlflow.parentRunId"]) == ("text", "p")


def test_runs_are_listed(run, made):
    """With date, name and id; deleted ones when asked for."""
    assert run("list", "--experiment-id", "0").splitlines()[2].split()[-2:] == [
        "one",
        made["run_id"],
    ]
    run("delete", "--run-id", made["run_id"])
    assert made["run_id"] not in run("list", "--experiment-id", "0")
    assert made["run_id"] in run("list", "--experiment-id", "0", "-v", "deleted_only")
    run("restore", "--run-id", made["run_id"])
    assert made["run_id"] in run("list", "--experiment-id", "0")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["describe", "--run-id", "nobody"], 1),
        (["delete", "--run-id", "nobody"], 1),
        (["create", "--experiment-id", "77"], 1),
        (["create"], 2),
        (["create", "--experiment-id", "0", "-t", "novalue"], 2),
        (["list"], 2),
    ],
)
def test_errors_are_one_line(run, arguments, status):
    """Exit status 1 for an error, 2 for wrong usage, never a traceback."""
    told = run(*arguments, status=status)
    assert told.splitlines()[-1].startswith("Error: ")
    assert "Traceback" not in told


def test_runs_are_rewound_and_metrics_deleted(run, made):
    """From the command line as from Python."""
    client = MlflowClient()
    for step in range(5):
        client.log_metric(made["run_id"], "loss", 1.0, step=step)
    client.get_run(made["run_id"])
    told = run("rewind", "--run-id", made["run_id"], "--step", "2")
    assert "2 points superseded" in told
    assert len(client.get_metric_history(made["run_id"], "loss")) == 3
    run("delete-metric", "--run-id", made["run_id"], "--key", "loss")
    assert client.get_metric_history(made["run_id"], "loss") == []
    run("delete-metric", "--run-id", made["run_id"], "--key", "loss", status=1)
