from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fixtures.servers import clean_environment, epochal_server, mlflow_server

HERE = Path(__file__).parent
MLFLOW_2 = HERE.parent.parent / ".venv-mlflow2/bin/python"


def pytest_collection_modifyitems(items):
    """Keep these tests in one worker: the two servers and what was told to them are shared."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("mlflow"))
            item.add_marker(pytest.mark.timeout(600))


@pytest.fixture(scope="session")
def servers(tmp_path_factory):
    """The addresses of a fresh MLflow server and of a fresh one of ours."""
    folder = tmp_path_factory.mktemp("servers")
    with mlflow_server(folder / "mlflow") as theirs, epochal_server(folder / "epochal") as ours:
        yield {"mlflow": theirs, "epochal": ours}


def tell(python, address, prefix, target):
    """What one client hears from one server when it tells it the whole script."""
    command = [str(python), str(HERE / "script.py"), address, prefix, str(target)]
    environment = clean_environment(
        # A deterministic failure is sent once: MLflow answers some of them with a 500.
        MLFLOW_HTTP_REQUEST_MAX_RETRIES="1",
        MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR="0",
        MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT="true",
        MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR="false",
        LOGNAME="tester",
    )
    done = subprocess.run(
        command, env=environment, cwd=target.parent, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AssertionError(f"The script broke against {address}:\n{done.stderr[-3000:]}")
    return json.loads(target.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def tellings(servers, tmp_path_factory):
    """Both clients' answers from both servers, as {(client, server): telling}."""
    if not MLFLOW_2.exists():
        pytest.fail("The 2.x client is missing; `make test` installs it into .venv-mlflow2")
    folder = tmp_path_factory.mktemp("tellings")
    clients = {"3.x": Path(sys.executable), "2.x": MLFLOW_2}

    def tell_both(server):
        # One client after the other: the ids of experiments are counted alike on both servers.
        return {
            (client, server): tell(
                python, servers[server], f"client-{client[0]}-", folder / f"{server}-{client}.json"
            )
            for client, python in clients.items()
        }

    with ThreadPoolExecutor() as pool:
        theirs, ours = pool.map(tell_both, ("mlflow", "epochal"))
    return theirs | ours
