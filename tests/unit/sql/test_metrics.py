from __future__ import annotations

import subprocess
import sys

import pytest

from epochal.entities import Points
from epochal.errors import InvalidParameterError
from epochal.sql.compaction import compact
from epochal.sql.fresh import append_points
from epochal.sql.metrics import SqlMetrics, delete_points
from epochal.sql.page_tokens import Position, encode, fingerprint
from unit.sql.metric_stores import append, database_at, new_run, query


@pytest.fixture
def database(tmp_path):
    with database_at(f"sqlite:///{tmp_path}/x.db") as database:
        yield database


def test_no_points_leave_no_trace(database):
    """An entry without points writes nothing, not even the names of its keys."""
    run = new_run(database)
    database.write(lambda c: append_points(c, run, 0, Points(names=["loss"]))).result()
    for table in ("metric_tail", "metric_summaries", "keys"):
        assert query(database, f"SELECT count(*) FROM {table}") == [(0,)]


def test_a_failing_write_leaves_no_point(database):
    """Tail and summaries are of one transaction."""
    run = new_run(database)

    def work(connection):
        append_points(connection, run, 0, Points.of([]))
        append_points(connection, run, 0, _one())
        raise InvalidParameterError("refused")

    with pytest.raises(InvalidParameterError, match="refused"):
        database.write(work).result()
    assert query(database, "SELECT count(*) FROM metric_tail") == [(0,)]
    assert query(database, "SELECT count(*) FROM metric_summaries") == [(0,)]


def _one():
    points = Points(names=["loss"])
    points.key.append(0)
    points.step.append(0)
    points.timestamp.append(0)
    points.value.append(1.0)
    return points


def test_deleting_forgets_runs_whole(database):
    """Fresh points, chunks and summaries of the runs named go, others stay."""
    gone, kept = new_run(database), new_run(database, "kept")
    for run in (gone, kept):
        append(database, run, [(step, step, 1.0) for step in range(10)])
        database.write(lambda c, run=run: compact(c, run)).result()
        append(database, run, [(10, 10, 1.0)])
    database.write(lambda c: delete_points(c, [gone])).result()
    metrics = SqlMetrics(database)
    assert len(metrics.get_history("r", "loss").series) == 0
    assert len(metrics.get_history("kept", "loss").series) == 11
    for table in ("metric_tail", "metric_chunks", "metric_summaries"):
        assert query(database, f"SELECT DISTINCT run FROM {table}") == [(kept,)]


def test_forged_tokens_are_refused(database):
    """A token with the right seal and the wrong contents."""
    new_run(database)
    token = encode(Position(0, (None, 1, 2)), fingerprint("history", "r", "loss"))
    with pytest.raises(InvalidParameterError, match="page token"):
        SqlMetrics(database).get_history("r", "loss", 5, token)


def test_logging_needs_no_numpy():
    """The path of a log call imports nothing heavy into the training process."""
    code = "import sys, epochal.sql.store; sys.exit('numpy' in sys.modules)"
    environment = {"PYTHONPATH": ":".join(filter(None, sys.path))}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
