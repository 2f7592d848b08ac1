"""Conditions are joined so that every database takes them."""

from __future__ import annotations

import pytest

from epochal.search.tree import Field
from epochal.sql.conditions import (
    ALWAYS,
    NEVER,
    Condition,
    all_of,
    any_of,
    filter_key_name,
    negated,
    run_column,
)

ONE, TWO = Condition("x = ?", (1,)), Condition("y = ?", (2,))


@pytest.mark.parametrize(("join", "joint"), [(all_of, " AND "), (any_of, " OR ")])
def test_long_chains_stay_shallow(join, joint):
    """A chain of joints is cut into groups, and keeps the order of its values."""
    parts = [Condition("x = ?", (i,)) for i in range(2000)]
    whole = join(parts)
    assert whole.params == tuple(range(2000))
    assert max(len(group.split(joint)) for group in whole.sql.split(")")) <= 26


def test_what_is_certain_is_left_out():
    """ALWAYS and NEVER decide a joint or vanish in it."""
    assert all_of([ONE, ALWAYS, TWO]) == all_of([ONE, TWO])
    assert all_of([ONE, NEVER]) == NEVER
    assert all_of([]) == ALWAYS
    assert any_of([ONE, NEVER]) == ONE
    assert any_of([ONE, ALWAYS]) == ALWAYS
    assert any_of([]) == NEVER
    assert negated(ALWAYS) == NEVER
    assert negated(NEVER) == ALWAYS


def test_alternatives_stand_in_parentheses():
    """So that they may be joined further; a complement holds where its condition is NULL."""
    assert any_of([ONE, TWO]) == Condition("(x = ? OR y = ?)", (1, 2))
    assert negated(ONE) == Condition("(x = ?) IS NOT TRUE", (1,))


def test_columns_are_spelled_for_any_row():
    """The same attribute of the run itself and of a related one."""
    assert run_column("status", "r") == "r.status"
    assert run_column("duration", "p").count("p.") == 2
    assert "r." not in run_column("duration", "p")


def test_the_name_of_a_run_is_its_tag():
    """Filters look at the tag, as MLflow's do."""
    assert filter_key_name(Field("attribute", "run_name")) == ("t", "mlflow.runName")
    assert filter_key_name(Field("attribute", "status")) is None
