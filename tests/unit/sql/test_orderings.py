"""Orderings become phases and columns."""

from __future__ import annotations

from epochal.search.parser import parse_order_by
from epochal.sql.conditions import NEVER, Condition
from epochal.sql.dialect import SQLITE
from epochal.sql.orderings import (
    Column,
    behind,
    experiment_keys,
    order_clause,
    phases,
    row_order,
    run_keys,
    source,
)

UP, DOWN = Column("a", "integer"), Column("b", "text", descending=True)


def steps(*clauses):
    return [
        (order_clause(phase.columns), phase.share)
        for phase in phases(run_keys(parse_order_by(clauses, "run")))
    ]


def test_by_default_the_newest_run_comes_first():
    """Runs without a start come last; run_id breaks ties."""
    assert steps() == [("r.start_time DESC, r.run_id", "present"), ("r.run_id", "present")]


def test_a_metric_has_three_phases():
    """Numbers, then NaN, then the runs without it in the default order."""
    shares = [share for _, share in steps("metrics.a DESC")]
    assert shares == ["number", "nan", "present", "present"]
    assert steps("metrics.a DESC")[0][0].startswith("o0.last_value DESC, CASE")


def test_nothing_is_ordered_behind_a_unique_field():
    """run_id decides; what follows it is left out."""
    assert steps("run_id DESC", "metrics.a") == [("r.run_id DESC", "present")]


def test_experiments_break_ties_by_id():
    """Newest first by default; behind an ordering of the user's, the higher id first."""

    def clause(*clauses):
        keys = experiment_keys(parse_order_by(clauses, "experiment"))
        return order_clause(phases(keys)[0].columns)

    assert clause() == "e.creation_time DESC, e.id"
    assert clause("name") == "e.name, e.id DESC"
    assert clause("name", "name DESC") == "e.name, e.id DESC"
    assert clause("experiment_id") == "e.id"


def test_behind_is_lexicographic_and_bounded():
    """A plain bound on the first column stands in front, for the index."""
    assert behind([UP, DOWN], (1, "x")) == Condition(
        "a >= ? AND (a > ? OR a = ? AND b < ?)", (1, 1, 1, "x")
    )
    assert behind([UP, DOWN], (1, None)) == Condition("a >= ? AND (a > ?)", (1, 1))
    assert behind([DOWN], (None,)) == NEVER


def test_rows_sort_in_python_as_in_the_database():
    """Directions are each column's own."""
    rows = [(1, 2, "x"), (2, 1, "x"), (3, 1, "y"), (4, 3, None)]
    assert [row[0] for row in sorted(rows, key=row_order([UP, DOWN]))] == [3, 2, 1, 4]


def test_a_phase_whose_key_was_never_logged_is_empty():
    """No run has it as a number; all runs lack it."""
    first, _, missing, _ = phases(run_keys(parse_order_by(["metrics.a"], "run")))
    assert source(first, {}, SQLITE, forced=True)[1] == NEVER
    assert source(missing, {}, SQLITE, forced=True)[1] != NEVER
