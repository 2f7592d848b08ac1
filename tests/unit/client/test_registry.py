"""Where registered models come from, and waiting until a version is ready."""

from __future__ import annotations

from dataclasses import replace

import pytest

from epochal.client import registry
from epochal.client.registry import locate_source
from epochal.entities import ModelVersion
from epochal.errors import EpochalError, InvalidParameterError, NotFoundError

PENDING = ModelVersion("taxi", 1, 5, 5, "s3://b/m", status="PENDING_REGISTRATION")


def test_a_slow_server_is_waited_for(store, monkeypatch):
    """Until the version is ready, has failed, or takes too long."""
    client = store.MlflowClient()
    client.create_registered_model("taxi")
    client.create_model_version("taxi", "s3://b/m")
    monkeypatch.setattr(registry, "_POLL_S", 0.0)
    assert client._await_version(PENDING, 5).status == "READY"
    assert client._await_version(PENDING, None) == PENDING
    failed = replace(PENDING, status="FAILED_REGISTRATION", status_message="no room")
    with pytest.raises(EpochalError, match="no room"):
        client._await_version(failed, 5)
    never = replace(PENDING, name="other")
    monkeypatch.setattr(registry.time, "monotonic", iter(range(0, 1000, 10)).__next__)
    with pytest.raises(EpochalError, match="Exceeded max wait time"):
        client._await_version(never, 5)


def test_sources_are_located(store):
    """Files of a run, versions, and other places as they are."""
    client = store.MlflowClient()
    with store.start_run() as run:
        store.log_text("x", "deep/model/file")
    found = run.info.run_id
    reader = client.run_reader()
    source, run_id = locate_source(reader, client, f"runs:/{found}/deep/model/")
    assert (source.endswith("/artifacts/deep/model"), run_id) == (True, found)
    store.register_model(f"runs:/{found}/deep/model", "taxi")
    assert locate_source(reader, client, "models:/taxi/latest") == ("models:/taxi/1", found)
    assert locate_source(reader, client, "s3://b/m") == ("s3://b/m", "")
    for uri in (f"runs:/{found}/deep/mod", f"runs:/{found}", "runs:/", "models:/taxi"):
        with pytest.raises(InvalidParameterError):
            locate_source(reader, client, uri)
    with pytest.raises(NotFoundError):
        locate_source(reader, client, "models:/bus/1")


def test_a_folder_store_can_be_moved(store, tmp_path):
    """Sources are shown as files and kept relative to the store."""
    with store.start_run() as run:
        store.log_text("x", "model/file")
    made = store.register_model(f"runs:/{run.info.run_id}/model", "taxi")
    assert made.source.startswith(tmp_path.as_uri())
    store.set_tracking_uri("")
    moved = tmp_path / "moved"
    registry_of_run = store.MlflowClient().get_registered_model("taxi").latest_versions[0]
    assert registry_of_run.source == made.source
    from epochal.client import stores

    stores.close_all()
    stores._open.clear()
    (tmp_path / ".epochal").rename(moved)
    client = store.MlflowClient(f"file://{moved}")
    assert client.get_model_version("taxi", 1).source.startswith(moved.as_uri())
