"""The wheel that is built from a checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """The files of a wheel built now."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    (wheel,) = folder.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


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
