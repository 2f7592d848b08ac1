from __future__ import annotations

import random

import pytest

from epochal.entities import Metric, Points
from epochal.ports.tracking import Delivery, NewRun, RunLog
from epochal.sql import fresh
from epochal.sql.store import SqlStore
from unit.sql.metric_stores import new_run, query

SUMMARIES = "SELECT * FROM metric_summaries ORDER BY run, key"


def write(database, run, parts, **options):
    """All parts in one transaction, as a busy writer has them."""

    def work(connection):
        for part in parts:
            fresh.append_points(connection, run, 0, Points.of(part))

    database.write(work, **options).result()


def some(count, seed=3):
    chance = random.Random(seed)
    return [
        [
            Metric(
                chance.choice("abc"), float(chance.randint(-50, 50)), chance.randint(0, 9), n % 7
            )
            for _ in range(chance.randint(1, 4))
        ]
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [1, 2, 50, 300])
def test_a_commit_is_a_row_for_each_run(any_database, count):
    """However many entries it holds; every point is in it, and summaries are the same."""
    together, apart = new_run(any_database), new_run(any_database, "s")
    write(any_database, together, some(count))
    for part in some(count):
        write(any_database, apart, [part])
    rows = query(
        any_database, "SELECT run, count(*), sum(point_count) FROM metric_tail GROUP BY 1"
    )
    points = sum(map(len, some(count)))
    assert sorted(rows) == [(together, 1, points), (apart, count, points)]
    found = query(any_database, SUMMARIES)
    half = len(found) // 2
    assert [row[1:] for row in found[:half]] == [row[1:] for row in found[half:]]


def test_little_waits_at_a_time(database, monkeypatch):
    """Many points of one transaction are written before it ends."""
    monkeypatch.setattr(fresh, "MOST", 100)
    run = new_run(database)
    write(database, run, [[Metric("a", 1.0, n, n)] for n in range(250)])
    rows = query(database, "SELECT point_count FROM metric_tail")
    assert rows == [(100,), (100,), (50,)]


def test_deliveries_of_one_commit_are_told_apart(any_database):
    """Repeated ones change nothing, also when several wait for one commit."""
    store = SqlStore(any_database)
    store.create_run(NewRun("r", "0", "n", "u", 0))
    futures = [
        store.log(RunLog("r", Points.of([Metric("a", 1.0, n, n)])), Delivery(writer, n))
        for writer in ("w", "v")
        for n in (1, 2, 2, 1, 3, 3)
    ]
    for future in futures:
        future.result()
    counts = query(any_database, "SELECT point_count FROM metric_summaries")
    assert counts == [(6,)]
    assert query(any_database, "SELECT DISTINCT sequence FROM writers") == [(3,)]


def test_a_refused_entry_takes_no_other_along(any_database):
    """Those beside it in the commit are kept, its own points are not."""
    store = SqlStore(any_database)
    store.create_run(NewRun("r", "0", "n", "u", 0))
    futures = []
    for n in range(20):
        params = {"p": str(n)}  # the first one wins
        points = Points.of([Metric("a", float(n), n, n)])
        futures.append(store.log(RunLog("r", points, params if n % 2 else {}), Delivery("w", n)))
    refused = [n for n, future in enumerate(futures) if future.exception() is not None]
    assert refused == [n for n in range(3, 20) if n % 2]
    kept = [n for n in range(20) if n not in refused]
    assert list(store.get_history("r", "a").series.step) == kept
    assert query(any_database, "SELECT point_count FROM metric_summaries") == [(len(kept),)]


def test_a_run_deleted_between_entries_takes_no_more(any_database):
    """Entries after the deletion are refused though the commit may be one."""
    store = SqlStore(any_database)
    store.create_run(NewRun("r", "0", "n", "u", 0))
    entry = RunLog("r", Points.of([Metric("a", 1.0, 1, 1)]))
    futures = [
        store.log(entry),
        any_database.write(
            lambda c: c.execute("UPDATE runs SET lifecycle_stage = 'deleted'").rowcount
        ),
        store.log(entry),
    ]
    assert [future.exception() is None for future in futures] == [True, True, False]
