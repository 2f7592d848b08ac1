"""The same datasets, described by MLflow and by us."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.servers import clean_environment

SCRIPT = Path(__file__).parent / "datasets_script.py"


def describe(module):
    done = subprocess.run(
        [sys.executable, str(SCRIPT), module],
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def told():
    return describe("mlflow"), describe("epochal")


def test_both_say_the_same(told):
    """Digest, schema, profile and source of each are the same text."""
    theirs, ours = told
    assert len(ours) > 50
    assert {name: ours[name] for name in theirs} == theirs
