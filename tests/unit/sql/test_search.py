"""Searches cost what their page costs, and answer every legal query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from epochal.entities import Metric, Points
from epochal.errors import InvalidParameterError
from epochal.ports.tracking import ExperimentQuery, RunQuery
from epochal.search.parser import parse_filter, parse_order_by
from epochal.sql.database import open_database
from epochal.sql.orderings import phases, run_keys
from epochal.sql.search import (
    Scan,
    Window,
    compile_runs,
    find_experiments,
    find_runs,
)
from epochal.sql.summaries import add_to_summaries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from epochal.sql.database import Database

RUNS = 40


def _fill(connection):
    connection.execute("INSERT INTO keys (id, experiment, kind, name) VALUES (1, 0, 'm', 'loss')")
    connection.execute(
        "INSERT INTO keys (id, experiment, kind, name) VALUES (2, 0, 't', 'mlflow.runName')"
    )
    for i in range(1, RUNS + 1):
        connection.execute(
            "INSERT INTO runs (id, run_id, experiment, name, user_id, status, start_time, "
            "lifecycle_stage, artifact_uri) VALUES (?, ?, 0, ?, '', 'RUNNING', ?, 'active', '')",
            (i, f"{i:032x}", f"n{i}", i),
        )
        loss = float((i * 7) % RUNS)
        trace = [Metric("loss", loss + 100 * i, 0, 0), Metric("loss", loss, 0, 1)]
        add_to_summaries(connection, i, [1], Points.of(trace))
        connection.execute("INSERT INTO tags (run, key, value) VALUES (?, 2, ?)", (i, f"n{i}"))
    connection.execute("UPDATE experiments SET creation_time = NULL, last_update_time = NULL")
    experiments = [(1, "b", 5, "active"), (2, "a", 5, "active"), (3, "C", 9, "deleted")]
    for i, name, created, stage in experiments:
        connection.execute(
            "INSERT INTO experiments (id, name, artifact_location, lifecycle_stage, "
            "creation_time, last_update_time) VALUES (?, ?, '', ?, ?, ?)",
            (i, name, stage, created, created + i),
        )
    sql = "INSERT INTO experiment_tags (experiment, key, value) VALUES (?, 'team', ?)"
    connection.executemany(sql, [(1, "Data"), (2, "ops")])


def _opened(url) -> Iterator[Database]:
    opened = open_database(url)
    opened.write(_fill).result()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory) -> Iterator[Database]:
    yield from _opened(f"sqlite:///{tmp_path_factory.mktemp('search') / 'store.db'}")


@pytest.fixture(scope="module")
def postgresql(postgresql_server) -> Iterator[Database]:
    yield from _opened(postgresql_server.create_database())


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request) -> Database:
    return request.getfixturevalue(request.param)


def search(database, text="", order_by=(), **rest):
    where, ordering = parse_filter(text, "run"), parse_order_by(order_by, "run")
    with database.read() as connection:
        return find_runs(connection, RunQuery(["0"], where, ordering, **rest))


def experiments(database, text="", order_by=(), **rest):
    where, ordering = parse_filter(text, "experiment"), parse_order_by(order_by, "experiment")
    with database.read() as connection:
        return find_experiments(connection, ExperimentQuery(where, ordering, **rest))


def plan(database, text="", order_by=(), after=None):
    """How the first phase of a search is walked; SQLite alone plans without statistics."""
    keys = run_keys(parse_order_by(order_by, "run"))
    scan = Scan((0,), ("active",), {("m", "loss"): (1,)})
    statement = compile_runs(
        phases(keys)[0], Window(11, after), scan, parse_filter(text, "run"), database.dialect
    )
    assert statement is not None
    with database.read() as connection:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.params)
    return [row[3] for row in rows]


def test_the_default_order_walks_its_index(sqlite):
    """No sort, whatever the page: the cost grows with the page and not with the store."""
    for after in (None, (5, "a" * 32)):
        (walk,) = plan(sqlite, after=after)
        assert "INDEX runs_by_start (experiment=? AND lifecycle_stage=? AND start_time" in walk


def test_a_filter_keeps_the_walk(sqlite):
    """Clauses are looked up by primary key, row after row."""
    walk, *lookups = plan(sqlite, "metrics.loss > 1")
    assert "runs_by_start" in walk
    assert any("SEARCH x USING PRIMARY KEY (run=? AND key=?)" in step for step in lookups)
    assert not any("TEMP B-TREE" in step for step in lookups)


def test_a_metric_order_walks_its_index(sqlite):
    """Only ties are sorted; a filter on the metric and a token bound the walk."""
    for text, after in [("", None), ("metrics.loss < 5", None), ("", (3.0, 0, 5, "a" * 32))]:
        walk, *rest = plan(sqlite, text, ["metrics.loss"], after)
        assert "COVERING INDEX metric_summaries_by_value (key=? AND last_value" in walk
        assert not any(step.endswith("TEMP B-TREE FOR ORDER BY") for step in rest)


@pytest.mark.parametrize("end", ["min", "max"])
def test_an_order_by_an_extreme_walks_its_index(sqlite, end):
    """As that of the latest value does."""
    metric = f"{end}(metrics.loss)"
    for text, after in [("", None), (f"{metric} < 5", None), ("", (3.0, 0, 5, "a" * 32))]:
        walk, *rest = plan(sqlite, text, [metric], after)
        assert f"COVERING INDEX metric_summaries_by_{end} (key=? AND {end}_value" in walk
        assert not any(step.endswith("TEMP B-TREE FOR ORDER BY") for step in rest)


@pytest.mark.parametrize("function", ["mean", "first", "count", "min_step"])
def test_an_order_by_another_summary_reads_the_metric(sqlite, function):
    """It is sorted among the runs that have the metric; no other row is read."""
    walk, *_ = plan(sqlite, "", [f"{function}(metrics.loss)"])
    assert "metric_summaries_by_" in walk
    assert "(key=?)" in walk


def test_clauses_on_one_metric_share_a_lookup(sqlite):
    """Whatever they say of it: latest value and summaries stand in one row."""
    found = plan(sqlite, "metrics.loss > 1 AND min(metrics.loss) > 0 AND count(metrics.loss) = 2")
    assert sum("SEARCH x USING PRIMARY KEY" in step for step in found) == 1


def test_pages_ordered_by_summaries_follow_each_other(database):
    """Tokens hold whole numbers, doubles and computed means alike."""
    for clauses in (["mean(metrics.loss)"], ["count(metrics.loss) DESC", "max(metrics.loss)"]):
        found, token = [], None
        for size in (7, 7, 1, 100):
            page = search(database, order_by=clauses, limit=size, page_token=token)
            found += page.items
            token = page.token
        expected = sorted(range(1, RUNS + 1), key=lambda i: 50 * i + (i * 7) % RUNS)
        assert found == expected
        assert token is None


def test_a_token_is_bound_to_its_function(database):
    """The least value is another order than the latest or the greatest."""
    token = search(database, limit=5, order_by=["min(metrics.loss)"]).token
    for other in ("metrics.loss", "max(metrics.loss)", "min(metrics.loss) DESC"):
        with pytest.raises(InvalidParameterError, match="belongs to another search"):
            search(database, order_by=[other], page_token=token)


def test_a_run_named_by_the_filter_is_looked_up(sqlite):
    """run_id is unique, so nothing is walked, whatever the order."""
    for order_by in ((), ("metrics.loss",)):
        assert any(
            "sqlite_autoindex_runs_1 (run_id=?)" in step
            for step in plan(sqlite, "run_id = 'x'", order_by)
        )


def test_pages_follow_each_other(database):
    """Each run comes once, in order, and the last page has no token."""
    found, token = [], None
    for size in (7, 7, 1, 100):
        page = search(database, order_by=["metrics.loss DESC"], limit=size, page_token=token)
        found += page.items
        token = page.token
    assert token is None
    assert [(i * 7) % RUNS for i in found] == sorted(range(RUNS), reverse=True)


def test_runs_that_arrive_meanwhile_shift_nothing(database):
    """The next page begins behind the last row, not at an offset."""
    first = search(database, limit=5)
    database.write(
        lambda connection: connection.execute(
            "INSERT INTO runs (id, run_id, experiment, name, user_id, status, start_time, "
            "lifecycle_stage, artifact_uri) VALUES (99, 'new', 0, '', '', 'X', 1000, 'active', '')"
        )
    ).result()
    second = search(database, limit=5, page_token=first.token)
    database.write(lambda c: c.execute("DELETE FROM runs WHERE id = 99")).result()
    assert first.items + second.items == list(range(RUNS, RUNS - 10, -1))


def test_an_exact_page_has_no_token(database):
    """A token promises at least one more row."""
    assert search(database, limit=RUNS).token is None
    assert search(database, limit=RUNS - 1).token is not None


@pytest.mark.parametrize("token", ["rubbish", "eyJvZmZzZXQiOiAxMH0="])
def test_foreign_tokens_are_refused(database, token):
    """MLflow's offset token, for example, is not ours."""
    with pytest.raises(InvalidParameterError, match="Invalid page token"):
        search(database, page_token=token)
    with pytest.raises(InvalidParameterError, match="Invalid page token"):
        experiments(database, page_token=token)


def test_a_token_belongs_to_its_search(database):
    """With another order, filter or view it is refused; with another page size it is fine."""
    token = search(database, limit=5).token
    assert search(database, limit=3, page_token=token).items == [35, 34, 33]
    for other in ({"order_by": ["end_time"]}, {"text": "metrics.loss > 0"}, {"view": 3}):
        with pytest.raises(InvalidParameterError, match="belongs to another search"):
            search(database, page_token=token, **other)


@pytest.mark.parametrize(
    "text",
    [
        " AND ".join(f"run_name != 'x{i}'" for i in range(150)),
        " AND ".join(f"metrics.loss > -{i + 1}" for i in range(500)),
        " AND ".join(f"tags.unknown{i} IS NULL" for i in range(500)),
        " AND ".join(f"user_id != 'x{i}'" for i in range(500)),
        " AND ".join(f"NOT model.name = 'x{i}'" for i in range(500)),
        "run_id NOT IN (" + ", ".join(f"'{i}'" for i in range(2500)) + ")",
    ],
)
def test_long_filters_are_answered(database, text):
    """Hundreds of clauses and thousands of values are within every database's limits."""
    assert len(search(database, text).items) == RUNS


def test_many_orderings_are_answered(database):
    """Each is one join more; the next page compares them all."""
    order_by = [f"{kind}.k{i}" for i in range(10) for kind in ("metrics", "params", "tags")]
    order_by = ["metrics.loss DESC", *order_by, "tags.mlflow.runName"]
    first = search(database, order_by=order_by, limit=RUNS - 5)
    rest = search(database, order_by=order_by, limit=RUNS, page_token=first.token)
    assert len({*first.items, *rest.items}) == RUNS


def test_no_experiment_means_no_run(database):
    """Without experiments, with unknown ones and with ids that are no numbers."""
    for ids in ([], ["77"], ["x", "-1", "9" * 30, "²"]):
        with database.read() as connection:
            assert find_runs(connection, RunQuery(ids)).items == []


def test_thousands_of_experiments_are_searched_at_once(database):
    """Their ids are one bound value."""
    with database.read() as connection:
        page = find_runs(connection, RunQuery([str(i) for i in range(40_000)], limit=3))
    assert page.items == [RUNS, RUNS - 1, RUNS - 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [1, 2, 0]),
        ("name = 'a'", [2]),
        ("name != 'a'", [1, 0]),
        ("name ILIKE 'A'", [2]),
        ("name LIKE 'A'", []),
        ("experiment_id = '01'", [1]),
        ("experiment_id != '1'", [2, 0]),
        ("experiment_id IN ('0', '2')", [2, 0]),
        ("experiment_id NOT IN ('0', '2')", [1]),
        ("creation_time >= 5", [1, 2]),
        ("last_update_time < 7", [1]),
        ("tags.team = 'Data'", [1]),
        ("tags.team ILIKE 'data'", [1]),
        ("tags.team != 'Data'", [2]),
        ("tags.team IS NULL", [0]),
        ("tags.team IS NOT NULL AND name LIKE '%'", [1, 2]),
    ],
)
def test_experiments_are_filtered(database, text, expected):
    """Newest first, a missing creation time last; a missing tag matches only IS NULL."""
    assert experiments(database, text).items == expected


@pytest.mark.parametrize(
    ("order_by", "expected"),
    [
        (["name"], [3, 0, 2, 1]),
        (["name DESC"], [1, 2, 0, 3]),
        (["creation_time"], [2, 1, 3, 0]),
        (["creation_time DESC"], [3, 2, 1, 0]),
        (["experiment_id"], [0, 1, 2, 3]),
        (["creation_time", "experiment_id"], [1, 2, 3, 0]),
    ],
)
def test_experiments_are_ordered_and_paged(database, order_by, expected):
    """Names in byte order, missing times last in both directions, page by page the same."""
    assert experiments(database, order_by=order_by, view=3).items == expected
    found, token = [], None
    for _ in expected:
        page = experiments(database, order_by=order_by, view=3, limit=1, page_token=token)
        found += page.items
        token = page.token
    assert found == expected
    assert token is None


def test_deleted_experiments_are_found_when_asked_for(database):
    """By their stage alone."""
    assert experiments(database, view=2).items == [3]
