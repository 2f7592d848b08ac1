"""What a process logged is kept however the process ends."""

from __future__ import annotations

import os
import signal

import pytest

from fixtures.scripts import running_script

READ_BACK = """
import epochal as mlflow
mlflow.set_tracking_uri("store")
for run in mlflow.search_runs(search_all_experiments=True, output_format="list"):
    history = mlflow.MlflowClient().get_metric_history(run.info.run_id, "loss")
    steps = sorted(point.step for point in history)
    assert steps == list(range(len(steps))), steps[:10]
    print(len(steps), run.info.status, run.data.params.get("lr"), run.data.tags.get("kind"))
"""


def read_back(script):
    done = script(READ_BACK)
    assert done.code == 0, done.err
    return [line.split() for line in done.out.splitlines()]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_acknowledged_is_lost_to_a_signal(tmp_path, script, how):
    """Every call that returned before `kill` is in the store once somebody opens it."""
    code = """
    import epochal as mlflow
    mlflow.set_tracking_uri("store")
    mlflow.start_run()
    mlflow.log_param("lr", 0.1)
    mlflow.set_tag("kind", "doomed")
    for step in range(10**9):
        mlflow.log_metric("loss", 1.0, step=step)
        print(step, flush=True)
    """
    with running_script(tmp_path, code) as process:
        for line in process.stdout:
            if int(line) >= 2000:
                break
        os.kill(process.pid, how)
        acknowledged = int(([line, *process.stdout.read().split()])[-1])
        process.wait()
    ((points, status, rate, kind),) = read_back(script)
    assert int(points) > acknowledged
    assert (status, rate, kind) == ("RUNNING", "0.1", "doomed")


def test_os_exit_loses_nothing(script):
    """A process that leaves without its exit handlers leaves its journal to the next one."""
    code = """
    import os, epochal as mlflow
    mlflow.set_tracking_uri("store")
    mlflow.start_run()
    for step in range(20_000):
        mlflow.log_metric("loss", 1.0, step=step)
    os._exit(3)
    """
    assert script(code).code == 3
    assert read_back(script) == [["20000", "RUNNING", "None", "None"]]


@pytest.mark.parametrize(
    ("ending", "status"),
    [
        ("", "FINISHED"),
        ("raise SystemExit(0)", "FINISHED"),
        ("raise ValueError('broken')", "FAILED"),
        ("raise KeyboardInterrupt", "KILLED"),
    ],
)
def test_end_of_process_ends_the_open_run(script, ending, status):
    """A run that nobody ended gets the status that the end of the process deserves."""
    script(f"""
    import epochal as mlflow
    mlflow.set_tracking_uri("store")
    mlflow.start_run()
    mlflow.log_metric("loss", 1.0, step=0)
    {ending}
    """)
    assert read_back(script) == [["1", status, "None", "None"]]


@pytest.mark.parametrize("start", ["os.fork", "multiprocessing"])
def test_forked_children_log_into_their_parents_run(script, start):
    """A child has its own journal, delivers it at its end and does not end the parent's run."""
    code = """
    import multiprocessing, os, sys
    import epochal as mlflow

    def work(worker):
        for step in range(1000):
            mlflow.log_metric("loss", 1.0, step=worker * 1000 + step)

    mlflow.set_tracking_uri("store")
    with mlflow.start_run() as run:
        work(0)
        if sys.argv[1] == "os.fork":
            pid = os.fork()
            if pid == 0:
                work(1)
                sys.exit(0)
            assert os.waitpid(pid, 0)[1] == 0
        else:
            child = multiprocessing.get_context("fork").Process(target=work, args=(1,))
            child.start()
            child.join()
            assert child.exitcode == 0
        found = mlflow.get_run(run.info.run_id)
        assert found.info.status == "RUNNING", found.info.status
        history = mlflow.MlflowClient().get_metric_history(run.info.run_id, "loss")
        assert len(history) == 2000, len(history)
    """
    done = script(code, start, PYTHONWARNINGS="default")
    assert done.code == 0, done.err
    assert read_back(script) == [["2000", "FINISHED", "None", "None"]]


def test_spawned_children_log_into_their_parents_run(script):
    """Children that share nothing with their parent join its run by its id, each as a writer."""
    code = """
    import multiprocessing
    import epochal as mlflow

    def work(run_id, worker):
        with mlflow.start_run(run_id=run_id):
            for step in range(500):
                mlflow.log_metric("loss", 1.0, step=worker * 500 + step)

    if __name__ == "__main__":
        mlflow.set_tracking_uri("store")
        run_id = mlflow.MlflowClient().create_run("0").info.run_id
        context = multiprocessing.get_context("spawn")
        children = [context.Process(target=work, args=(run_id, n)) for n in range(3)]
        for child in children: child.start()
        for child in children: child.join()
        assert [child.exitcode for child in children] == [0, 0, 0]
    """
    done = script(code)
    assert done.code == 0, done.err
    assert read_back(script) == [["1500", "FINISHED", "None", "None"]]


POOL = """
    import multiprocessing, epochal as mlflow
    mlflow.set_tracking_uri("store")
    def work(worker):
        for step in range(100):
            mlflow.log_metric("loss", 1.0, step=worker * 100 + step)
    with mlflow.start_run() as run:
        mlflow.log_param("workers", 2)
        with multiprocessing.get_context("fork").Pool(2) as pool:
            pool.map(work, range(4))
        {then}
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(
    "then", ["", "print(len(mlflow.get_metric_arrays(run.info.run_id, 'loss')[0]))"]
)
def test_workers_of_a_pool_that_is_terminated_lose_nothing(script, tmp_path, then):
    """What they logged can be read at once by their parent, and is there when it has ended."""
    done = script(POOL.format(then=then))
    assert done.code == 0, done.err
    assert done.out.split() == (["400"] if then else [])
    assert not list((tmp_path / "store/journal").iterdir())
    assert read_back(script) == [["400", "FINISHED", "None", "None"]]


def test_threads_lose_nothing(script):
    """Many threads that log into one run at once all get their points in."""
    code = """
    import threading, epochal as mlflow
    mlflow.set_tracking_uri("store")
    with mlflow.start_run() as run:
        def work(worker):
            for step in range(5000):
                mlflow.log_metric("loss", 1.0, worker * 5000 + step, run_id=run.info.run_id)
        threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
    """
    done = script(code)
    assert done.code == 0, done.err
    assert read_back(script) == [["40000", "FINISHED", "None", "None"]]


def test_logging_in_a_signal_handler_never_hangs(script):
    """A handler that logs while its own thread is logging neither waits nor corrupts."""
    code = """
    import signal, epochal as mlflow
    mlflow.set_tracking_uri("store")
    mlflow.start_run()
    steps = iter(range(10**9))
    def on_alarm(*_):
        mlflow.log_metric("loss", 2.0, step=next(steps))
        if armed:
            signal.setitimer(signal.ITIMER_REAL, 0.0005)
    armed = True
    signal.signal(signal.SIGALRM, on_alarm)
    signal.setitimer(signal.ITIMER_REAL, 0.0005)
    for _ in range(50_000):
        mlflow.log_metric("loss", 1.0, step=next(steps))
    armed = False
    """
    done = script(code)
    assert done.code == 0, done.err
    ((points, status, *_),) = read_back(script)
    assert int(points) > 50_000
    assert status == "FINISHED"
