"""The wheel that is built from a checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from fixtures.servers import clean_environment

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel built now."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel):
    """The files of that wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


# The build puts the UI in place anew; the browser's tests, in the same worker, must not see that.
@pytest.mark.xdist_group("ui")
def test_wheel_holds_the_built_ui(names):
    """The page, its scripts and its styles lie in the wheel, so that installing needs no Node."""
    assert "epochal/static/index.html" in names
    suffixes = {Path(name).suffix for name in names if name.startswith("epochal/static/assets/")}
    assert {".js", ".css"} <= suffixes


@pytest.mark.xdist_group("ui")
def test_wheel_holds_what_is_no_python(names):
    """The marker of types, the schema and the license are there; sources of tests are not."""
    assert "epochal/py.typed" in names
    assert any(name.endswith(".sql") for name in names)
    assert any(name.endswith("LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "ui/", "tools/"))]


FIRST_RUN = """
import epochal as mlflow
with mlflow.start_run():
    mlflow.log_metric("rmse", 7.4)
(run,) = mlflow.search_runs(output_format="list")
print(mlflow.__file__, run.data.metrics["rmse"])
"""


@pytest.mark.xdist_group("ui")
def test_first_run_works_as_soon_as_pip_is_done(wheel, tmp_path):
    """Installed by pip and nothing else done: no account, no server, no set-up."""
    site = tmp_path / "site"
    # The dependencies are those of this environment; no package index is asked.
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, "--target", str(site), str(wheel)], check=True)
    environment = clean_environment(PYTHONPATH=str(site), PYTHONWARNINGS="error")

    def run(*command):
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.split()

    place, rmse = run(sys.executable, "-c", FIRST_RUN)
    assert (Path(place), rmse) == (site / "epochal/__init__.py", "7.4")
    version = wheel.name.split("-")[1]
    assert run(sys.executable, str(site / "bin/epochal"), "--version")[-1] == version
    assert (site / "epochal/static/index.html").is_file()
