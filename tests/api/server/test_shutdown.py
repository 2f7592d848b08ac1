"""The end of a server."""

import threading
import time

from epochal.server.app import Options
from epochal.server.security import build_gate
from fixtures.api import Api, ServerThread


def test_what_was_acknowledged_is_there_after_a_restart(tmp_path):
    """A server that is told to stop in the middle of requests loses none that it answered."""
    running = ServerThread(tmp_path, Options(build_gate("127.0.0.1")))
    api = Api(running.port)
    run = api.new_run("0")
    acknowledged = []

    def log():
        for step in range(10_000):
            try:
                if api.log(run, "loss", step, step).status == 200:
                    acknowledged.append(step)
            except OSError:
                return

    logger = threading.Thread(target=log)
    logger.start()
    time.sleep(0.3)
    running.stop()
    logger.join(20)
    again = ServerThread(tmp_path, Options(build_gate("127.0.0.1")))
    try:
        history = Api(again.port).get("metrics/get-history", run_id=run, metric_key="loss").json
    finally:
        again.stop()
    stored = {point["step"] for point in history["metrics"]}
    assert acknowledged
    assert set(acknowledged) <= stored
