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
