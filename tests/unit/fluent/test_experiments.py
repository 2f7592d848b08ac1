"""The active experiment."""

from __future__ import annotations

import os

import pytest

from epochal.errors import InvalidParameterError, NotFoundError


def test_experiments_are_made_when_first_named(store):
    """set_experiment creates, selects, and tells child processes."""
    made = store.set_experiment("flights")
    assert store.set_experiment("flights") == made
    assert os.environ["MLFLOW_EXPERIMENT_ID"] == made.experiment_id
    with store.start_run() as run:
        assert run.info.experiment_id == made.experiment_id
    other = store.create_experiment("other", tags={"a": 1})
    assert store.set_experiment(experiment_id=other).tags == {"a": "1"}


@pytest.mark.parametrize("given", [{}, {"experiment_name": "a", "experiment_id": "1"}])
def test_exactly_one_of_name_and_id(store, given):
    """Neither or both leave open what is meant."""
    with pytest.raises(InvalidParameterError, match="exactly one"):
        store.set_experiment(**given)


def test_deleted_experiments_are_not_selected(store):
    """The error says how to get it back."""
    made = store.set_experiment("gone")
    store.delete_experiment(made.experiment_id)
    with pytest.raises(InvalidParameterError, match="restore_experiment"):
        store.set_experiment("gone")
    store.restore_experiment(made.experiment_id)
    assert store.set_experiment("gone").lifecycle_stage == "active"


def test_environment_selects(store, monkeypatch):
    """EXPERIMENT_ID and EXPERIMENT_NAME choose where nothing was set in the script."""
    made = store.create_experiment("by id")
    monkeypatch.setenv("MLFLOW_EXPERIMENT_ID", made)
    with store.start_run() as run:
        assert run.info.experiment_id == made
    monkeypatch.setenv("MLFLOW_EXPERIMENT_ID", "")
    monkeypatch.setenv("EPOCHAL_EXPERIMENT_NAME", "by name")
    with store.start_run() as run:
        assert store.get_experiment(run.info.experiment_id).name == "by name"


def test_another_store_has_its_own_active_experiment(store):
    """What was selected in one store says nothing about another."""
    store.set_tracking_uri("one")
    store.create_experiment("a")
    selected = store.set_experiment("b").experiment_id
    store.set_tracking_uri("two")
    with store.start_run() as run:
        assert run.info.experiment_id == "0"
    store.set_tracking_uri("one")
    with store.start_run() as run:
        assert run.info.experiment_id == selected


def test_tags_of_the_active_experiment(store):
    """Set, overwritten, deleted."""
    made = store.set_experiment("tagged")
    store.set_experiment_tags({"a": 1, "b": 2})
    store.set_experiment_tag("a", "new")
    store.delete_experiment_tag("b")
    assert store.get_experiment(made.experiment_id).tags == {"a": "new"}


def test_unknown_experiments(store):
    """By name there is none; by id it is an error."""
    assert store.get_experiment_by_name("nothing") is None
    with pytest.raises(NotFoundError):
        store.get_experiment("999")


def test_search_pages_through_everything(store, monkeypatch):
    """All experiments come, however many pages they take, or as many as are asked for."""
    monkeypatch.setattr("epochal.fluent.experiments._PAGE", 2)
    for number in range(5):
        store.create_experiment(f"e{number}")
    assert len(store.search_experiments()) == 6
    assert len(store.search_experiments(max_results=3)) == 3
    assert [e.name for e in store.search_experiments(filter_string="name = 'e3'")] == ["e3"]
