"""How fast the store takes and gives back runs, on SQLite in a file and on PostgreSQL.

Run it as `python benchmarks/tracking_store.py [postgresql://…]`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from array import array
from pathlib import Path
from typing import TYPE_CHECKING

from epochal.entities import Metric, Points
from epochal.ports.tracking import Delivery, NewExperiment, NewRun, RunLog, RunQuery
from epochal.sql.database import open_database
from epochal.sql.store import SqlStore

if TYPE_CHECKING:
    from collections.abc import Callable

GROUP = 64
BATCH = 1000


def measure(title: str, count: int, work: Callable[[], object]) -> None:
    start = time.perf_counter()
    work()
    spent = time.perf_counter() - start
    print(f"{title:<46} {spent / count * 1e6:10.2f} µs each {count / spent:12,.0f} /s")


def log_singles(store: SqlStore, run_id: str, count: int) -> None:
    """Single-metric calls, 64 waiting at a time, each with a delivery as the courier sends it."""
    for start in range(0, count, GROUP):
        futures = [
            store.log(
                RunLog(run_id, Points.of([Metric("loss", 0.5, n, n)])), Delivery("bench", n + 1)
            )
            for n in range(start, start + GROUP)
        ]
        for future in futures:
            future.result()


def log_batches(store: SqlStore, run_id: str, count: int) -> None:
    """Batches of 1,000 points of 10 keys."""
    futures = []
    for number in range(count):
        steps = array("q", (number * 100 + n // 10 for n in range(BATCH)))
        points = Points(
            names=[f"key{n}" for n in range(10)],
            key=array("I", (n % 10 for n in range(BATCH))),
            step=steps,
            timestamp=array("q", (1_700_000_000_000 + step for step in steps)),
            value=array("d", (n * 0.37 for n in range(BATCH))),
        )
        futures.append(store.log(RunLog(run_id, points)))
    for future in futures:
        future.result()


def create_runs(store: SqlStore, experiment_id: str, count: int) -> None:
    """Runs with 20 params, 5 tags and 10 metrics."""
    futures = []
    for number in range(count):
        run_id = f"filled{number}"
        store.create_run(NewRun(run_id, experiment_id, "n", "u", number))
        points = Points.of([Metric(f"m{n}", n * 0.1, n, n) for n in range(10)])
        params = {f"param{n}": str(number * n) for n in range(20)}
        tags = {f"tag{n}": "value" for n in range(5)}
        futures.append(store.log(RunLog(run_id, points, params, tags)))
    for future in futures:
        future.result()


def run(url: str) -> None:
    print(f"\n{url.partition(':')[0]}")
    store = SqlStore(open_database(url))
    experiment_id = store.create_experiment(NewExperiment("bench", "r:", 0)).experiment_id
    for name in ("singles", "batches", "waited"):
        store.create_run(NewRun(name, experiment_id, "n", "u", 0))
    log_singles(store, "singles", GROUP)
    count = 100 * GROUP
    measure("log of 1 point, 64 waiting", count, lambda: log_singles(store, "singles", count))
    measure(
        "log of 1 point, waiting for each",
        200,
        lambda: [
            store.log(RunLog("waited", Points.of([Metric("m", 1.0, n, n)]))).result()
            for n in range(200)
        ],
    )
    measure("points in batches of 1,000", 200 * BATCH, lambda: log_batches(store, "batches", 200))
    measure("create a run of 35 values", 1000, lambda: create_runs(store, experiment_id, 1000))
    query = RunQuery([experiment_id], limit=1000)
    measure("page of 1,000 runs, each run", 1000, lambda: store.search_runs(query))
    measure("get_run", 200, lambda: [store.get_run("filled7") for _ in range(200)])
    store.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        run(f"sqlite:///{Path(folder) / 'store.db'}")
    for postgresql_url in sys.argv[1:]:
        run(postgresql_url)
