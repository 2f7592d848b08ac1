"""Training never feels a server that is slow, down or gone."""

from __future__ import annotations

import sys

from epochal.client.mlflow_client import MlflowClient
from fixtures.scripts import run_script, running_script
from fixtures.servers import clean_environment, free_port, started


def serve(folder, port):
    """Our server on a fixed port, so that it can come back where it was."""
    command = [sys.executable, "-m", "epochal", "server", "--port", str(port)]
    command += ["--backend-store-uri", str(folder / "store")]
    return started(command, folder / "server", port, clean_environment())


def test_training_outlives_its_server_and_everything_arrives(tmp_path):
    """A server that dies in the middle of training gets all of it once it is back."""
    port = free_port()
    code = """
    import sys, time, epochal as mlflow
    mlflow.set_tracking_uri(sys.argv[1])
    run = mlflow.start_run()
    mlflow.log_param("lr", 0.1)
    mlflow.log_metric("loss", 1.0, step=0)
    mlflow.flush_async_logging()
    print(run.info.run_id, flush=True)
    input()
    began = time.perf_counter()
    for step in range(1, 20_000):
        mlflow.log_metric("loss", 1.0, step=step)
    mlflow.set_tag("late", "yes")
    print(time.perf_counter() - began, flush=True)
    input()
    """
    address = f"http://127.0.0.1:{port}"
    with running_script(tmp_path, code, address) as process:
        with serve(tmp_path, port):
            run_id = process.stdout.readline().strip()
        print("\n", file=process.stdin, flush=True)
        seconds = float(process.stdout.readline())
        with serve(tmp_path, port):
            out, err = process.communicate("\n", timeout=60)
            assert process.returncode == 0, err
            client = MlflowClient(address)
            assert len(client.get_metric_history(run_id, "loss")) == 20_000
            run = client.get_run(run_id)
            assert run.data.tags["late"] == "yes"
            assert run.info.status == "FINISHED"
    assert seconds < 5
    assert "cannot be reached" in err
    assert out.strip().startswith("View run") or out.strip() == ""


def test_exit_without_server_says_where_the_journal_is(tmp_path):
    """What cannot be delivered within the grace stays on disk, and the next process sends it."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    code = """
    import sys, epochal as mlflow
    mlflow.set_tracking_uri(sys.argv[1])
    mlflow.start_run()
    print("begun", flush=True)
    input()
    for step in range(1000):
        mlflow.log_metric("loss", 1.0, step=step)
    """
    with running_script(tmp_path, code, address, EPOCHAL_EXIT_GRACE_S="0.5") as process:
        with serve(tmp_path, port):
            assert process.stdout.readline() == "begun\n"
        _, err = process.communicate("\n", timeout=60)
    assert process.returncode == 0
    assert "epochal sync" in err
    with serve(tmp_path, port):
        code = """
        import sys, epochal as mlflow
        mlflow.set_tracking_uri(sys.argv[1])
        (run,) = mlflow.search_runs(search_all_experiments=True, output_format="list")
        print(len(mlflow.MlflowClient().get_metric_history(run.info.run_id, "loss")))
        print(run.info.status)
        """
        done = run_script(tmp_path, code, address)
    assert done.out.split() == ["1000", "FINISHED"], done.err


def test_refused_param_takes_no_point_with_it(tmp_path):
    """A param that another process set otherwise is set aside; all else arrives."""
    code = """
    import sys, epochal as mlflow
    mlflow.set_tracking_uri("store")
    if len(sys.argv) == 1:
        run_id = mlflow.start_run().info.run_id
        mlflow.log_param("lr", 0.1)
        print(run_id)
    else:
        client = mlflow.MlflowClient()
        client.log_metric(sys.argv[1], "loss", 1.0)
        # Meanwhile, behind this client's back:
        from epochal.ports.tracking import RunLog
        client._outbox.transport.log([(RunLog(sys.argv[1], params={"seed": "1"}), None)])
        client.log_param(sys.argv[1], "seed", 2)
        client.log_param(sys.argv[1], "depth", 3)
        print(client.get_run(sys.argv[1]).data.params)
        print(client.get_run(sys.argv[1]).data.metrics)
        try:
            client.log_param(sys.argv[1], "depth", 4)
        except mlflow.MlflowException as error:
            print("at once:", error)
        try:
            mlflow.MlflowClient().log_batch(
                sys.argv[1], params=[mlflow.entities.Param("seed", "3")], synchronous=True)
        except mlflow.MlflowException as error:
            print("awaited:", error)
    """
    run_id = run_script(tmp_path, code).out.strip()
    done = run_script(tmp_path, code, run_id)
    assert done.code == 0, done.err
    assert "{'lr': '0.1', 'seed': '1', 'depth': '3'}" in done.out
    assert "{'loss': 1.0}" in done.out
    assert "at once: Changing param values is not allowed" in done.out
    assert "refused" in done.err
    kept = [path.read_text() for path in (tmp_path / "store/journal/refused").iterdir()]
    assert any('"seed": "2"' in text for text in kept)
