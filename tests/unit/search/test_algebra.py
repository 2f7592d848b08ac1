"""Trees are put together flat and taken apart in full."""

from __future__ import annotations

from epochal.search.algebra import (
    comparisons,
    conjunction,
    demands,
    depth,
    disjunction,
    negation,
    pushed,
    without,
)
from epochal.search.parser import parse_filter
from epochal.search.printer import to_text
from epochal.search.tree import And, Comparison, Field, Not, Or

A, B, C = (Comparison(Field("metric", key), ">", 0) for key in "abc")


def test_equal_joints_are_one():
    """An And in an And is no level of its own, nor is a joint of one part."""
    assert conjunction([A, conjunction([B, C])]) == And((A, B, C))
    assert disjunction([disjunction([A, B]), C]) == Or((A, B, C))
    assert conjunction([disjunction([A, B]), C]) == And((Or((A, B)), C))
    assert conjunction([A]) == disjunction([A]) == A


def test_a_complement_of_a_complement_is_the_thing_itself():
    """Two Nots are none."""
    assert negation(A) == Not(A)
    assert negation(negation(A)) == A


def test_what_is_met_is_asked_no_more():
    """Only clauses that And alone stands above can be left out; nothing may be left."""
    tree = And((A, And((B, Or((A, C))))))
    assert without(tree, lambda clause: clause == A) == And((B, Or((A, C))))
    assert without(And((A, B)), lambda clause: clause == A) == B
    assert without(And((A, And((A, A)))), lambda clause: clause == A) is None
    assert without(Not(A), lambda clause: clause == A) == Not(A)
    assert without(None, lambda clause: clause == A) is None


def test_all_clauses_are_found_and_those_that_must_hold():
    """Only what And alone stands above is demanded of each result."""
    tree = And((A, Or((B, Not(C)))))
    assert list(comparisons(tree)) == [A, B, C]
    assert list(demands(tree)) == [A]
    assert list(comparisons(And((A, And((B,)))))) == [A, B]
    assert list(demands(None)) == list(comparisons(None)) == []


def test_nots_are_pushed_down_to_clauses():
    """The same is meant, and no joint stands below a Not."""
    tree = parse_filter("NOT (metrics.a > 0 AND NOT (metrics.b > 0 OR metrics.c > 0))", "run")
    assert tree is not None
    assert to_text(pushed(tree)) == "NOT metrics.a > 0 OR metrics.b > 0 OR metrics.c > 0"


def test_depth_counts_joints():
    """A clause has none above it."""
    assert [depth(node) for node in (A, Not(A), And((A, B)), Not(Or((A, And((B, C))))))] == [
        *(0, 0, 1, 2)
    ]
