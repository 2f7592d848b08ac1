"""A server takes in what killed processes left."""

from __future__ import annotations

import os
import signal
import sys
import time

from epochal.client.mlflow_client import MlflowClient
from fixtures.scripts import running_script
from fixtures.servers import clean_environment, free_port, started


def test_starting_the_ui_takes_in_what_a_killed_script_logged(tmp_path):
    """No SDK process has to come by: the page shows all that was logged before `kill -9`."""
    code = """
    import epochal as mlflow
    mlflow.set_tracking_uri("store")
    run = mlflow.start_run()
    mlflow.flush_async_logging()
    from epochal.client import courier
    courier.Courier._deliver_all = lambda self: False  # the store is out of reach from here on
    for step in range(5000):
        mlflow.log_metric("loss", 1.0, step=step)
    print(run.info.run_id, flush=True)
    input()
    """
    with running_script(tmp_path, code) as process:
        run_id = process.stdout.readline().strip()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    port = free_port()
    command = [sys.executable, "-m", "epochal", "ui", "--port", str(port)]
    command += ["--backend-store-uri", str(tmp_path / "store")]
    with started(command, tmp_path / "server", port, clean_environment()) as address:
        client, deadline = MlflowClient(address), time.monotonic() + 30
        while len(client.get_metric_history(run_id, "loss")) < 5000:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        while b"Took in 1 journals" not in (tmp_path / "server/server.log").read_bytes():
            assert time.monotonic() < deadline
            time.sleep(0.1)
    assert [path.name for path in (tmp_path / "store/journal").iterdir()] == []
