"""The active run: begun, nested, resumed, ended."""

from __future__ import annotations

import threading

import pytest

from epochal.errors import InvalidParameterError, NotActiveError, NotFoundError


def test_runs_begin_and_end(store):
    """A run is active between start_run and end_run, and FINISHED afterwards."""
    assert store.active_run() is None
    run = store.start_run(run_name="first", description="text")
    assert store.active_run() is run
    store.end_run()
    assert store.active_run() is None
    stored = store.get_run(run.info.run_id)
    assert (stored.info.run_name, stored.info.status) == ("first", "FINISHED")
    assert stored.info.end_time >= stored.info.start_time
    assert stored.data.tags["mlflow.note.content"] == "text"


@pytest.mark.parametrize(
    ("fault", "status"),
    [(ValueError, "FAILED"), (KeyboardInterrupt, "KILLED"), (SystemExit, "FINISHED")],
)
def test_exceptions_decide_the_status(store, fault, status):
    """A block that breaks off leaves the run FAILED, one that is interrupted KILLED."""
    with pytest.raises(fault), store.start_run() as run:
        raise fault
    assert store.get_run(run.info.run_id).info.status == status


def test_second_run_needs_nested(store):
    """Starting a run in a run is a mistake unless it is said to be nested."""
    outer = store.start_run()
    with pytest.raises(InvalidParameterError, match=outer.info.run_id):
        store.start_run()
    inner = store.start_run(nested=True)
    assert store.get_parent_run(inner.info.run_id).info.run_id == outer.info.run_id
    store.end_run()
    assert store.active_run() is outer


def test_parent_need_not_be_active(store):
    """A parent can be named by its id."""
    with store.start_run() as parent:
        pass
    with store.start_run(parent_run_id=parent.info.run_id) as child:
        pass
    assert store.get_parent_run(child.info.run_id).info.run_id == parent.info.run_id
    assert store.get_parent_run(parent.info.run_id) is None


def test_resumed_runs_go_on(store):
    """A run is resumed by its id, keeps its values, and remembers its params at once."""
    with store.start_run() as run:
        store.log_param("lr", 1)
    with store.start_run(run_id=run.info.run_id, tags={"again": "yes"}) as again:
        assert again.info.status == "RUNNING"
        assert again.data.params == {"lr": "1"}
        with pytest.raises(store.MlflowException, match="Changing param values"):
            store.log_param("lr", 2)
    assert store.get_run(run.info.run_id).data.tags["again"] == "yes"


def test_unknown_and_deleted_runs_are_not_resumed(store):
    """Resuming says what is wrong with the id."""
    with pytest.raises(NotFoundError):
        store.start_run(run_id="0" * 32)
    with store.start_run() as run:
        pass
    store.delete_run(run.info.run_id)
    with pytest.raises(NotActiveError):
        store.start_run(run_id=run.info.run_id)
    store.restore_run(run.info.run_id)
    assert store.get_run(run.info.run_id).info.lifecycle_stage == "active"


def test_environment_resumes_once(store, monkeypatch):
    """MLFLOW_RUN_ID names the first run of a process, not the next one."""
    with store.start_run() as run:
        pass
    monkeypatch.setenv("MLFLOW_RUN_ID", run.info.run_id)
    with store.start_run() as resumed:
        assert resumed.info.run_id == run.info.run_id
    with store.start_run() as other:
        assert other.info.run_id != run.info.run_id


def test_threads_have_their_own_active_runs(store):
    """A thread does not log into the run of another by accident."""
    seen = []

    def work():
        seen.append(store.active_run())
        with store.start_run() as run:
            store.log_metric("loss", 1.0)
        seen.append(run.info.run_id)

    with store.start_run() as run:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        assert store.active_run() is run
    assert seen[0] is None
    assert store.get_run(seen[1]).data.metrics == {"loss": 1.0}


def test_ending_within_the_block_is_allowed(store):
    """An explicit end_run inside a block decides the status."""
    with store.start_run() as run:
        store.end_run("KILLED")
        with store.start_run() as other:
            pass
    assert store.get_run(run.info.run_id).info.status == "KILLED"
    assert store.get_run(other.info.run_id).info.status == "FINISHED"


def test_wrong_uses_are_named(store):
    """Unknown statuses and two descriptions raise."""
    with pytest.raises(InvalidParameterError, match="DONE"):
        store.end_run("DONE")
    with pytest.raises(InvalidParameterError, match="Description"):
        store.start_run(description="a", tags={"mlflow.note.content": "b"})


def test_experiment_id_may_be_a_number(store):
    """0 means the default experiment, whichever is active."""
    store.set_experiment("other")
    with store.start_run(experiment_id=0) as run:
        assert run.info.experiment_id == "0"
    with store.start_run(experiment_id="") as run:
        assert run.info.experiment_id == "1"


def test_last_active_run_is_read_anew(store):
    """After its end the last run is still at hand, with its final status."""
    assert store.last_active_run() is None
    with store.start_run() as run:
        assert store.last_active_run().info.status == "RUNNING"
    assert store.last_active_run().info.run_id == run.info.run_id
    assert store.last_active_run().info.status == "FINISHED"


def test_runs_go_on_from_a_step(store):
    """Points beyond the step are superseded by what is logged from there."""
    with store.start_run() as run:
        for step in range(10):
            store.log_metric("loss", 1.0, step=step)
    with store.start_run(run_id=run.info.run_id, rewind_to_step=4):
        store.log_metric("loss", 2.0, step=5)
    history = store.MlflowClient().get_metric_history(run.info.run_id, "loss")
    assert sorted((p.step, p.value) for p in history) == [*((n, 1.0) for n in range(5)), (5, 2.0)]
    with pytest.raises(InvalidParameterError, match="run_id"):
        store.start_run(rewind_to_step=4)
    with pytest.raises(InvalidParameterError, match="'4'"):
        store.start_run(run_id=run.info.run_id, rewind_to_step="4")
    assert store.active_run() is None


def test_ranks_label_their_points(store, monkeypatch):
    """By argument or by EPOCHAL_RANK, however a point is logged; params and tags have no rank."""
    run_id = store.MlflowClient().create_run("0").info.run_id
    with store.start_run(run_id=run_id, rank=3):
        store.log_metric("loss", 1.0, step=1)
        store.log_metric("late", 1)
        store.log_metrics({"a": 1.0, "b": 2.0}, synchronous=True)
        store.log_param("lr", 1)
        assert store.logging_status().runs[run_id].rank == 3
        for key in ("", "a//b", None, [1]):
            with pytest.raises(InvalidParameterError, match="Invalid metric name"):
                store.log_metric(key, 1.0, step=1)
    monkeypatch.setenv("EPOCHAL_RANK", "0")
    with store.start_run(run_id=run_id):
        store.log_metric("loss", 2.0, step=1)
    monkeypatch.setenv("EPOCHAL_RANK", "first")
    with pytest.raises(InvalidParameterError, match="first"):
        store.start_run(run_id=run_id)
    data = store.get_run(run_id).data
    assert data.metrics == {
        "loss/rank:3": 1.0,
        "late/rank:3": 1.0,
        "a/rank:3": 1.0,
        "b/rank:3": 2.0,
        "loss/rank:0": 2.0,
    }
    assert data.params == {"lr": "1"}


def test_parents_are_looked_at(store):
    """An unknown or deleted parent, or one that is not the active run, is a mistake."""
    with pytest.raises(NotFoundError):
        store.start_run(parent_run_id="zzz")
    with store.start_run() as parent:
        pass
    with store.start_run(parent_run_id=parent.info.run_id) as child:
        assert store.get_parent_run(child.info.run_id).info.run_id == parent.info.run_id
        with pytest.raises(InvalidParameterError, match="does not match"):
            store.start_run(nested=True, parent_run_id=parent.info.run_id)
    store.delete_run(parent.info.run_id)
    with pytest.raises(NotActiveError):
        store.start_run(parent_run_id=parent.info.run_id)
    with pytest.raises(InvalidParameterError, match="dictionary"):
        store.start_run(tags=["a"])
    assert store.active_run() is None
