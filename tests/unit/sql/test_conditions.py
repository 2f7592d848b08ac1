"""Filters become conditions whose size and depth every database takes."""

from __future__ import annotations

import math

import pytest

from epochal.search.parser import parse_filter
from epochal.search.tree import And, Comparison, Field
from epochal.sql.conditions import (
    ALWAYS,
    NEVER,
    Condition,
    all_of,
    bounds,
    comparisons,
    experiment_condition,
    run_condition,
)
from epochal.sql.dialect import POSTGRESQL, SQLITE

KEYS = {("m", "a"): (1,), ("p", "a"): (2, 3), ("t", "mlflow.runName"): (4,)}


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
    ],
)
def test_each_value_has_its_placeholder(text, dialect):
    """No value of a user's stands in the SQL itself."""
    condition = runs(text, dialect)
    assert condition.sql.count("?") == len(condition.params)
    assert "'" not in condition.sql.replace("ESCAPE ''", "")


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


def test_long_conjunctions_stay_shallow():
    """A chain of ANDs is cut into groups, and keeps the order of its values."""
    parts = [Condition("x = ?", (i,)) for i in range(2000)]
    whole = all_of(parts)
    assert whole.params == tuple(range(2000))
    assert max(len(group.split(" AND ")) for group in whole.sql.split(")")) <= 26


def test_a_filter_bounds_the_walk_over_its_metric():
    """All but `!=` bound; NaN would be lost with it."""
    tree = parse_filter("metrics.a > 1 AND metrics.a != 2 AND metrics.b < 3", "run")
    field = Field("metric", "a")
    assert bounds(tree, field, "o0.last_value") == [Condition("o0.last_value > ?", (1.0,))]


def test_metrics_compare_as_doubles():
    """An integer in the filter is bound as a double, so no database compares integers."""
    assert runs("metrics.a > 1").params == (1, 1.0)
    assert isinstance(runs("metrics.a > 1").params[1], float)
    assert runs("metrics.a > 1e400").params[1] == math.inf


def test_experiment_ids_are_numbers():
    """'01' and '1' are the same experiment."""
    condition = experiment_condition(parse_filter("experiment_id = '01'", "experiment"), SQLITE)
    assert condition == Condition("e.id = ?", (1,))


def test_nested_conjunctions_are_walked():
    """A tree that was built by hand may nest."""
    one, two = (Comparison(Field("metric", "a"), ">", i) for i in (1, 2))
    assert list(comparisons(And((one, And((two,)))))) == [one, two]
