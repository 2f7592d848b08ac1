from __future__ import annotations

import pytest

from epochal.entities import Dataset, DatasetInput, InputTag, Metric, Points
from epochal.ports.tracking import NewRun, RunLog, RunQuery
from epochal.sql.runs import load_runs
from epochal.sql.store import SqlStore


@pytest.fixture
def numbers(any_database):
    """The row numbers of 30 filled runs."""
    store = SqlStore(any_database)
    for n in range(30):
        run_id = f"r{n}"
        store.create_run(NewRun(run_id, "0", "n", "u", n, {"t": str(n)}))
        points = Points.of([Metric("m", float(n), 0), Metric("k", 1.0, 0)])
        store.log(RunLog(run_id, points, {"p": str(n), "q": "x"})).result()
        tags = [InputTag("mlflow.data.context", "train")]
        store.log_inputs(run_id, [DatasetInput(Dataset("d", str(n), "local", "{}"), tags)])
    with any_database.read() as connection:
        return [row[0] for row in connection.execute("SELECT id FROM runs ORDER BY id")]


class Counting:
    """A connection that counts its statements."""

    def __init__(self, connection) -> None:
        self.dialect = connection.dialect
        self.statements = 0
        self._connection = connection

    def execute(self, sql, params=()):
        self.statements += 1
        return self._connection.execute(sql, params)


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_costs_a_fixed_number_of_statements(any_database, numbers, count):
    """One run and thirty runs are put together by the same few statements."""
    with any_database.read() as connection:
        counting = Counting(connection)
        found = load_runs(counting, numbers[:count])
    assert [run.data.params["p"] for run in found] == [str(n) for n in range(count)]
    assert all(len(run.inputs.dataset_inputs) == 1 for run in found)
    assert counting.statements == 9


def test_runs_come_in_the_order_asked_for(any_database, numbers):
    """Order is the search's business; unknown numbers are left out."""
    with any_database.read() as connection:
        found = load_runs(connection, [numbers[5], 10**9, numbers[2]])
        assert load_runs(connection, []) == []
    assert [run.info.run_id for run in found] == ["r5", "r2"]


def test_deletion_keeps_its_first_time(any_database, numbers):
    """A run deleted twice was deleted when it was deleted first; restored, it never was."""
    store = SqlStore(any_database)

    def deleted_time():
        with any_database.read() as connection:
            sql = "SELECT deleted_time FROM runs WHERE run_id = 'r0'"
            return connection.execute(sql)[0][0]

    for stage, now, expected in (("deleted", 5, 5), ("deleted", 9, 5), ("active", 9, None)):
        store.set_run_stage("r0", stage, now)
        assert deleted_time() == expected


def test_the_default_page_is_read_from_its_index(database):
    """SQLite walks the index of the default order and sorts nothing."""
    plan = []
    with database.read() as connection:
        recording = Counting(connection)
        original = recording.execute

        def explain(sql, params=()):
            rows = connection.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            plan.extend(row[3] for row in rows)
            return original(sql, params)

        recording.execute = explain
        from epochal.sql.search import find_runs

        find_runs(recording, RunQuery(["0"], limit=10))
    assert any("runs_by_start" in step for step in plan)
    assert not any("TEMP B-TREE" in step for step in plan)
