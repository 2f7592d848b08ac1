"""Which registry is meant."""

from epochal.client.registry_uri import (
    current_registry_uri,
    get_registry_uri,
    set_registry_uri,
)


def test_the_registry_is_that_of_the_store_unless_chosen(store, tmp_path, monkeypatch):
    """By a call, else by the environment."""
    assert current_registry_uri() is None
    assert get_registry_uri() == store.get_tracking_uri()
    monkeypatch.setenv("MLFLOW_REGISTRY_URI", f"file://{tmp_path}/env")
    assert current_registry_uri() == get_registry_uri() == f"file://{tmp_path}/env"
    set_registry_uri(tmp_path / "chosen")
    try:
        assert get_registry_uri() == str(tmp_path / "chosen")
        assert str(current_registry_uri()).endswith("/chosen")
    finally:
        set_registry_uri(None)
    assert get_registry_uri() == f"file://{tmp_path}/env"
