"""Runs as columns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from epochal.entities import Metric, Points
from epochal.ports.tracking import NewExperiment, NewRun, RunLog, RunQuery
from epochal.rules import limits
from epochal.search.columns import parse_columns
from epochal.sql.store import SqlStore
from epochal.sql.tables import count_runs, read_table


@pytest.fixture
def store(any_database):
    """Two experiments; the second logs the same keys in another order, and one more."""
    store = SqlStore(any_database)
    for name in ("a", "b"):
        store.create_experiment(NewExperiment(name, "mlflow-artifacts:", 1))
    for number in range(6):
        second = number % 2
        run_id = f"r{number}"
        store.create_run(NewRun(run_id, str(1 + second), run_id, "", number))
        params = {"y": "1", "x": str(number), "z": "2"} if second else {"x": "0", "y": "1"}
        points = Points.of([Metric("loss", number / 2, 1)])
        store.log(RunLog(run_id, points, params, {})).result()
    return store


def test_keys_of_several_experiments_are_one_column(store, any_database):
    """Whatever their numbers in the database."""
    query = RunQuery(["1", "2"], limit=4)
    with any_database.read() as connection:
        table = read_table(connection, query, parse_columns(["params.x", "metrics.loss"]))
    assert table.run_ids == ["r5", "r4", "r3", "r2"]
    assert table.columns == {
        "params.x": ["5", "0", "3", "0"],
        "metrics.loss": [2.5, 2.0, 1.5, 1.0],
    }


def test_a_wide_page_is_cut(store, any_database, monkeypatch):
    """By cells, never below one run; the token leads on."""
    monkeypatch.setattr(limits, "MAX_TABLE_CELLS", 30)
    query, found = RunQuery(["1", "2"]), []
    with any_database.read() as connection:
        while True:
            table = read_table(connection, query, None)
            assert len(table.run_ids) <= 2
            found += table.run_ids
            if table.token is None:
                break
            query = replace(query, page_token=table.token)
    assert found == ["r5", "r4", "r3", "r2", "r1", "r0"]


def test_columns_that_no_run_of_a_page_has_are_left_out(store, any_database):
    """Without chosen columns; a key of another experiment is no column of this one."""
    with any_database.read() as connection:
        table = read_table(connection, RunQuery(["1"]), None)
        assert "params.z" not in table.columns
        assert count_runs(connection, RunQuery(["1"])) == 3
        assert read_table(connection, RunQuery(["9"]), None).run_ids == []
