"""Which store is meant."""

from __future__ import annotations

import os
from pathlib import Path

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


@pytest.mark.parametrize("uri", ["runs", "sqlite:///runs.db", "file:runs", None])
def test_a_store_stays_where_it_was_when_the_folder_changes(store, tmp_path, monkeypatch, uri):
    """A script that changes its working folder goes on logging where it began."""
    store.set_tracking_uri(uri)
    with store.start_run() as run:
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere/.epochal").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")
        store.log_metric("loss", 1.0)
    assert store.get_run(run.info.run_id).data.metrics == {"loss": 1.0}
    with store.start_run():
        store.log_metric("loss", 2.0)
    assert len(store.search_runs(output_format="list")) == 2
    assert list((tmp_path / "elsewhere/.epochal").iterdir()) == []


def test_relative_stores_named_in_the_environment_stay_too(store, tmp_path, monkeypatch):
    """The folder is that in which it was first asked for."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "sqlite:///runs 100%.db")
    with store.start_run() as run:
        pass
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert store.get_run(run.info.run_id).info.status == "FINISHED"


@pytest.mark.parametrize("uri", ["databricks", "databricks-uc", 5, b"x"])
def test_what_is_no_store_of_ours_says_so(store, tmp_path, uri):
    """Instead of making a folder of that name."""
    with pytest.raises(InvalidParameterError, match=r"Databricks|tracking URI"):
        store.set_tracking_uri(uri)
    assert not (tmp_path / "databricks").exists()


def test_the_home_folder_may_be_abbreviated(store, tmp_path, monkeypatch):
    """In a path as in a URI."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    for uri in ("~/runs", Path("~/runs")):
        store.set_tracking_uri(uri)
        store.search_experiments()
    assert (tmp_path / "home/runs/epochal.db").is_file()
    assert not (tmp_path / "~").exists()


def test_none_is_the_default_again(store, tmp_path):
    """As an empty text is."""
    store.set_tracking_uri("sqlite:///some.db")
    store.set_tracking_uri(None)
    assert store.get_tracking_uri() == (tmp_path / ".epochal").as_uri()
