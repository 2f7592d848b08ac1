"""Logging into a folder without any store, and delivering it later, whatever the store."""

from __future__ import annotations

import importlib.metadata
import shutil

import pytest

from epochal.client.mlflow_client import MlflowClient
from epochal.client.sync import sync
from fixtures.scripts import run_script, running_script
from fixtures.servers import epochal_server, mlflow_server

HAS_MLFLOW = any(True for _ in importlib.metadata.distributions(name="mlflow"))
TRAIN = """
import sys
import epochal as mlflow
mlflow.set_experiment("flights")
with mlflow.start_run(run_name="outer", tags={"kind": "test"}) as run:
    mlflow.log_param("lr", 0.1)
    for step in range(100):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_text("hello", "notes/a.txt")
    with mlflow.start_run(run_name="inner", nested=True):
        mlflow.log_metrics({"x": 1.0, "y": 2.0}, step=3)
    found = mlflow.get_run(run.info.run_id)
    assert found.data.params == {"lr": "0.1"}, found
    assert found.data.metrics == {"loss": 0.01}, found
    assert len(mlflow.MlflowClient().get_metric_history(run.info.run_id, "loss")) == 100
    status = mlflow.logging_status()
    assert (status.state, status.delivered) == ("offline", 0)
    assert status.waiting > 100
try:
    mlflow.search_runs()
except mlflow.MlflowException as error:
    assert "epochal sync" in str(error)
else:
    raise AssertionError("searched without a store")
print(run.info.run_id)
"""
RESUME = """
import sys
import epochal as mlflow
with mlflow.start_run(run_id=sys.argv[1]) as run:
    assert run.data.params == {"lr": "0.1"}
    for step in range(100, 150):
        mlflow.log_metric("loss", 0.5, step=step)
    mlflow.log_text("again", "notes/b.txt")
    try:
        mlflow.log_param("lr", 0.2)
    except mlflow.MlflowException as error:
        assert "0.1" in str(error)
    else:
        raise AssertionError("a param was changed")
"""


def train(folder):
    """Two processes log offline into one run; its id."""
    done = run_script(folder, TRAIN, MLFLOW_TRACKING_URI="offline:away")
    assert (done.code, done.err) == (0, "")
    run_id = done.out.split()[-1]
    done = run_script(folder, RESUME, run_id, MLFLOW_TRACKING_URI="offline:away")
    assert (done.code, done.err) == (0, "")
    return run_id


def check(store, run_id=None):
    """Everything arrived, once; the ids in the store may be others."""
    client = MlflowClient(store)
    experiment = client.get_experiment_by_name("flights")
    runs = client.search_runs([experiment.experiment_id])
    found = {run.info.run_name: run for run in runs}
    assert sorted(found) == ["inner", "outer"]
    outer, inner = found["outer"], found["inner"]
    if run_id is not None:
        assert outer.info.run_id == run_id
    assert inner.data.tags["mlflow.parentRunId"] == outer.info.run_id
    assert inner.data.metrics == {"x": 1.0, "y": 2.0}
    assert outer.data.params == {"lr": "0.1"}
    assert outer.data.tags["kind"] == "test"
    assert {run.info.status for run in runs} == {"FINISHED"}
    history = client.get_metric_history(outer.info.run_id, "loss")
    assert sorted(point.step for point in history) == list(range(150))
    listed = client.list_artifacts(outer.info.run_id, "notes")
    assert [entry.path for entry in listed] == ["notes/a.txt", "notes/b.txt"]


def deliver(folder, store):
    """The one shipment of a folder."""
    ((_, shipment),) = sync(str(folder), store).shipments
    return shipment


def test_an_embedded_store_takes_it_any_number_of_times(tmp_path):
    """The second delivery brings nothing; another store gets all of it again."""
    run_id = train(tmp_path)
    for name in ("one", "two"):
        store = f"sqlite:///{tmp_path}/{name}.db"
        first = deliver(tmp_path / "away", store)
        assert (first.problems, len(first.runs), first.files) == ([], 2, 2)
        again = deliver(tmp_path / "away", store)
        assert (again.problems, again.values, again.files) == ([], 0, 0)
        check(store, run_id)


def test_later_changes_in_the_store_stay(tmp_path):
    """What was delivered once is not done again: a tag and a status of today win."""
    run_id = train(tmp_path)
    store = f"sqlite:///{tmp_path}/store.db"
    deliver(tmp_path / "away", store)
    client = MlflowClient(store)
    client.set_tag(run_id, "kind", "changed")
    client.update_run(run_id, status="FAILED")
    shutil.rmtree(tmp_path / "away/synced")
    deliver(tmp_path / "away", store)
    run = client.get_run(run_id)
    assert (run.data.tags["kind"], run.info.status) == ("changed", "FAILED")


def test_our_server_takes_it(tmp_path):
    """Over HTTP, with the ids that the runs have had all along."""
    run_id = train(tmp_path)
    with epochal_server(tmp_path / "server") as address:
        for _ in range(2):
            assert deliver(tmp_path / "away", address).problems == []
        check(address, run_id)


@pytest.mark.skipif(not HAS_MLFLOW, reason="the genuine MLflow is not installed")
@pytest.mark.timeout(600)
def test_mlflows_server_takes_it(tmp_path):
    """It chooses the ids; a second delivery, even of a copy without notes, makes no second run."""
    train(tmp_path)
    with mlflow_server(tmp_path / "server") as address:
        for _ in range(2):
            assert deliver(tmp_path / "away", address).problems == []
            shutil.rmtree(tmp_path / "away/synced")
        check(address)


def test_copies_of_a_writer_that_runs_are_delivered_as_they_grow(tmp_path):
    """A copy made at any moment brings what it holds; the next one brings the rest."""
    code = """
    import epochal as mlflow
    mlflow.start_run(run_name="growing")
    for step in range(4000):
        mlflow.log_metric("loss", 1.0, step=step)
        if step % 1000 == 999:
            print(step, flush=True)
            input()
    """
    store = f"sqlite:///{tmp_path}/store.db"
    sizes = []
    with running_script(
        tmp_path, code, EPOCHAL_OFFLINE="away", MLFLOW_TRACKING_URI=store
    ) as process:
        for number in range(4):
            assert process.stdout.readline()
            shutil.copytree(tmp_path / "away", tmp_path / "copy", dirs_exist_ok=True)
            for folder in ("copy", "away"):  # the copy, and the very folder that grows
                assert sync(str(tmp_path / folder)).shipments[0][1].problems == []
            client = MlflowClient(store)
            (run,) = client.search_runs(["0"])
            sizes.append(len(client.get_metric_history(run.info.run_id, "loss")))
            assert sizes[-1] == (number + 1) * 1000
            process.stdin.write("\n")
            process.stdin.flush()
        process.wait(20)
    assert sync(str(tmp_path / "away")).shipments[0][1].problems == []
    assert MlflowClient(store).get_run(run.info.run_id).info.status == "FINISHED"


def test_a_partial_copy_brings_its_good_part_and_says_what_is_missing(tmp_path):
    """Files that are cut, torn or not there yet are told; the whole copy then brings the rest."""
    run_id = train(tmp_path)
    store = f"sqlite:///{tmp_path}/store.db"
    shutil.copytree(tmp_path / "away", tmp_path / "copy")
    segments = sorted((tmp_path / "copy/journal").glob("*/00000001.journal"))
    for segment in segments:
        segment.write_bytes(segment.read_bytes()[:2000])
    shipment = deliver(tmp_path / "copy", store)
    assert shipment.problems
    assert all("deliver again" in problem for problem in shipment.problems)
    segments[0].rename(segments[0].with_name("00000002.journal"))
    assert any("not there yet" in text for text in deliver(tmp_path / "copy", store).problems)
    assert deliver(tmp_path / "away", store).problems == []
    check(store, run_id)


def test_folders_of_many_processes_merge(tmp_path):
    """Nodes that log into folders of their own, into runs of one experiment, end in one store."""
    store = f"sqlite:///{tmp_path}/store.db"
    code = """
    import sys
    import epochal as mlflow
    mlflow.set_tracking_uri(f"offline:{sys.argv[1]}")
    mlflow.set_experiment("shared")
    with mlflow.start_run(run_name=sys.argv[1], run_id=sys.argv[2] or None, rank=int(sys.argv[3])):
        mlflow.log_metric("loss", float(sys.argv[3]), step=1)
        print(mlflow.active_run().info.run_id)
    """
    run_id = run_script(tmp_path, code, "node0", "", "0").out.strip()
    done = run_script(tmp_path, code, "node1", run_id, "1")
    assert done.code == 0, done.err
    # The folder of the second node alone: its run is not there yet, and it says so.
    assert "No run" in deliver(tmp_path / "node1", store).problems[0]
    for node in ("node0", "node1"):
        assert deliver(tmp_path / node, store).problems == []
    assert MlflowClient(store).get_run(run_id).data.metrics == {
        "loss/rank:0": 0.0,
        "loss/rank:1": 1.0,
    }


def test_a_rewind_is_delivered_in_its_place(tmp_path):
    """Points before it are superseded, points after it hold, also after a second delivery."""
    code = """
    import sys
    import epochal as mlflow
    mlflow.set_tracking_uri("offline:away")
    with mlflow.start_run() as run:
        for step in range(10):
            mlflow.log_metric("loss", 1.0, step=step)
    with mlflow.start_run(run_id=run.info.run_id, rewind_to_step=4):
        for step in range(5, 8):
            mlflow.log_metric("loss", 2.0, step=step)
    print(run.info.run_id)
    """
    run_id = run_script(tmp_path, code).out.strip()
    store = f"sqlite:///{tmp_path}/store.db"
    for _ in range(2):
        assert deliver(tmp_path / "away", store).problems == []
        history = MlflowClient(store).get_metric_history(run_id, "loss")
        found = sorted((point.step, point.value) for point in history)
        assert found == [(step, 1.0) for step in range(5)] + [(step, 2.0) for step in range(5, 8)]


@pytest.mark.parametrize("ending", ["os._exit(1)", "os.kill(os.getpid(), 9)"])
def test_a_killed_process_leaves_all_it_logged(tmp_path, ending):
    """Nothing of an offline folder needs an orderly end."""
    code = f"""
    import os
    import epochal as mlflow
    mlflow.set_tracking_uri("offline:away")
    mlflow.start_run(run_name="killed")
    for step in range(1000):
        mlflow.log_metric("loss", 1.0, step=step)
    {ending}
    """
    run_script(tmp_path, code)
    store = f"sqlite:///{tmp_path}/store.db"
    assert deliver(tmp_path / "away", store).problems == []
    (run,) = MlflowClient(store).search_runs(["0"])
    assert (run.data.metrics, run.info.status) == ({"loss": 1.0}, "RUNNING")


def test_forked_children_log_offline_too(tmp_path):
    """Each with a journal of its own."""
    code = """
    import os
    import sys
    import epochal as mlflow
    mlflow.set_tracking_uri("offline:away")
    with mlflow.start_run() as run:
        mlflow.log_metric("loss", 0.0, step=0)
        if (pid := os.fork()) == 0:
            mlflow.log_metric("loss", 1.0, step=1)
            sys.exit(0)
        os.waitpid(pid, 0)
        mlflow.log_metric("loss", 2.0, step=2)
    print(run.info.run_id)
    """
    done = run_script(tmp_path, code, PYTHONWARNINGS="default")
    store = f"sqlite:///{tmp_path}/store.db"
    shipment = deliver(tmp_path / "away", store)
    assert (shipment.problems, shipment.writers) == ([], 2)
    history = MlflowClient(store).get_metric_history(done.out.strip(), "loss")
    assert sorted(point.step for point in history) == [0, 1, 2]
