"""`epochal experiments`."""

import csv
import json
from io import StringIO

import pytest
from click.testing import CliRunner

from epochal.cli.main import epochal
from epochal.client.mlflow_client import MlflowClient


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command on a store of this test's own; it must succeed unless told otherwise."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", str(tmp_path / "store"))

    def command(*arguments, status=0):
        done = CliRunner().invoke(epochal, ["experiments", *arguments])
        assert done.exit_code == status, done.output
        return done.output

    return command


def test_an_experiment_is_created_and_shown(run):
    """By id, by name, for people and for programs."""
    assert run("create", "-n", "study") == "Created experiment 'study' with id 1\n"
    told = json.loads(run("get", "-x", "1", "--output", "json"))
    assert (told["name"], told["experiment_id"], told["tags"]) == ("study", "1", {})
    assert "Name             : study" in run("get", "-n", "study")


def test_experiments_are_listed(run):
    """In columns; deleted ones when asked for."""
    run("create", "-n", "study", "-l", "s3://bucket/x")
    lines = run("search").splitlines()
    assert [line.split() for line in lines[2:]][1] == ["1", "study", "s3://bucket/x"]
    run("delete", "-x", "1")
    assert "study" not in run("search")
    assert "study" in run("search", "-v", "deleted_only")
    assert len(run("search", "--view", "all", "--max-results", "1").splitlines()) == 3


def test_experiments_are_deleted_restored_and_renamed(run):
    """Each says what it did."""
    run("create", "-n", "study")
    assert "deleted" in run("delete", "-x", "1")
    assert "restored" in run("restore", "-x", "1")
    assert "'better'" in run("rename", "-x", "1", "--new-name", "better")
    assert "better" in run("search")


def test_runs_are_written_as_a_table(run, tmp_path):
    """Attributes first, then metrics, params and tags."""
    client = MlflowClient()
    made = client.create_run("0", run_name="one")
    client.log_param(made.info.run_id, "lr", "0.1")
    client.log_metric(made.info.run_id, "loss", 0.5)
    client.get_run(made.info.run_id)
    for text in (run("csv", "-x", "0"), None):
        if text is None:
            run("csv", "-x", "0", "-o", str(tmp_path / "runs.csv"))
            text = (tmp_path / "runs.csv").read_text(encoding="utf-8")  # noqa: PLW2901
        rows = list(csv.DictReader(StringIO(text)))
        assert [(row["run_id"], row["params.lr"]) for row in rows] == [(made.info.run_id, "0.1")]
        assert float(rows[0]["metrics.loss"]) == 0.5
        assert next(iter(rows[0])) == "run_id"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["get", "-x", "77"], 1),
        (["get", "-n", "nobody"], 1),
        (["delete", "-x", "77"], 1),
        (["create", "-n", "Default"], 1),
        (["csv", "-x", "77"], 1),
        (["csv", "-x", "0", "-o", "no/such/folder/runs.csv"], 1),
        (["get"], 2),
        (["get", "-x", "1", "-n", "a"], 2),
        (["create"], 2),
    ],
)
def test_errors_are_one_line(run, arguments, status):
    """Exit status 1 for an error, 2 for wrong usage, never a traceback."""
    told = run(*arguments, status=status)
    assert told.splitlines()[-1].startswith("Error: ")
    assert "Traceback" not in told
