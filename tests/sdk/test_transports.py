"""One script, embedded and over HTTP, sees the same everywhere."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path

import pytest

from fixtures.scripts import run_script
from fixtures.servers import epochal_server, mlflow_server

SCRIPT = (Path(__file__).parent / "script.py").read_text(encoding="utf-8")
HAS_MLFLOW = any(True for _ in importlib.metadata.distributions(name="mlflow"))
NOT_COMPARED = {"uri"}
STORES = {
    "default folder": "-",
    "sqlite": "sqlite:///tracking.db",
    "plain folder": "some/folder",
    "file URI": "file://{folder}/store",
}


def tell(folder, uri):
    """What the script saw."""
    done = run_script(
        folder,
        SCRIPT,
        uri,
        "flights",
        timeout=300,
        PYTHONWARNINGS="default",
        MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT="true",
    )
    assert done.code == 0, done.err
    assert "epochal:" not in done.err
    seen = json.loads(done.out)
    return {name: value for name, value in seen.items() if name not in NOT_COMPARED}


@pytest.fixture(scope="session")
def embedded(tmp_path_factory):
    """What the script saw in the default folder; everything else is compared with it."""
    folder = tmp_path_factory.mktemp("embedded")
    (folder / ".epochal").mkdir()  # else one further up, of somebody else, would be nearer
    seen = tell(folder, "-")
    assert (folder / ".epochal/epochal.db").exists()
    return seen


def test_script_sees_what_it_logged(embedded):
    """The values are not only alike everywhere but right."""
    name, status, stage, metrics, params, tags = embedded["after"]
    assert (name, status, stage) == ("whole", "FINISHED", "active")
    assert metrics == {
        "loss": "0.02", "acc": "0.5", "nan": "nan", "negative": "-1.5", "late": "1.0",
        "waited": "2.0", "after": "1.0",
    }  # fmt: skip
    assert params == {"depth": "3", "lr": "0.1", "none": "None", "text": "größe"}
    assert tags["mlflow.note.content"] == "**bold**"
    assert "gone" not in tags
    assert embedded["history"] == [[step, 1 / (step + 1)] for step in range(50)]
    assert embedded["late"] == [[500, 9, 1.0], [1000, 5, 2.0]]
    assert embedded["input"] == [["flights", "abc123", ["training"]]]
    assert embedded["table"] == {"a": [1, 2, 3], "b": ["x", "y", "z"]}
    assert embedded["names"] == ["fails", "inner", "renamed", "whole"]
    assert embedded["failed"] == "FAILED"
    for wrong in ("param changed", "param changed after", "text metric", "bad key", "second run"):
        assert embedded[wrong] == "INVALID_PARAMETER_VALUE", wrong
    assert embedded["no run"] == "RESOURCE_DOES_NOT_EXIST"


@pytest.mark.parametrize("store", [name for name in STORES if name != "default folder"])
def test_embedded_stores_answer_alike(tmp_path, embedded, store):
    """A database, a folder and a file URI are one store under three spellings."""
    assert tell(tmp_path, STORES[store].format(folder=tmp_path)) == embedded


def test_our_server_answers_as_the_embedded_store_does(tmp_path, embedded):
    """HTTP changes nothing."""
    with epochal_server(tmp_path / "server") as address:
        assert tell(tmp_path, address) == embedded


@pytest.mark.skipif(not HAS_MLFLOW, reason="the genuine MLflow is not installed")
@pytest.mark.timeout(600)
def test_mlflows_server_answers_as_the_embedded_store_does(tmp_path, embedded):
    """The SDK works on the genuine server within its limits, with the same results."""
    with mlflow_server(tmp_path / "server") as address:
        theirs = tell(tmp_path, address)
    assert theirs == embedded
