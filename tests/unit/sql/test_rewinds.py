from __future__ import annotations

import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from epochal.entities import Metric, Points
from epochal.ports.metrics import Rewound
from epochal.ports.tracking import NewRun, RunLog
from epochal.sql.compaction import compact
from epochal.sql.database import open_database
from epochal.sql.store import SqlStore
from unit.sql.metric_stores import query

ENVIRONMENT = {"PYTHONPATH": ":".join(filter(None, sys.path))}
SUMMARY = """
SELECT last_step, first_step, min_value, max_value, point_count FROM metric_summaries
WHERE run = 1 ORDER BY key"""


@pytest.fixture
def stores(any_url):
    """Two stores on one database, as two servers have it."""
    opened = [SqlStore(open_database(any_url)) for _ in range(2)]
    opened[0].create_run(NewRun("r", "0", "n", "u", 0))
    yield opened
    for store in opened:
        store.close()


def log(store, key, steps):
    points = Points.of([Metric(key, float(step), step, step) for step in steps])
    store.log(RunLog("r", points)).result()


def steps(store, key, *, superseded=False):
    return list(store.get_history("r", key, superseded=superseded).series.step)


def test_summaries_are_those_of_what_is_left(stores):
    """Each of their columns, whether points were packed or not; equal points count once."""
    store = stores[0]
    for _ in range(2):
        log(store, "loss", range(-5, 100))
    log(store, "accuracy", range(10))
    store.rewind("r", 49, 7)
    assert query(store._database, SUMMARY) == [(49, -5, -5.0, 49.0, 55), (9, 0, 0.0, 9.0, 10)]
    assert query(store._database, "SELECT * FROM metric_rewinds") == [(1, 1, 49, 7)]


def test_untouched_metrics_stay_in_the_tail(stores):
    """A rewind packs only what it has to cut."""
    store = stores[0]
    log(store, "loss", range(5))
    log(store, "accuracy", range(3))
    store.rewind("r", 3, 7)
    assert query(store._database, "SELECT sum(point_count) FROM metric_tail") == [(3,)]
    assert query(store._database, "SELECT sum(point_count) FROM metric_chunks") == [(4,)]
    assert steps(store, "accuracy") == [0, 1, 2]


def test_whole_chunks_are_moved_as_they_are(stores):
    """Only the chunk that the step cuts is packed anew."""
    store = stores[0]
    for start in range(0, 200_000, 50_000):
        log(store, "loss", range(start, start + 50_000))
        store._database.write(lambda c: compact(c, 1)).result()
    sql = "SELECT first_step, last_step FROM {} ORDER BY first_step"
    before = query(store._database, sql.format("metric_chunks"))
    cut = next(n for n, (first, last) in enumerate(before) if first <= 70_000 < last)
    store.rewind("r", 70_000, 7)
    assert query(store._database, sql.format("metric_chunks")) == [
        *before[:cut],
        (before[cut][0], 70_000),
    ]
    assert query(store._database, sql.format("metric_archive")) == [
        (70_001, before[cut][1]),
        *before[cut + 1 :],
    ]


def test_servers_rewind_while_others_log(stores):
    """Every point is live or superseded, none is both or lost, and summaries are true."""

    def write(part):
        for start in range(0, 400, 20):
            log(stores[0], f"key {part}", range(start + 10_000 * part, start + 10_000 * part + 20))

    def rewind():
        chance = random.Random(5)
        for _ in range(25):
            stores[1].rewind("r", chance.choice([100, 10_100, 10_200, 20_300]), 7)

    with ThreadPoolExecutor(4) as pool:
        tasks = [pool.submit(write, part) for part in range(3)] + [pool.submit(rewind)]
        for task in tasks:
            task.result(60)
    for part in range(3):
        key = f"key {part}"
        live, gone = steps(stores[0], key), steps(stores[0], key, superseded=True)
        assert sorted(live + gone) == list(range(10_000 * part, 10_000 * part + 400))
        (row,) = query(
            stores[0]._database,
            "SELECT last_step, first_step, point_count FROM metric_summaries WHERE key = "
            "(SELECT id FROM keys WHERE name = ?)",
            key,
        ) or [None]
        assert row == ((max(live), min(live), len(live)) if live else None)


def test_a_rewind_sees_what_waits_beside_it(stores):
    """Points accepted just before it, perhaps in the same commit, are superseded too."""
    store = stores[0]
    futures = [
        store.log(RunLog("r", Points.of([Metric("loss", 1.0, step, step)]))) for step in range(50)
    ]
    assert store.rewind("r", 9, 7) == Rewound(1, 40)
    assert all(future.done() for future in futures)
    assert steps(store, "loss") == list(range(10))


_VICTIM = """
import sys
from epochal.sql.database import open_database
from epochal.sql.store import SqlStore
store = SqlStore(open_database(sys.argv[1]))
print("go", flush=True)
store.rewind("r", 99, 7)
print("done", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("delay_s", [0.0, 0.01, 0.03, 0.06, 0.12, None])
def test_a_killed_rewind_is_whole_or_not_at_all(any_url, stores, delay_s):
    """Killed in the middle, a rewind of many metrics has either happened or not begun."""
    store = stores[0]
    keys = [f"key {n}" for n in range(12)]
    for key in keys:
        log(store, key, range(20_000))
    victim = subprocess.Popen(
        [sys.executable, "-c", _VICTIM, any_url],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with victim:
        victim.stdout.readline()
        if delay_s is None:
            victim.stdout.readline()
        else:
            time.sleep(delay_s)
        victim.kill()
    live = {tuple(steps(store, key)) for key in keys}
    gone = {tuple(steps(store, key, superseded=True)) for key in keys}
    before = ({tuple(range(20_000))}, {()})
    after = ({tuple(range(100))}, {tuple(range(100, 20_000))})
    assert (live, gone) in ((before, after) if delay_s is not None else (after,))
    count = len(next(iter(live)))
    expected = [(count - 1, 0, 0.0, count - 1.0, count)] * len(keys)
    assert query(store._database, SUMMARY) == expected
