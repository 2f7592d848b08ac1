"""Filters become conditions whose size and depth every database takes."""

from __future__ import annotations

import math

import pytest

from epochal.search.cases import DOTTED, SIGMA
from epochal.search.numerals import INFINITY, NUMBER
from epochal.search.parser import MAX_DEPTH, parse_filter
from epochal.search.tree import Field
from epochal.sql.conditions import ALWAYS, NEVER, Condition
from epochal.sql.database import open_database
from epochal.sql.dialect import POSTGRESQL, SQLITE
from epochal.sql.filters import (
    beyond_bounds,
    bounds,
    experiment_condition,
    run_condition,
    wanted_keys,
)

PARENT = ("t", "mlflow.parentRunId")
KEYS = {("m", "a"): (1,), ("p", "a"): (2, 3), ("t", "mlflow.runName"): (4,), PARENT: (5,)}


def runs(text, dialect=SQLITE):
    return run_condition(parse_filter(text, "run"), dialect, KEYS)


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRESQL])
@pytest.mark.parametrize(
    "text",
    [
        "metrics.a != 1 AND metrics.a < 1e400",
        "params.a LIKE 'x%' AND params.a ILIKE 'x%'",
        "run_name = 'x' AND run_id IN ('a', 'b') AND start_time > 1.5",
        "datasets.name NOT IN ('a') AND datasets.context = 'train'",
        "params.a IS NULL",
        "params.a > 1 OR NOT tags.mlflow.runName =~ '^x' OR metrics.a IN (1, 2)",
        "parent.metrics.a BETWEEN 1 AND 2 AND child.datasets.name NOT LIKE 'x'",
        "experiment.name = 'x' OR NOT (experiment.tags.a = 'x' AND duration > 2h)",
    ],
)
def test_each_value_has_its_placeholder(text, dialect):
    """No value of a user's stands in the SQL itself."""
    condition = runs(text, dialect)
    assert condition.sql.count("?") == len(condition.params)
    allowed = (
        "ESCAPE ''",
        "'mlflow.data.context'",
        "'active'",
        f"'^{NUMBER}$'",
        f"'^{INFINITY}$'",
        *(f"'{letter}'" for letter in (*DOTTED, *SIGMA)),
    )
    left = condition.sql
    for piece in (*allowed, "'Infinity'", "'-Infinity'"):
        left = left.replace(piece, "")
    assert "'" not in left


def test_a_name_never_logged_decides_the_clause():
    """Nothing can match it, except the wish that it be missing."""
    assert runs("metrics.unknown != 1") == NEVER
    assert runs("metrics.a > 0 AND tags.unknown IS NOT NULL") == NEVER
    assert runs("tags.unknown IS NULL") == ALWAYS
    assert runs("tags.unknown IS NULL AND tags.unknown = 'x'") == NEVER
    assert runs("params.a IS NULL AND params.a = 'x'") == NEVER


def test_no_filter_demands_nothing():
    """An absent tree is always true."""
    assert run_condition(None, SQLITE, {}) == ALWAYS
    assert experiment_condition(None, SQLITE) == ALWAYS


def test_clauses_on_one_name_share_a_lookup():
    """500 clauses on one param read its row once."""
    text = " AND ".join(f"params.a != 'x{i}'" for i in range(500))
    assert runs(text).sql.count("FROM params") == 1


def test_a_filter_bounds_the_walk_over_its_metric():
    """All but `!=` bound; NaN would be lost with it. What bounds is not asked twice."""
    text = "metrics.a > 1 AND metrics.a != 2 AND metrics.b < 3 AND (metrics.a > 2 OR status = 'x')"
    tree = parse_filter(text, "run")
    field = Field("metric", "a")
    assert bounds(tree, field, "o0.last_value") == [Condition("o0.last_value > ?", (1.0,))]
    left = "metrics.a != 2 AND metrics.b < 3 AND (metrics.a > 2 OR status = 'x')"
    assert beyond_bounds(tree, field) == parse_filter(left, "run")
    assert beyond_bounds(parse_filter("metrics.a > 1", "run"), field) is None


def test_what_was_logged_is_looked_up_before_the_run():
    """Where the walk starts in another table, its own number of the run leads to the values."""
    tree = parse_filter("params.a = 'x' AND status = 'FINISHED'", "run")
    condition = run_condition(tree, SQLITE, KEYS, "o0.run")
    assert "x.run = o0.run" in condition.sql
    assert "r.id" not in condition.sql
    assert "r.status" in condition.sql


def test_metrics_compare_as_doubles():
    """An integer in the filter is bound as a double, so no database compares integers."""
    assert runs("metrics.a > 1").params == (1, 1.0)
    assert isinstance(runs("metrics.a > 1").params[1], float)
    assert runs("metrics.a > 1e400").params[1] == math.inf


def test_experiment_ids_are_numbers():
    """'01' and '1' are the same experiment."""
    condition = experiment_condition(parse_filter("experiment_id = '01'", "experiment"), SQLITE)
    assert condition == Condition("e.id = ?", (1,))


def test_clauses_on_one_name_share_a_lookup_under_or_and_not():
    """So 500 alternatives, and the complements of them, read one row."""
    either = " OR ".join(f"params.a = 'x{i}'" for i in range(500))
    assert runs(either).sql.count("FROM params") == 1
    neither = " AND ".join(f"NOT params.a = 'x{i}'" for i in range(500))
    assert runs(neither).sql.count("FROM params") == 1


def test_an_impossible_alternative_is_left_out():
    """A name that was never logged decides its clause, and the rest what remains of it."""
    assert runs("metrics.unknown > 1 OR status = 'x'") == runs("status = 'x'")
    assert runs("NOT metrics.unknown > 1 AND status = 'x'") == runs("status = 'x'")
    assert runs("NOT metrics.unknown > 1 OR status = 'x'") == ALWAYS
    assert runs("NOT tags.unknown IS NULL") == NEVER


def test_wanted_keys_are_those_that_are_looked_up():
    """The own names of the run, and the tag of its parent where a relation needs it."""
    tree = parse_filter("metrics.a > 1 OR NOT run_name = 'x' AND user = 'y'", "run")
    assert wanted_keys(tree) == {("m", "a"), ("t", "mlflow.runName")}
    tree = parse_filter("parent.metrics.a > 1 AND experiment.tags.x = 'y'", "run")
    assert wanted_keys(tree) == {PARENT}
    assert wanted_keys(None) == set()


def test_nothing_is_related_where_no_run_has_a_parent():
    """Then no related run is looked for."""
    tree = parse_filter("parent.metrics.a > 1 OR child.status = 'x'", "run")
    assert run_condition(tree, SQLITE, {}) == NEVER


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
@pytest.mark.parametrize(
    "text",
    [
        "".join("(" if i % 2 else "metrics.a > 1 AND (" for i in range(MAX_DEPTH - 1))
        + "metrics.a > 1 OR status = 'x'"
        + ")" * (MAX_DEPTH - 1),
        "".join(f"status = '{i}' {'OR' if i % 2 else 'AND'} (" for i in range(MAX_DEPTH - 1))
        + "metrics.a > 1"
        + ")" * (MAX_DEPTH - 1),
        "NOT (status = 'x' AND " * (MAX_DEPTH // 2)
        + "parent.metrics.a IN (1, 2)"
        + ")" * (MAX_DEPTH // 2),
        " OR ".join(f"(status = 's{i}' AND params.p{i} = 'x')" for i in range(250)),
        " AND ".join(f"(status = 's{i}' OR params.p{i} < 1)" for i in range(250)),
    ],
)
def test_the_deepest_and_the_widest_filter_run(request, name, text):
    """What the parser lets pass, both databases take."""
    database = open_database(request.getfixturevalue(f"{name}_url"))
    try:
        with database.read() as connection:
            tree = parse_filter(text, "run")
            known = dict.fromkeys(wanted_keys(tree), (1,))
            condition = run_condition(tree, connection.dialect, known)
            sql = f"SELECT r.id FROM runs r WHERE r.experiment = ? AND {condition.sql}"
            assert not connection.execute(sql, (0, *condition.params))
    finally:
        database.close()
