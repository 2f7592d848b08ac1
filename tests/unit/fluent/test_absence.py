"""Scripts that begin while their server is away."""

from __future__ import annotations

import socket

import pytest

import epochal as mlflow
from epochal.errors import ConnectionLostError


@pytest.fixture
def nobody(monkeypatch):
    """The address of a server that is not there."""
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    mlflow.set_tracking_uri(f"http://127.0.0.1:{port}")
    yield f"127.0.0.1:{port}"
    mlflow.set_tracking_uri(None)


@pytest.mark.parametrize("begin", [mlflow.start_run, lambda: mlflow.set_experiment("flights")])
def test_a_script_without_its_server_is_told_how_to_do_without(nobody, begin):
    """One line names the server and the way to log offline; no inner error hangs on to it."""
    with pytest.raises(ConnectionLostError) as caught:
        begin()
    assert nobody in caught.value.message
    assert "EPOCHAL_OFFLINE=1" in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.__suppress_context__
