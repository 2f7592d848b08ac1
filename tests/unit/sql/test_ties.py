"""Runs of equal values: pages of them cost what pages of different ones do."""

from __future__ import annotations

import pytest

from epochal.ports.tracking import RunQuery
from epochal.search.parser import parse_order_by
from epochal.sql import ties
from epochal.sql.database import open_database
from epochal.sql.search import find_runs

RUNS = 400
LONG = "x" * 200


class Watching:
    """A connection that remembers the statements it ran."""

    def __init__(self, connection) -> None:
        self._connection = connection
        self.dialect = connection.dialect
        self.statements = []

    def execute(self, sql, params=()):
        self.statements.append((sql, params))
        return self._connection.execute(sql, params)


def _fill(connection):
    connection.execute("INSERT INTO keys (id, experiment, kind, name) VALUES (1, 0, 'p', 'half')")
    connection.execute("INSERT INTO keys (id, experiment, kind, name) VALUES (2, 0, 'p', 'long')")
    connection.execute("INSERT INTO keys (id, experiment, kind, name) VALUES (3, 0, 'p', 'own')")
    connection.executemany(
        "INSERT INTO runs (id, run_id, experiment, name, user_id, status, start_time, "
        "lifecycle_stage, artifact_uri) VALUES (?, ?, 0, '', '', 'RUNNING', ?, 'active', '')",
        [(number, f"{number:04}", number) for number in range(1, RUNS + 1)],
    )
    connection.executemany(
        "INSERT INTO params (run, key, value) VALUES (?, ?, ?)",
        [
            (number, key, value)
            for number in range(1, RUNS + 1)
            for key, value in enumerate(
                ("ab"[number % 2], f"{LONG}{-number % 7}", f"{number:03}"), 1
            )
        ],
    )


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory):
    opened = open_database(f"sqlite:///{tmp_path_factory.mktemp('ties') / 'store.db'}")
    opened.write(_fill).result()
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def short_stretch(monkeypatch):
    monkeypatch.setattr(ties, "STRETCH", 20)


def found(database, *order_by):
    with database.read() as connection:
        watching = Watching(connection)
        query = RunQuery(["0"], order_by=parse_order_by(order_by, "run"), limit=10)
        page = find_runs(watching, query)
        plans = [
            [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", params)]
            for sql, params in watching.statements
        ]
    return page.items, plans


def test_many_runs_of_one_value_are_walked_in_the_order_that_follows(sqlite):
    """By start, along its index, without sorting all that have the value."""
    items, plans = found(sqlite, "params.half DESC")
    assert items == list(range(RUNS - 1, RUNS - 21, -2))
    assert any("INDEX runs_by_start" in plan[0] for plan in plans)
    assert not any("TEMP B-TREE FOR ORDER BY" in step for plan in plans for step in plan)


def test_what_follows_may_be_another_key(sqlite):
    """Whose own index is walked then."""
    items, plans = found(sqlite, "params.half", "params.own")
    assert items == list(range(2, 22, 2))
    walks = [plan[0] for plan in plans if "params_by_value" in plan[0]]
    assert len(walks) == len(plans) - 1  # all but the look for the keys' numbers


def test_values_that_differ_behind_the_index_are_sorted(sqlite):
    """The index holds their first 200 characters."""
    items, _ = found(sqlite, "params.long")
    assert items == list(range(399, 330, -7))


def test_different_values_are_read_in_a_stretch(sqlite):
    """As many index entries as the page needs, and not more than a stretch is sorted."""
    items, plans = found(sqlite, "params.own DESC")
    assert items == list(range(RUNS, RUNS - 10, -1))
    assert all("params_by_value" in plan[0] for plan in plans[1:])
