"""The rows of the table that are about reading from our own store, without a server between."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path

from metrics_store import LONG, losses, settle, timed
from peers import environment

from epochal.ports.metrics import ChartQuery, Window
from epochal.ports.tracking import NewRun, RunChanges, RunLog
from epochal.series.columns import Columns
from epochal.sql.database import open_database
from epochal.sql.store import SqlStore

RUNS = 100
POINTS = 10_000
BATCH = 1_000
PIXELS = 1_000


def measure(*, quick: bool) -> dict[str, float]:
    """Milliseconds, medians."""
    rng = random.Random(7)
    repeats = 3 if quick else 15
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(open_database(f"sqlite:///{folder}/reading.db"))
        run_ids = [f"run{number}" for number in range(RUNS)]
        _fill(store, ["long"], LONG, rng)
        _fill(store, run_ids, POINTS, rng)
        settle(store)
        one = ChartQuery(["long"], ["loss"], Window(), PIXELS)
        many = ChartQuery(run_ids, ["loss"], Window(), PIXELS)
        found = {
            "sample": timed(lambda: store.draw(one), repeats),
            "read": timed(lambda: Columns.of(store.get_history("long", "loss").series), repeats),
            "chart": timed(lambda: store.draw(many), repeats),
        }
        store.close()
    return {name: 1000 * seconds for name, seconds in found.items()}


def measure_billion() -> float:
    """The worst ratio of the costs of a point, writing or reading, at 10^9 against 10^6."""
    command = [sys.executable, str(Path(__file__).parent / "billion_points.py")]
    done = subprocess.run(
        command,
        env=environment(ours=True),
        capture_output=True,
        text=True,
        timeout=900,
        check=True,
    )
    print(done.stdout, file=sys.stderr)
    lines = done.stdout.partition("ratio")[2].splitlines()
    return max(float(line.split()[-1]) for line in lines if line.strip())


def _fill(store: SqlStore, run_ids: list[str], count: int, rng: random.Random) -> None:
    """Finished runs, all with the same points of one key."""
    batches = [losses(["loss"], first, BATCH, rng) for first in range(0, count, BATCH)]
    for run_id in run_ids:
        store.create_run(NewRun(run_id, "0", run_id, "bench", 0))
        for logged in [store.log(RunLog(run_id, points)) for points in batches]:
            logged.result()
        store.update_run(run_id, RunChanges(status="FINISHED"))
