"""One clause becomes one test of a column."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from epochal.errors import SearchSyntaxError
from epochal.search.numerals import read_number
from epochal.search.parser import parse_filter
from epochal.search.patterns import compiled
from epochal.sql.clauses import (
    duration_clause,
    metric_clause,
    number_clause,
    number_of_experiment_clause,
    text_clause,
)
from epochal.sql.conditions import Condition
from epochal.sql.database import open_database
from epochal.sql.dialect import POSTGRESQL, SQLITE


def clause(text, kind="run"):
    return parse_filter(text, kind)


@pytest.mark.parametrize(
    ("text", "sql", "params"),
    [
        ("params.p = 'a'", "x = ?", ("a",)),
        ("params.p NOT IN ('a')", "NOT (x IN (SELECT value FROM json_each(?)))", ('["a"]',)),
        ("params.p NOT LIKE 'a'", "NOT (x LIKE ?)", ("a",)),
        ("params.p !~ 'a'", "NOT (matches(?, x))", ("a",)),
        ("params.p > 1", "number(x) > ?", (1.0,)),
        ("params.p IN (1, 2)", "number(x) IN (?, ?)", (1.0, 2.0)),
        ("params.p BETWEEN 1 AND 2", "number(x) BETWEEN ? AND ?", (1.0, 2.0)),
        ("params.p IS NOT NULL", "x IS NOT NULL", ()),
    ],
)
def test_texts_are_compared(text, sql, params):
    """As texts, or as the numbers that they spell."""
    assert text_clause("x", clause(text), SQLITE) == Condition(sql, params)


def test_metrics_know_not_a_number():
    """NULL stands for NaN: it differs from every number."""
    assert metric_clause("x", clause("metrics.a > 1")) == Condition("x > ?", (1.0,))
    differs = Condition("(x NOT IN (?, ?) OR x IS NULL)", (1.0, math.inf))
    assert metric_clause("x", clause("metrics.a NOT IN (1, 1e400)")) == differs
    exact = metric_clause("x", clause("count(metrics.a) = 9007199254740993"))
    assert exact.params == (9007199254740993,)


def test_times_are_exact_and_distances_end_at_the_clock():
    """An integer of 64 bits stays one; `now` is when the statement is made."""
    assert number_clause("x", clause("start_time = 9007199254740993")).params == (
        9007199254740993,
    )
    (bound,) = number_clause("x", clause("start_time > now - 1d")).params
    assert abs(bound - (time.time() - 86_400) * 1000) < 5_000


def test_durations_are_seconds():
    """As doubles, like the column."""
    (bound,) = duration_clause("x", clause("duration > 2m")).params
    assert (bound, type(bound)) == (120.0, float)
    assert duration_clause("x", clause("duration IS NOT NULL")) == Condition("x IS NOT NULL")


def test_experiment_ids_are_numbers():
    """'01' and '1' are the same experiment."""
    found = number_of_experiment_clause(
        "e.id", clause("experiment_id IN ('01', '2')", "experiment")
    )
    assert found == Condition("e.id IN (?, ?)", (1, 2))


@pytest.fixture(scope="module")
def postgresql(postgresql_server):
    opened = open_database(postgresql_server.create_database())
    yield opened
    opened.close()


_ATOMS = ["a", "B", "é", ".", "[ab]", "[^a]", r"\d", r"\w", r"\s", r"\W", r"\.", "-", "^", "$"]
_PIECES = [*_ATOMS, r"\b", "(", ")", "(?:", "|", "*", "+", "?", "{2}", "{0,2}", "{1,}"]
_BITS = ["a", "A", "b", "B", "é", "É", " ", "\n", ".", "-", "1", "_", "٣"]


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@given(
    st.booleans(),
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=7).map("".join),
    st.lists(st.lists(st.sampled_from(_BITS), max_size=6).map("".join), min_size=1, max_size=8),
)
def test_a_pattern_means_the_same_to_both_databases(postgresql, caseless, pattern, texts):
    """RE2, which SQLite calls, and PostgreSQL agree on every pattern that is read."""
    pattern = f"(?i){pattern}" if caseless else pattern
    try:
        expected = [compiled(pattern).search(text) is not None for text in texts]
    except SearchSyntaxError:
        return
    sql, bound = POSTGRESQL.matches('x.value COLLATE "C"', pattern)
    sql = sql.replace('COLLATE "C" COLLATE', "COLLATE")
    with postgresql.read() as connection:
        rows = connection.execute(
            f"SELECT {sql} FROM unnest(?::text[]) WITH ORDINALITY x (value, n) ORDER BY n",
            (bound, texts),
        )
    assert [row[0] for row in rows] == expected, pattern


_NUMERALS = [*"0129.eE+-", "inf", "Infinity", "nan", "e-3", "e308", "e-324", "1.7976931348623157"]


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.lists(st.sampled_from(_NUMERALS), max_size=5).map("".join), min_size=1))
def test_a_text_is_the_same_number_to_both_databases(postgresql, texts):
    """To the last bit, too great and too small ones included; none of them is an error."""
    with postgresql.read() as connection:
        rows = connection.execute(
            f"SELECT {POSTGRESQL.number('x.value')} "
            "FROM unnest(?::text[]) WITH ORDINALITY x (value, n) ORDER BY n",
            (texts,),
        )
    assert [row[0] for row in rows] == [read_number(text) for text in texts]
