from __future__ import annotations

import pytest

from epochal.sql.tail import KEYS_PER_ROW, gather_tail, measure_tail, sort_tail, take_row
from unit.sql.metric_stores import append, database_at, fresh, new_run, query, tuples


@pytest.fixture
def database(tmp_path):
    with database_at(f"sqlite:///{tmp_path}/x.db") as database:
        yield database


def test_each_append_is_one_row(database):
    """Whatever the number of points; other runs and keys are told apart."""
    run, other = new_run(database), new_run(database, "s")
    append(database, run, [(0, 0, 1.0), (1, 1, 2.0)])
    append(database, run, [(2, 2, 3.0)], "accuracy")
    append(database, other, [(9, 9, 9.0)])
    assert fresh(database, run) == ([(0, 0, 1.0), (1, 1, 2.0)], 2)
    assert fresh(database, run, 2) == ([(2, 2, 3.0)], 2)
    with database.read() as connection:
        assert measure_tail(connection, run) == (2, 3)
        assert measure_tail(connection, 77) == (0, 0)


def test_gathering_keeps_all_points(database):
    """Many small rows become one."""
    run = new_run(database)
    for step in range(20):
        append(database, run, [(step, step, 0.5)])
    database.write(lambda c: gather_tail(c, run)).result()
    assert fresh(database, run) == ([(step, step, 0.5) for step in range(20)], 1)


def test_gathering_leaves_long_rows_alone(database):
    """What is long enough is not copied again; with nothing to gather nothing happens."""
    run = new_run(database)
    append(database, run, [(step, step, 0.5) for step in range(2000)])
    database.write(lambda c: gather_tail(c, run)).result()
    assert query(database, "SELECT id, point_count FROM metric_tail") == [(1, 2000)]


def test_sorted_rows_hold_few_keys(database):
    """A sorted tail holds the same points, a bounded number of keys in each row."""
    run = new_run(database)
    for key in range(KEYS_PER_ROW + 3):
        append(database, run, [(step, step, float(key)) for step in range(3)], f"key {key}")
    rows = database.write(lambda c: sort_tail(c, run)).result()
    taken = [database.write(lambda c, row=row: take_row(c, run, row)).result() for row in rows]
    assert [len(part) for part in taken] == [KEYS_PER_ROW, 3]
    found = {key: tuples(series) for part in taken for key, series in part.items()}
    assert found == {
        key + 1: [(step, step, float(key)) for step in range(3)] for key in range(KEYS_PER_ROW + 3)
    }


def test_a_row_is_taken_once(database):
    """Who comes second gets nothing."""
    run = new_run(database)
    append(database, run, [(0, 0, 1.0)])
    (row,) = database.write(lambda c: sort_tail(c, run)).result()
    assert len(database.write(lambda c: take_row(c, run, row)).result()) == 1
    assert database.write(lambda c: take_row(c, run, row)).result() == {}
