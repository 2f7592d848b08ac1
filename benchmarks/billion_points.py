"""Whether a point costs more when a billion are stored already.

usage: billion_points.py [POINTS]

Fills one SQLite store with a million points and another with a billion (or POINTS), then does
the same work on both in turn: logging and reading. The fillings are written straight into the
tables, packed as compaction packs them: 10,000 points to a chunk, 10 metrics to a run. All rows
are there, 100,000 chunks and as many summaries for a billion, but only 16 of their payloads
differ, and these are accuracies of three decimals, which pack to about one byte a point; noisy
losses would take six. It takes about ten seconds and 1 GB in the folder for temporary files.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from array import array
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from epochal.entities import Points
from epochal.ports.metrics import ChartQuery, Window
from epochal.ports.tracking import NewRun, RunLog
from epochal.series.columns import Columns
from epochal.series.groups import summarize_groups
from epochal.sql.chunks import SPACING, describe
from epochal.sql.database import open_database
from epochal.sql.store import SqlStore
from epochal.sql.summaries import add_summaries

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.series.summary import Summary
    from epochal.sql.database import Connection, Database

SMALL, LARGE = 1_000_000, 1_000_000_000
SERIES = 10_000  # points in each
KEYS = 10
RUNS_AT_ONCE = 100
ROUNDS = 15
FIRST_MS = 1_700_000_000_000

_ADD_RUN = """
INSERT INTO runs (run_id, experiment, name, user_id, status, start_time, lifecycle_stage,
    artifact_uri) VALUES (?, 0, ?, 'bench', 'FINISHED', ?, 'active', '')"""
_ADD_KEY = "INSERT INTO keys (experiment, kind, name) VALUES (0, 'm', ?)"
_ADD_CHUNK = """
INSERT INTO metric_chunks (run, key, chunk, first_step, last_step, first_timestamp,
    last_timestamp, min_value, max_value, point_count, payload)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""

Filling = list[tuple[tuple[object, ...], "Summary"]]


def fillings() -> Filling:
    """Sixteen chunks as rows, and their summaries."""
    chance = np.random.default_rng(7)
    steps = np.arange(SERIES, dtype=np.int64)
    found: Filling = []
    for _ in range(16):
        values = np.round(1 - np.exp(-steps / 3e3) + chance.normal(0, 0.01, SERIES), 3)
        points = Columns(steps, FIRST_MS + 100 * steps, values)
        ((_, summary),) = summarize_groups(np.zeros(SERIES, np.uint32), points)
        found.append((describe(SPACING, points), summary))
    return found


def fill(database: Database, count: int) -> None:
    """Write so many points straight into the tables, in commits of a hundred runs."""
    rows = fillings()
    names = [(f"metric {key}",) for key in range(KEYS)]
    database.write(lambda c: c.executemany(_ADD_KEY, names)).result()
    runs = count // SERIES // KEYS

    def work(connection: Connection, first: int, last: int) -> None:
        made = [(f"run{run}", f"run{run}", FIRST_MS + run) for run in range(first, last)]
        connection.executemany(_ADD_RUN, made)
        for run in range(first, last):
            own = [(key, rows[(run * KEYS + key) % len(rows)]) for key in range(1, KEYS + 1)]
            connection.executemany(_ADD_CHUNK, [(run, key, *row) for key, (row, _) in own])
            add_summaries(connection, run, [(key, summary) for key, (_, summary) in own])

    for first in range(1, runs + 1, RUNS_AT_ONCE):
        last = min(first + RUNS_AT_ONCE, runs + 1)
        database.write(lambda c, a=first, b=last: work(c, a, b)).result()


class Subject:
    """One store, and the work that both are measured with."""

    def __init__(self, folder: Path, count: int) -> None:
        self.path = folder / f"{count}.db"
        database = open_database(f"sqlite:///{self.path}")
        start = time.perf_counter()
        fill(database, count)
        self.store = SqlStore(database)
        self.runs = count // SERIES // KEYS
        self._round = 0
        self._chance = random.Random(5)
        seconds, size = time.perf_counter() - start, self.path.stat().st_size
        print(f"{count:>13,} points: filled in {seconds:.0f} s, {size / 1e6:,.0f} MB")

    def log_batches(self) -> int:
        """Twenty batches of 1,000 points into a new run."""
        self._round += 1
        run_id = f"new{self._round}"
        self.store.create_run(NewRun(run_id, "0", run_id, "bench", 0))
        for done in [self.store.log(RunLog(run_id, batch(1000, n))) for n in range(20)]:
            done.result()
        return 20_000

    def log_singles(self) -> int:
        """A thousand calls of one point, into runs that are there already."""
        runs = [f"run{self._chance.randint(1, self.runs)}" for _ in range(10)]
        start = 10 * SERIES + 100 * self._round
        futures = [
            self.store.log(RunLog(run_id, batch(1, start + n)))
            for n in range(100)
            for run_id in runs
        ]
        for done in futures:
            done.result()
        return 1000

    def read_history(self) -> int:
        """All points of a series, of 20 runs anywhere in the store."""
        runs = [f"run{self._chance.randint(1, self.runs)}" for _ in range(20)]
        return sum(len(self.store.get_history(run, "metric 3").series) for run in runs)

    def draw(self) -> int:
        """A chart of ten runs anywhere in the store."""
        runs = [f"run{self._chance.randint(1, self.runs)}" for _ in range(10)]
        curves = self.store.draw(ChartQuery(runs, ["metric 4"], Window(), 1000))
        return len(curves) * SERIES


def batch(count: int, first: int) -> Points:
    """Points of all metrics in turn."""
    steps = array("q", (first + n // KEYS for n in range(count)))
    return Points(
        names=[f"metric {key}" for key in range(min(KEYS, count))],
        key=array("I", (n % KEYS for n in range(count))),
        step=steps,
        timestamp=array("q", (FIRST_MS + step for step in steps)),
        value=array("d", (n * 0.001 for n in range(count))),
    )


def per_point(work: Callable[[], int]) -> float:
    """Microseconds a point."""
    start = time.perf_counter()
    count = work()
    return (time.perf_counter() - start) / count * 1e6


def main() -> None:
    large = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE
    with tempfile.TemporaryDirectory() as folder:
        subjects = [Subject(Path(folder), count) for count in (SMALL, large)]
        print(f"{'microseconds a point at':<24} {SMALL:>13,} {large:>13,}  ratio")
        for name in ("log_batches", "log_singles", "read_history", "draw"):
            times: list[list[float]] = [[], []]
            for _ in range(ROUNDS):  # in turn, so that a busy moment hits both
                for subject, found in zip(subjects, times, strict=True):
                    found.append(per_point(getattr(subject, name)))
            small, many = (statistics.median(found) for found in times)
            print(f"{name:<24} {small:13.3f} {many:13.3f}  {many / small:.2f}")
        for subject in subjects:
            subject.store.close()


if __name__ == "__main__":
    main()
