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


@pytest.fixture
def many(run):
    """Three runs of two experiments; their names tell their tags."""
    for name, model, experiment in (
        ("x", "xgboost", "a"),
        ("y", "lasso", "a"),
        ("z", "lasso", "b"),
    ):
        tags = (
            "-t",
            f"model={model}",
            "-t",
            f"train-data-path=data/{name}.csv",
            "-t",
            f"n={name}",
        )
        run("create", "--experiment-name", experiment, "--run-name", name, *tags)


def names(told):
    return [found["run_name"] for found in json.loads(told)]


def test_runs_are_searched_over_all_experiments(run, many):
    """Or those that are named, in the order asked for, and no more than asked for."""
    assert names(run("search", "--json", "--order-by", "run_name DESC")) == ["z", "y", "x"]
    assert names(run("search", "--json", "--experiment-name", "b")) == ["z"]
    assert names(run("search", "--json", "--experiment-id", "1", "-n", "1")) == ["y"]
    assert names(run("search", "tags.model = 'xgboost' OR tags.n = 'z'", "--json")) == ["z", "x"]
    assert run("search", "--json", "tags.model = 'none'") == "[]\n"
    assert "No experiment with name 'c'" in run("search", "--experiment-name", "c", status=1)


def test_a_name_with_dashes_is_searched_in_quotes(run, many):
    """As the message says that is shown without them."""
    assert names(run("search", "tags.`train-data-path` LIKE '%/y.csv'", "--json")) == ["y"]
    told = run("search", "tags.train-data-path LIKE '%y%'", status=1)
    assert "needs backquotes: tags.`train-data-path`" in told
    assert told.splitlines()[-1].strip() == "^"


def test_columns_are_those_asked_for_or_searched_by(run, many):
    """A comma within quotes belongs to a key."""
    told = run("search", "tags.model = 'xgboost'").splitlines()
    assert told[0].split() == ["run_name", "run_id", "status", "start_time", "tags.model"]
    assert told[2].split()[-1] == "xgboost"
    told = run("search", "--columns", "run_name,tags.n", "--columns", "tags.`a,b`", "--csv")
    assert told.splitlines() == ['run_name,tags.n,"tags.`a,b`"', "z,z,", "y,y,", "x,x,"]


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
