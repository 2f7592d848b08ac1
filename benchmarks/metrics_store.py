"""How fast and how small metric points are kept: appends, bytes, full reads, pages, samples.

Run it with `python benchmarks/metrics_store.py [postgresql://...]`; the default is a new SQLite
file. Series are noisy losses in float64 at regular steps with ordinary clock jitter, the
hardest honest case: noise fills 6.5 of the 8 bytes of a value, whatever the codec.
"""

from __future__ import annotations

import math
import random
import sys
import tempfile
import time
from array import array
from pathlib import Path
from typing import TYPE_CHECKING

from epochal.entities import Points
from epochal.ports.metrics import ChartQuery, Window
from epochal.ports.tracking import NewRun, RunChanges, RunLog
from epochal.series.columns import Columns
from epochal.sql.database import open_database
from epochal.sql.store import SqlStore
from epochal.wire.metrics import encode_curves

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.entities import Axis

LONG = 1_000_000
BATCH = 1_000
PAGE = 25_000
CALLS = 5_000
CHART_RUNS, CHART_POINTS = 100, 10_000


def losses(names: list[str], first: int, count: int, rng: random.Random) -> Points:
    """Points of each name at `count` steps."""
    points = Points(names=names)
    points.key = array("I", [key for key in range(len(names)) for _ in range(count)])
    for _ in names:
        points.step.extend(range(first, first + count))
        clock = 1_700_000_000_000 + 4 * first
        points.timestamp.extend(clock + 4 * i + rng.randint(0, 3) for i in range(count))
        points.value.extend(
            2 * math.exp(-(first + i) / 2e5) + rng.gauss(0.1, 0.01) for i in range(count)
        )
    return points


def timed(work: Callable[[], object], repeats: int = 5) -> float:
    """The median time of a piece of work in seconds."""
    times: list[float] = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2]


def settle(store: SqlStore) -> None:
    """Wait until the background has nothing left to pack."""
    last: object = None
    while True:
        with store._database.read() as connection:  # noqa: SLF001
            sql = "SELECT count(*), coalesce(sum(point_count), 0), max(id) FROM metric_tail"
            now = list(connection.execute(sql))
        if now == last:
            return
        last = now
        time.sleep(0.5)


def packed_bytes(store: SqlStore, run_id: str) -> tuple[int, int]:
    """What chunks and tail of a run take, without and with the columns beside the payload."""
    payload = overhead = 0
    with store._database.read() as connection:  # noqa: SLF001
        for table, columns in (("metric_chunks", 11), ("metric_tail", 4)):
            rows = connection.execute(
                f"SELECT count(*), coalesce(sum(length(payload)), 0) FROM {table} "
                "WHERE run = (SELECT id FROM runs WHERE run_id = ?)",
                (run_id,),
            )
            payload += int(rows[0][1])
            overhead += int(rows[0][0]) * columns * 6
    return payload, payload + overhead


def write(store: SqlStore, run_id: str, batches: list[Points]) -> float:
    """Log batches as fast as the store takes them; seconds until the last is durable."""
    seconds = write_run(store, run_id, batches)
    settle(store)
    return seconds


def write_run(store: SqlStore, run_id: str, batches: list[Points]) -> float:
    """As `write`, without waiting for the background."""
    store.create_run(NewRun(run_id, "0", run_id, "bench", 0))
    start = time.perf_counter()
    futures = [store.log(RunLog(run_id, points)) for points in batches]
    for future in futures:
        future.result()
    seconds = time.perf_counter() - start
    store.update_run(run_id, RunChanges(status="FINISHED"))
    return seconds


def pages(store: SqlStore, run_id: str) -> int:
    """Read a history page by page; the number of points."""
    count, token = 0, None
    while True:
        page = store.get_history(run_id, "loss", PAGE, token)
        count, token = count + len(page.series), page.token
        if token is None:
            return count


def charts(store: SqlStore, rng: random.Random) -> list[tuple[str, str]]:
    """What a chart costs the server, until the bytes of its answer are made."""
    runs = [f"chart {number}" for number in range(CHART_RUNS)]
    for run_id in runs:
        write_run(store, run_id, [losses(["loss"], 0, CHART_POINTS, rng)])
    settle(store)
    rows: list[tuple[str, str]] = []
    axes: tuple[Axis, ...] = ("step", "time")
    for axis in axes:
        for run_ids in (runs, ["long"]):
            query = ChartQuery(run_ids, ["loss"], Window(axis), 1000)

            def draw(query: ChartQuery = query) -> bytes:
                return encode_curves(store.draw(query), packed=True)

            points = f"{CHART_POINTS:,}" if run_ids is runs else f"{LONG:,}"
            name = f"chart by {axis}: {len(run_ids)} x {points} to 1,000"
            rows.append((name, f"{timed(draw, 15) * 1e3:.1f} ms"))
    return rows


def main(url: str) -> None:
    rng = random.Random(7)
    store = SqlStore(open_database(url))
    rows: list[tuple[str, str]] = []
    long = [losses(["loss"], first, BATCH, rng) for first in range(0, LONG, BATCH)]
    seconds = write(store, "long", long)
    rows.append((f"append {LONG:,} points in batches of {BATCH:,}", f"{LONG / seconds:,.0f}/s"))
    names = [f"metric_{i}" for i in range(1000)]
    wide = [losses(names, first, 1, rng) for first in range(1000)]
    seconds = write(store, "wide", wide)
    rows.append(("append 1,000 keys x 1,000 steps, a step a call", f"{LONG / seconds:,.0f}/s"))
    single = [losses(["loss"], first, 1, rng) for first in range(CALLS)]
    seconds = write(store, "single", single)
    rows.append((f"{CALLS:,} calls of one point", f"{seconds / CALLS * 1e6:.1f} us each"))
    for run_id in ("long", "wide"):
        payload, whole = packed_bytes(store, run_id)
        text = f"{payload / LONG:.2f} bytes a point, {whole / LONG:.2f} with row headers"
        rows.append((f"kept: {run_id}", text))
    if url.startswith("sqlite:///"):
        size = Path(url.removeprefix("sqlite:///")).stat().st_size
        rows.append(("file", f"{size / 1e6:.1f} MB"))
    full = timed(lambda: Columns.of(store.get_history("long", "loss").series))
    rows.append((f"full read of {LONG:,} points into numpy", f"{full * 1e3:.1f} ms"))
    rows.append((f"the same in pages of {PAGE:,}", f"{timed(lambda: pages(store, 'long')):.3f} s"))
    for window in (None, (400_000, 410_000)):
        spent = timed(lambda window=window: store.sample(["long"], "loss", window, 1000), 15)
        name = "whole" if window is None else "10,000 steps"
        rows.append((f"1,000 of {LONG:,} points, {name}", f"{spent * 1e3:.2f} ms"))
    rows += charts(store, rng)
    store.close()
    for name, value in rows:
        print(f"{name:<48} {value}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(f"sqlite:///{folder}/bench.db")
