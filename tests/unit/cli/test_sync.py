"""`epochal sync`."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from epochal.cli.main import epochal
from epochal.client.mlflow_client import MlflowClient

KILLED = """
import os, signal, sys
from epochal.client.mlflow_client import MlflowClient
client = MlflowClient(sys.argv[1])
run = client.create_run("0").info.run_id
client.log_metric(run, "loss", 0.5, step=1)
print(run, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_process_logged_is_delivered(tmp_path):
    """Its points are in the store afterwards, and its journal is gone."""
    store = tmp_path / "store"
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(store)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ},
    )
    run_id = done.stdout.strip()
    told = CliRunner().invoke(epochal, ["sync", str(store / "journal")])
    assert told.exit_code == 0, told.output
    assert MlflowClient(str(store)).get_run(run_id).data.metrics == {"loss": 0.5}
    assert "Nothing to deliver" in CliRunner().invoke(epochal, ["sync", str(tmp_path)]).output


@pytest.mark.parametrize("where", [".", "..", "journal", None])
def test_journals_are_found_below_a_folder_and_without_any(tmp_path, monkeypatch, where):
    """From a folder above, from the store, from its journals, or with nothing named at all."""
    store = tmp_path / "projects/store"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("MLFLOW_TRACKING_URI", str(store))
    subprocess.run(
        [sys.executable, "-c", KILLED, str(store)], check=False, cwd=tmp_path, env={**os.environ}
    )
    (writer,) = (store / "journal").iterdir()
    given = [] if where is None else [str(store / where)]
    told = CliRunner().invoke(epochal, ["sync", *given])
    assert told.exit_code == 0, told.output
    assert f"Delivered {writer} to" in told.output
    assert not writer.exists()


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path):
    """Exit status 2."""
    assert CliRunner().invoke(epochal, ["sync", str(tmp_path / "none")]).exit_code == 2


def test_offline_folders_are_delivered_and_what_is_missing_is_told(tmp_path):
    """One line for each folder and store; exit status 1 as long as something is missing."""
    code = """
import epochal as mlflow
mlflow.set_tracking_uri("offline:away")
with mlflow.start_run():
    mlflow.log_metric("loss", 1.0)
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path, env={**os.environ})
    (writer,) = (tmp_path / "away/journal").iterdir()
    owner = (writer / "owner").read_text()
    (writer / "owner").unlink()
    command = ["sync", "--tracking-uri", f"sqlite:///{tmp_path}/store.db", str(tmp_path / "away")]
    told = CliRunner().invoke(epochal, command)
    assert told.exit_code == 1, told.output
    assert "owner is not there yet" in told.output
    (writer / "owner").write_text(owner)
    told = CliRunner().invoke(epochal, command)
    assert told.exit_code == 0, told.output
    assert "1 values and 0 files of 1 runs by 1 processes" in told.output
