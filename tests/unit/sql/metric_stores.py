"""What the tests of metric tables share: a database with runs, and plain views of it."""

from __future__ import annotations

import contextlib

import numpy as np

from epochal.entities import Metric, Points
from epochal.series.columns import Columns
from epochal.sql.database import open_database
from epochal.sql.fresh import append_points
from epochal.sql.tail import read_tail

_NEW_RUN = """
INSERT INTO runs (run_id, experiment, name, user_id, status, lifecycle_stage, artifact_uri)
VALUES (?, 0, 'run', 'ada', 'RUNNING', 'active', '') RETURNING id"""


@contextlib.contextmanager
def database_at(url):
    database = open_database(url)
    try:
        yield database
    finally:
        database.close()


def new_run(database, run_id="r"):
    return database.write(lambda c: c.execute(_NEW_RUN, (run_id,))[0][0]).result()


def points(rows, key="loss"):
    """Tuples of (step, timestamp, value) as points of one key."""
    return Points.of([Metric(key, value, timestamp, step) for step, timestamp, value in rows])


def append(database, run, rows, key="loss"):
    database.write(lambda c: append_points(c, run, 0, points(rows, key))).result()


def columns(rows):
    steps, times, values = zip(*rows, strict=True) if rows else ((), (), ())
    return Columns(np.array(steps, np.int64), np.array(times, np.int64), np.array(values, float))


def tuples(series):
    return list(
        zip(series.step.tolist(), series.timestamp.tolist(), series.value.tolist(), strict=True)
    )


def query(database, sql, *params):
    with database.read() as connection:
        return list(connection.execute(sql, params))


def fresh(database, run, key=1):
    with database.read() as connection:
        tail = read_tail(connection, run)
        return tuples(tail.of(key)), tail.rows
