"""Large files go to an object store in parts, past the server, and come back whole."""

from __future__ import annotations

import os

import epochal as mlflow
from epochal.client.mlflow_client import MlflowClient
from fixtures.servers import epochal_server


def test_large_file_goes_in_parts_and_is_known_afterwards(tmp_path, moto, monkeypatch):
    """The server signs, the client sends, and the second time nothing is sent."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name, value in moto.environment.items():
        if not name.startswith("MLFLOW_"):
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto.endpoint)
    data = os.urandom(40 << 20)
    (tmp_path / "large").write_bytes(data)
    root = moto.new_uri().replace(" ", "-")
    arguments = ("--backend-store-uri", f"sqlite:///{tmp_path}/epochal.db")
    arguments += ("--artifacts-destination", root)
    with epochal_server(tmp_path / "server", arguments=arguments) as address:
        client = MlflowClient(address)
        run_id = client.create_run("0").info.run_id
        client.log_artifact(run_id, tmp_path / "large", "a", synchronous=True)
        client.log_artifact(run_id, tmp_path / "large", "b")
        found = client.download_artifacts(run_id, "b/large", tmp_path / "d")
        with open(found, "rb") as file:  # noqa: PTH123 - a path as text
            assert file.read() == data
        assert [entry.path for entry in client.list_artifacts(run_id)] == ["a", "b"]
        mlflow.flush_artifact_async_logging()
