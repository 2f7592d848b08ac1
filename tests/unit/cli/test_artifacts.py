"""`epochal artifacts`."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from epochal.cli.main import epochal
from epochal.client.mlflow_client import MlflowClient


@pytest.fixture
def tell(tmp_path, monkeypatch):
    """Runs a command on a store of its own; its exit status and what it printed."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments, answer=None):
        done = CliRunner().invoke(epochal, ["artifacts", *arguments], input=answer)
        return done.exit_code, done.output

    return run


@pytest.fixture
def run_id(tell):
    return MlflowClient().create_run("0").info.run_id


def test_there_and_back(tell, run_id, tmp_path):
    """What is logged is listed, downloaded and deleted."""
    (tmp_path / "d/e").mkdir(parents=True)
    (tmp_path / "d/e/a.txt").write_text("hello", encoding="utf-8")
    assert tell("log-artifact", "-l", "d/e/a.txt", "-r", run_id, "-a", "one")[0] == 0
    assert tell("log-artifacts", "-l", "d", "-r", run_id)[0] == 0
    code, out = tell("list", "-r", run_id)
    assert (code, [entry["path"] for entry in json.loads(out)]) == (0, ["e", "one"])
    code, out = tell("list", "-u", f"runs:/{run_id}/one")
    assert json.loads(out) == [{"path": "one/a.txt", "is_dir": False, "file_size": 5}]
    code, out = tell("download", "-r", run_id, "-a", "e", "-d", "got")
    assert code == 0
    assert (tmp_path / "got/e/a.txt").read_text(encoding="utf-8") == "hello"
    assert tell("delete", "-r", run_id, "-a", "one")[0] == 0
    assert tell("delete", "-r", run_id, answer="n\n")[0] == 1
    assert "e" in tell("list", "-r", run_id)[1]
    assert tell("delete", "-r", run_id, "--yes")[0] == 0
    assert json.loads(tell("list", "-r", run_id)[1]) == []


def test_mistakes_are_one_line(tell, run_id):
    """A wrong path, run or combination is named, with exit status 1."""
    for arguments in (
        ("log-artifact", "-l", "absent", "-r", run_id),
        ("log-artifacts", "-l", "absent", "-r", run_id),
        ("list", "-r", "0" * 32),
        ("list",),
        ("download", "-r", run_id, "-a", "absent"),
        ("download", "-u", "models:/m/1"),
    ):
        code, out = tell(*arguments)
        assert code == 1, arguments
        assert out.startswith("Error: "), out
