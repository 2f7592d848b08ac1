"""What commands share that work on a store."""

from epochal.cli.store import open_client


def test_the_environment_names_the_store(tmp_path, monkeypatch):
    """Else it is this folder's."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", str(tmp_path / "named"))
    assert open_client().tracking_uri == str(tmp_path / "named")
