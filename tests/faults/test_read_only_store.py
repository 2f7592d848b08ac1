"""A store that one may only read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from fixtures.scripts import environment, run_script

WRITE = """
import epochal as mlflow
mlflow.set_tracking_uri("store")
with mlflow.start_run(run_name="kept"):
    mlflow.log_metric("loss", 0.5)
    mlflow.log_text("hello", "a.txt")
"""
READ = """
import epochal as mlflow
(run,) = mlflow.search_runs(output_format="list")
print(run.info.run_name, run.data.metrics["loss"])
print(mlflow.artifacts.load_text(run.info.artifact_uri + "/a.txt"))
try:
    mlflow.MlflowClient().set_tag(run.info.run_id, "a", "b", synchronous=True)
    mlflow.MlflowClient().create_experiment("new")
except mlflow.MlflowException as error:
    print("refused:", error)
"""


def without_privileges():
    """What makes root heed permissions as everybody does; None where it cannot be had."""
    if not hasattr(os, "getuid") or os.getuid() != 0:
        return []
    tool = shutil.which("setpriv")
    return [tool, "--bounding-set=-dac_override,-dac_read_search"] if tool else None


@pytest.mark.skipif(without_privileges() is None, reason="nothing makes root heed permissions")
def test_it_is_read(tmp_path):
    """A store in folders without write permission is listed and read; writing is refused."""
    assert run_script(tmp_path, WRITE).code == 0
    places = [tmp_path / "store", *(tmp_path / "store").rglob("*")]
    for path in places:
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = subprocess.run(
        [*without_privileges(), sys.executable, "-c", READ],
        cwd=tmp_path,
        env=environment(
            tmp_path,
            EPOCHAL_EXIT_GRACE_S="0",
            MLFLOW_HTTP_REQUEST_TIMEOUT="1",
            MLFLOW_TRACKING_URI=str(tmp_path / "store"),
            TMPDIR=str(tmp_path),
            PYTHONWARNINGS="default",
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    for path in places:
        path.chmod(0o755)
    lines = done.stdout.splitlines()
    assert lines[:2] == ["kept 0.5", "hello"], done.stderr
    assert "refused:" in lines[2]
