"""Which store is meant."""

from __future__ import annotations

import os

import pytest

from epochal.errors import InvalidParameterError


def test_the_nearest_folder_upward_is_the_default(store, tmp_path, monkeypatch):
    """A script below a project logs into the project's store."""
    (tmp_path / "deep/er").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep/er")
    assert not store.is_tracking_uri_set()
    assert store.get_tracking_uri() == (tmp_path / ".epochal").as_uri()


def test_uris_come_back_as_given(store, monkeypatch):
    """What was set is what is shown, here and to child processes."""
    store.set_tracking_uri("sqlite:///some.db")
    assert store.is_tracking_uri_set()
    assert store.get_tracking_uri() == "sqlite:///some.db"
    assert os.environ["MLFLOW_TRACKING_URI"] == "sqlite:///some.db"
    store.set_tracking_uri("")
    assert not store.is_tracking_uri_set()
    monkeypatch.setenv("EPOCHAL_TRACKING_URI", "http://ours:5000")
    assert store.get_tracking_uri() == "http://ours:5000"


@pytest.mark.parametrize("uri", ["ftp://host/x", "sqlite://", "sqlite:///:memory:"])
def test_stores_that_are_none(store, uri):
    """A URI that no store can have is refused when it is set."""
    with pytest.raises(InvalidParameterError):
        store.set_tracking_uri(uri)
    assert not store.is_tracking_uri_set()


def test_clients_of_two_stores_do_not_mix(store, tmp_path):
    """A client with its own URI leaves the default alone."""
    other = store.MlflowClient(tmp_path / "other")
    other.create_experiment("theirs")
    assert store.get_experiment_by_name("theirs") is None
    assert other.get_experiment_by_name("theirs") is not None
