from __future__ import annotations

import math
import subprocess
import sys
import time

import pytest

from epochal.errors import CorruptDataError
from epochal.sql.compaction import MANY_POINTS, MANY_ROWS, POINTS_PER_KEY, compact, move, plan
from epochal.sql.fresh import FreshPoints, append_points
from epochal.sql.metrics import SqlMetrics
from epochal.sql.tail import append_payload
from unit.sql.metric_stores import append, database_at, new_run, points, query


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql_url")
    return f"sqlite:///{tmp_path}/x.db"


@pytest.fixture
def database(url):
    with database_at(url) as database:
        yield database


def rows(first, count):
    return [(step, 10 * step, float(step)) for step in range(first, first + count)]


def shape(database):
    """How many rows the tail has, and how many points the chunks."""
    (tail,) = query(database, "SELECT count(*) FROM metric_tail")
    (packed,) = query(database, "SELECT coalesce(sum(point_count), 0) FROM metric_chunks")
    return tail[0], int(packed[0])


def wait_for(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def steps(database):
    return list(SqlMetrics(database).get_history("r", "loss").series.step)


def test_count_is_corrected_by_merging(database):
    """Equal points are counted on arrival and taken back when they are found."""
    run = new_run(database)
    for _ in range(3):
        append(database, run, rows(0, 100))
    assert query(database, "SELECT point_count FROM metric_summaries") == [(300,)]
    database.write(lambda c: compact(c, run)).result()
    append(database, run, rows(50, 100))
    database.write(lambda c: compact(c, run)).result()
    assert query(database, "SELECT point_count FROM metric_summaries") == [(150,)]
    assert steps(database) == list(range(150))


def test_the_mean_is_corrected_by_merging(database):
    """What was counted twice was added twice; extremes and their steps never notice."""
    run = new_run(database)
    twice = [(3, 30, 8.0), (4, 40, math.nan), (5, 50, math.inf), (6, 60, -0.5)]
    append(database, run, [(step, step, 0.25) for step in range(3)] + twice * 3)
    database.write(lambda c: compact(c, run)).result()
    append(database, run, [*twice, (7, 70, 0.25)])
    database.write(lambda c: compact(c, run)).result()
    columns = "total, nan_count, point_count, min_value, min_step, max_value, max_step"
    assert query(database, f"SELECT {columns} FROM metric_summaries") == [
        (8.5, 1, 8, -0.5, 6, math.inf, 5)
    ]


def test_little_is_left_alone(database):
    """A few fresh rows of a running run are not worth a chunk."""
    run = new_run(database)
    append(database, run, rows(0, POINTS_PER_KEY))
    assert database.write(lambda c: plan(c, run, has_ended=False)).result() == []
    assert shape(database) == (1, 0)


def test_ended_runs_are_packed(database):
    """Then a chunk is made of less; yet a point or two per key stay where they are."""
    run, short = new_run(database), new_run(database, "s")
    append(database, run, rows(0, POINTS_PER_KEY))
    append(database, short, rows(0, 2))
    assert len(database.write(lambda c: plan(c, run, has_ended=True)).result()) == 1
    assert database.write(lambda c: plan(c, short, has_ended=True)).result() == []


def test_what_came_twice_counts_once_when_a_run_has_ended(database):
    """Also of a run too short to be packed: its few points become one row, each once."""
    run = new_run(database)
    for _ in range(3):
        append(database, run, [(1, 10, 0.5), (2, 20, math.nan)])
    assert query(database, "SELECT point_count, nan_count FROM metric_summaries") == [(6, 3)]
    assert database.write(lambda c: plan(c, run, has_ended=True)).result() == []
    columns = "point_count, nan_count, total"
    assert query(database, f"SELECT {columns} FROM metric_summaries") == [(2, 1, 0.5)]
    assert shape(database) == (1, 0)
    assert steps(database) == [1, 2]


def test_an_interrupted_compaction_loses_nothing(database):
    """Between two of its steps every point is readable once, and the next one goes on."""
    run = new_run(database)
    for key in range(80):
        append(database, run, rows(0, 2 * POINTS_PER_KEY), f"key {key}" if key else "loss")
    planned = database.write(lambda c: plan(c, run, has_ended=True)).result()
    assert len(planned) == 3
    database.write(lambda c: move(c, run, planned[0])).result()
    assert steps(database) == list(range(2 * POINTS_PER_KEY))
    database.write(lambda c: move(c, run, planned[0])).result()  # repeated: already taken
    database.write(lambda c: compact(c, run)).result()
    assert shape(database) == (0, 80 * 2 * POINTS_PER_KEY)
    assert steps(database) == list(range(2 * POINTS_PER_KEY))
    counts = query(database, "SELECT DISTINCT point_count FROM metric_summaries")
    assert counts == [(2 * POINTS_PER_KEY,)]


def log(database, metrics, run, values):
    database.write(lambda c: metrics.append(c, run, 0, points(values))).result()


def test_many_rows_are_gathered_by_themselves(database):
    """Calls of one point each keep the tail short."""
    run, metrics = new_run(database), SqlMetrics(database)
    for step in range(MANY_ROWS):
        log(database, metrics, run, rows(step, 1))
    wait_for(lambda: shape(database) == (1, 0))
    assert steps(database) == list(range(MANY_ROWS))


def test_many_points_are_packed_by_themselves(database):
    """Once enough has come, and again when the run ends."""
    run, metrics = new_run(database), SqlMetrics(database)
    log(database, metrics, run, rows(0, MANY_POINTS))
    wait_for(lambda: shape(database) == (0, MANY_POINTS))
    log(database, metrics, run, rows(MANY_POINTS, 100))
    metrics.tidy(run)
    wait_for(lambda: shape(database) == (0, MANY_POINTS + 100))


def test_readers_tidy_what_others_left(database):
    """A process that was killed leaves a long tail; whoever reads it has it gathered."""
    run = new_run(database)

    def work(connection):
        for step in range(MANY_ROWS + 1):
            append_points(connection, run, 0, points(rows(step, 1)))
            connection.deferred(FreshPoints).flush(connection)

    database.write(work).result()
    assert len(steps(database)) == MANY_ROWS + 1
    wait_for(lambda: shape(database) == (1, 0))


def test_damage_is_reported_and_stops_nothing_else(database, caplog):
    """A row that cannot be read fails its own run, loudly, and no other."""
    run, sound = new_run(database), new_run(database, "s")
    metrics = SqlMetrics(database)
    log(database, metrics, run, rows(0, 100))
    database.write(lambda c: append_payload(c, run, 9999, b"\x63")).result()
    metrics.tidy(run)
    wait_for(lambda: "Cannot compact the metrics" in caplog.text)
    with pytest.raises(CorruptDataError, match="version 99"):
        metrics.get_history("r", "loss")
    log(database, metrics, sound, rows(0, 100))
    assert len(metrics.get_history("s", "loss").series) == 100


_WRITER = """
import sys
from epochal.sql.compaction import compact
from epochal.sql.database import open_database
from unit.sql.metric_stores import append
database = open_database(sys.argv[1])
for part in range(15):
    append(database, 1, [(step, step, 1.0) for step in range(20 * part, 20 * part + 30)])
    database.write(lambda c: compact(c, 1)).result()
database.close()
"""


def test_processes_compact_one_run_at_once(url, database):
    """Several processes that write and pack the same series neither lose nor double a point."""
    run = new_run(database)
    command = [sys.executable, "-c", _WRITER, url]
    environment = {"PYTHONPATH": ":".join(filter(None, sys.path))}
    running = [subprocess.Popen(command, env=environment) for _ in range(2)]
    assert [process.wait(60) for process in running] == [0, 0]
    assert steps(database) == list(range(310))
    database.write(lambda c: compact(c, run)).result()
    assert query(database, "SELECT point_count FROM metric_summaries") == [(310,)]


_VICTIM = """
import sys
from epochal.sql.database import open_database
from epochal.sql.metrics import SqlMetrics
from unit.sql.metric_stores import points
database = open_database(sys.argv[1])
metrics = SqlMetrics(database)
for part in range(100_000):
    rows = [(step, step, 1.0) for step in range(2000 * part, 2000 * (part + 1))]
    database.write(lambda c: metrics.append(c, 1, 0, points(rows))).result()
    print(2000 * (part + 1), flush=True)
"""


@pytest.mark.parametrize("acknowledged", [2_000, 16_000, 18_000, 50_000])
def test_a_killed_process_loses_nothing(url, database, acknowledged):
    """Killed while it logs and packs: all it acknowledged is there, each point once."""
    run = new_run(database)
    environment = {"PYTHONPATH": ":".join(filter(None, sys.path))}
    command = [sys.executable, "-c", _VICTIM, url]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as victim:
        for line in victim.stdout:
            if int(line) >= acknowledged:
                victim.kill()
                break
    found = steps(database)
    assert len(found) >= acknowledged
    assert found == list(range(len(found)))
    database.write(lambda c: compact(c, run)).result()
    assert query(database, "SELECT point_count FROM metric_summaries") == [(len(found),)]
