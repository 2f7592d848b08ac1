"""Logging into the active run."""

from __future__ import annotations

import numpy as np
import pytest

from epochal.errors import InvalidParameterError, ParamChangedError


def test_logging_without_a_run_begins_one(store):
    """A script may just log; the run is made up for it."""
    store.log_metric("loss", 1.0)
    run_id = store.active_run().info.run_id
    store.end_run()
    assert store.get_run(run_id).data.metrics == {"loss": 1.0}


def test_the_latest_step_wins(store):
    """A metric shows the value of its highest step."""
    with store.start_run() as run:
        store.log_metric("loss", 1.0, step=2)
        store.log_metric("loss", np.float32(0.5), step=1)
        store.log_metrics({"acc": 1, "f1": 0.5}, step=3)
    assert store.get_run(run.info.run_id).data.metrics == {"loss": 1.0, "acc": 1.0, "f1": 0.5}


def test_params_are_written_once(store):
    """The same value again is fine, another raises, and log_param returns what it was given."""
    with store.start_run():
        assert store.log_param("lr", 0.1) == 0.1
        store.log_params({"lr": "0.1", "depth": 3})
        with pytest.raises(ParamChangedError, match="'lr'"):
            store.log_params({"new": 1, "lr": 0.2})
    assert store.last_active_run().data.params == {"lr": "0.1", "depth": "3"}


@pytest.mark.parametrize("value", ["many", b"1", None, [1]])
def test_no_number_is_no_metric(store, value):
    """Misuse raises at the line that is wrong, and logs nothing of that call."""
    with store.start_run():
        with pytest.raises(InvalidParameterError):
            store.log_metric("loss", value)
        with pytest.raises(InvalidParameterError):
            store.log_metrics({"fine": 1.0, "loss": value})
    assert store.last_active_run().data.metrics == {}


def test_receipts_can_be_waited_for(store):
    """synchronous=False hands back what one waits on; True waits; None returns nothing."""
    with store.start_run() as run:
        store.log_metric("a", 1.0, synchronous=False).wait()
        store.log_params({"p": 1}, synchronous=False).wait()
        store.set_tag("t", 1, synchronous=False).wait()
        assert store.log_metrics({"b": 1.0}, synchronous=True) is None
        assert store.log_metric("c", 1.0) is None
        assert store.log_param("q", 2, synchronous=True) == 2
    assert len(store.get_run(run.info.run_id).data.metrics) == 3


def test_async_by_environment(store, monkeypatch):
    """MLFLOW_ENABLE_ASYNC_LOGGING makes params and tags return receipts."""
    monkeypatch.setenv("MLFLOW_ENABLE_ASYNC_LOGGING", "true")
    with store.start_run():
        store.log_params({"p": 1}).wait()
        store.set_tags({"t": 1}).wait()


def test_tags_come_and_go(store):
    """Tags are overwritten and deleted."""
    with store.start_run():
        store.set_tags({"a": 1, "b": 2})
        store.set_tag("a", "new")
        store.delete_tag("b")
        with pytest.raises(store.MlflowException, match="b"):
            store.delete_tag("b")
    tags = store.last_active_run().data.tags
    assert tags["a"] == "new"
    assert "b" not in tags


def test_logging_into_another_run_by_id(store):
    """A run that is not active takes values by its id."""
    with store.start_run() as run:
        pass
    store.log_metric("m", 1.0, run_id=run.info.run_id)
    store.log_metrics({"n": 2.0}, run_id=run.info.run_id)
    store.log_params({"p": 1}, run_id=run.info.run_id)
    store.flush_async_logging()
    found = store.get_run(run.info.run_id)
    assert found.data.metrics == {"m": 1.0, "n": 2.0}
    assert found.data.params == {"p": "1"}


def test_special_values_are_kept_exactly(store):
    """NaN and both infinities come back as they are."""
    with store.start_run() as run:
        for name, value in {"a": float("nan"), "b": float("inf"), "c": float("-inf")}.items():
            store.log_metric(name, value)
    found = store.get_run(run.info.run_id).data.metrics
    assert str(found) == "{'a': nan, 'b': inf, 'c': -inf}"


def test_what_is_no_dictionary_is_named(store):
    """A list where keys and values belong is refused in words."""
    with store.start_run():
        for call in (store.log_metrics, store.log_params, store.set_tags):
            with pytest.raises(
                InvalidParameterError, match=r"dictionary, not \['a'\] of type list"
            ):
                call(["a"])
