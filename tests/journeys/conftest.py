"""The SDK as a script uses it, into a store in this process and through a server."""

from __future__ import annotations

import os

import pytest

import epochal as mlflow
from fixtures.scripts import script
from fixtures.servers import epochal_server

__all__ = ["script"]

CHOICES = (
    *("TRACKING_URI", "EXPERIMENT_ID", "EXPERIMENT_NAME", "RUN_ID"),
    "SUPPRESS_PRINTING_URL_TO_STDOUT",
)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The address of one server; tests on it keep to experiments of their own."""
    with epochal_server(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """A working folder of its own, and nothing said yet about where to log."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in CHOICES:
        for spelling in (f"EPOCHAL_{name}", f"MLFLOW_{name}"):
            monkeypatch.setenv(spelling, "")  # so that what a test sets is forgotten after it
            os.environ.pop(spelling)
    yield tmp_path
    while mlflow.active_run():
        mlflow.end_run()
    mlflow.set_tracking_uri("")


@pytest.fixture(params=["folder", "server"])
def experiment(fresh, server, request):
    """A new active experiment, in a folder or on a server."""
    place = server if request.param == "server" else f"file://{fresh}/store"
    mlflow.set_tracking_uri(place)
    return mlflow.set_experiment(request.node.name)
