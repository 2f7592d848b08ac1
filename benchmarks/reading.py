"""The rows of the table that are about reading from our own store, without a server between."""

from __future__ import annotations

import random
import tempfile

from metrics_store import LONG, losses, timed, write

from epochal.series.columns import Columns
from epochal.sql.database import open_database
from epochal.sql.store import SqlStore

RUNS = 100
POINTS = 10_000


def measure(*, quick: bool) -> dict[str, float]:
    """Milliseconds, medians."""
    rng = random.Random(7)
    repeats = 3 if quick else 15
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(open_database(f"sqlite:///{folder}/reading.db"))
        batches = [losses(["loss"], first, 1000, rng) for first in range(0, LONG, 1000)]
        write(store, "long", batches)
        run_ids = [f"run{number}" for number in range(RUNS)]
        points = losses(["loss"], 0, POINTS, rng)
        for run_id in run_ids:
            write(store, run_id, [points])
        found = {
            "sample": timed(lambda: store.sample(["long"], "loss", None, 1000), repeats),
            "read": timed(lambda: Columns.of(store.get_history("long", "loss").series), repeats),
            "chart": timed(lambda: store.sample(run_ids, "loss", None, 1000), repeats),
        }
        store.close()
    return {name: 1000 * seconds for name, seconds in found.items()}
