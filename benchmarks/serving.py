"""The rows of the table that are about servers: requests, histories, memory, bytes."""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import peers
from peers import Serving, free_port, serving

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
LONG = 1_000_000
PAGE = 25_000
SETTLE_S = 8  # what our store may take to pack a million points in the background
API = "/api/2.0/mlflow"
JSON = {"Content-Type": "application/json"}


def load(
    kind: str, port: int, target: str, connections: int, seconds: float, *, points: int = 0
) -> dict[str, float] | None:
    """What `load.py` reached, or None if a request was refused."""
    command = [sys.executable, str(HERE / "load.py"), kind, str(port), target]
    command += [str(connections), str(seconds), *([str(points)] if points else [])]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=seconds + 120, check=False
    )
    if done.returncode:
        print(f"  {kind} broke: {done.stderr.strip()[-800:]}", file=sys.stderr)
        return None
    return json.loads(done.stdout)


class Client:
    """One kept-alive connection that asks one thing after the other."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=300)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """The answer's JSON. Over a new line: MLflow hangs up after 5 idle seconds."""
        self._line.close()
        self._line.request("POST", API + path, json.dumps(body), JSON)
        return self._read()

    def get(self, path: str, **query: object) -> tuple[int, bytes]:
        """Status and body."""
        self._line.request("GET", f"{path}?{urlencode(query)}")
        answer = self._line.getresponse()
        return answer.status, answer.read()

    def new_run(self, experiment_id: str = "0") -> str:
        """The id of a new run."""
        run = self.post("/runs/create", {"experiment_id": experiment_id})
        return run["run"]["info"]["run_id"]

    def _read(self) -> Any:
        answer = self._line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {body[:500]!r}")
        return json.loads(body)


def measure_echo(seconds: float) -> dict[str, float]:
    """What the generator reaches against a bare uvicorn."""
    port = free_port()
    command = [sys.executable, str(HERE / "scripts/echo.py"), str(port)]
    found: dict[str, float] = {}
    with serving(command, port, "/", Path("/tmp")):  # noqa: S108 - nothing is kept there
        for connections in (1, 16, 64):
            reached = load("metric", port, "0" * 32, connections, seconds)
            if reached:
                found[f"log-metric {connections}"] = reached["rate"]
                found[f"generator busy {connections}"] = reached["busy"]
    return found


def measure_server(
    command: Callable[[int], list[str]], folder: Path, *, seconds: float, seed_s: float
) -> dict[str, float]:
    """All rows of one server. `seed_s` bounds the time that its million points may take."""
    port = free_port()
    found: dict[str, float] = {}
    try:
        with serving(command(port), port, "/health", folder) as server:
            _measure_requests(server, found, seconds=seconds, seed_s=seed_s)
    except (RuntimeError, OSError, http.client.HTTPException) as fault:  # of a peer, no reason
        print(f"  {str(fault)[-1500:]}", file=sys.stderr)  # to lose the others' figures
    return found


def _measure_requests(
    server: Serving, found: dict[str, float], *, seconds: float, seed_s: float
) -> None:
    client = Client(server.port)
    for connections in (1, 16, 64):
        reached = load("metric", server.port, client.new_run(), connections, seconds)
        if reached:
            found[f"log-metric {connections}"] = reached["rate"]
            found[f"log-metric {connections} p99"] = reached["p99_ms"]
    reached = load("runs", server.port, "0", 16, seconds)
    if reached:
        found["runs 16"] = reached["rate"]
    _measure_batches(server, client, found, seed_s)
    found["resident"] = server.resident_mib()


def _measure_batches(
    server: Serving, client: Client, found: dict[str, float], seed_s: float
) -> None:
    """Log the long series over one connection, then read it; more over four connections."""
    run_id = client.new_run()
    reached = load("batch", server.port, run_id, 1, seed_s, points=LONG)
    if reached is None:
        return
    points = reached["requests"] * 1000
    found["log-batch 1"] = 1000 * reached["rate"]
    reached = load("batch", server.port, client.new_run(), 4, min(seed_s, 10), points=4 * LONG)
    if reached:
        found["log-batch 4"] = 1000 * reached["rate"]
    client.post("/runs/update", {"run_id": run_id, "status": "FINISHED"})
    time.sleep(1)
    found["history points"] = points
    found["history"] = _history_s(client, run_id, points)
    if points >= LONG / 2:  # a sample of a short series would flatter
        found["interval"] = _interval_ms(client, run_id)


def _history_s(client: Client, run_id: str, points: int) -> float:
    """Seconds to read a long series page by page, scaled to a million points."""
    started, count, token = time.perf_counter(), 0, ""
    while True:
        status, body = client.get(
            f"{API}/metrics/get-history",
            run_id=run_id,
            metric_key="loss",
            max_results=PAGE,
            **({"page_token": token} if token else {}),
        )
        if status != 200:
            print(f"  get-history: {status} {body[:200]!r}", file=sys.stderr)
            return float("nan")
        page = json.loads(body)
        count += len(page["metrics"])
        token = page.get("next_page_token")
        if not token:
            break
    assert count == points, (count, points)
    return (time.perf_counter() - started) * LONG / count


def _interval_ms(client: Client, run_id: str) -> float:
    """Median time of a sample of 1,000 points, as the web page of MLflow asks for it."""
    spent: list[float] = []
    path = "/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval"
    for _ in range(5):
        started = time.perf_counter()
        status, body = client.get(path, run_ids=run_id, metric_key="loss", max_results=1000)
        spent.append(time.perf_counter() - started)
        if status != 200:
            print(f"  get-history-bulk-interval: {status} {body[:200]!r}", file=sys.stderr)
            return float("nan")
    return 1000 * statistics.median(spent)


def measure_bytes(
    command: Callable[[int], list[str]], store: Path, folder: Path, *, seconds: float
) -> dict[str, float]:
    """Bytes on disk for each point of long series, and of a thousand keys at once."""
    found: dict[str, float] = {}
    for name, kind in (("long", "losses"), ("noise", "noise"), ("wide", "wide")):
        _remove(store)
        port = free_port()
        with serving(command(port), port, "/health", folder):
            client = Client(port)
            run_id = client.new_run()
            before = _size(store)
            reached = load(kind, port, run_id, 1, seconds, points=LONG)
            client.post("/runs/update", {"run_id": run_id, "status": "FINISHED"})
            time.sleep(SETTLE_S)
        if reached:
            found[f"bytes {name}"] = (_size(store) - before) / (1000 * reached["requests"])
    return found


def _remove(store: Path) -> None:
    for path in store.parent.glob(store.name + "*"):
        path.unlink()


def _size(store: Path) -> int:
    return sum(path.stat().st_size for path in store.parent.glob(store.name + "*"))


def servers(folder: Path, postgresql_url: str | None) -> dict[str, Callable[[int], list[str]]]:
    """How to start each server that is there, by the name of its column."""
    found: dict[str, Callable[[int], list[str]]] = {
        "Epochal": lambda port: peers.epochal_command(port, f"sqlite:///{folder}/epochal.db")
    }
    has_mlflow = peers.python_of("mlflow") is not None
    if postgresql_url:
        found["Epochal PostgreSQL"] = lambda port: peers.epochal_command(
            port, f"{postgresql_url}epochal"
        )
    if has_mlflow:
        url = f"sqlite:///{folder}/mlflow.db"
        alone = f"sqlite:///{folder}/alone.db"
        found["MLflow"] = lambda port: peers.mlflow_command(port, url)
        found["MLflow 1 worker"] = lambda port: peers.mlflow_command(port, alone, "--workers", "1")
        if postgresql_url:
            found["MLflow PostgreSQL"] = lambda port: peers.mlflow_command(
                port, f"{postgresql_url}mlflow"
            )
    if peers.python_of("fasttrackml") is not None:
        found["FastTrackML"] = lambda port: peers.fasttrackml_command(
            port, f"sqlite://{folder}/fasttrackml.db"
        )
    return found
