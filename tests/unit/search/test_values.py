"""Values take the form that their field and comparator ask for."""

from __future__ import annotations

import pytest

from epochal.errors import SearchSyntaxError
from epochal.search.parser import parse_filter
from epochal.search.tree import Comparison, Moment


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("params.p = '1'", "1"),
        ("params.p = 1", 1),
        ("params.p IN (1, 2.5)", (1, 2.5)),
        ("metrics.a BETWEEN 1 AND 2", (1, 2)),
        ("start_time > '1970-01-01'", 0),
        ("start_time <= '1970-01-01'", 0),
        ("start_time = '1970-01-01 00:00:01'", (1000, 1999)),
        ("start_time BETWEEN now - 1h AND now", (Moment(-3_600_000), Moment())),
        ("duration < 1500ms", 1.5),
        ("duration IN (60, 2h)", (60, 7200)),
        ("end_time IS NULL", None),
    ],
)
def test_values_are_read(text, value):
    """A date is its first instant, or all it covers where it is compared for equality."""
    tree = parse_filter(text, "run")
    assert isinstance(tree, Comparison)
    assert tree.value == value
    assert isinstance(tree.value, type(value))


@pytest.mark.parametrize("operator", ["=", "!=", "BETWEEN"])
def test_a_date_that_is_compared_for_equality_is_a_range(operator):
    """So that `start_time = '2026-11-01'` finds the runs of that day."""
    text = "'1970-01-01'" if operator != "BETWEEN" else "'1970-01-01' AND '1970-01-01'"
    tree = parse_filter(f"start_time {operator} {text}", "run")
    assert isinstance(tree, Comparison)
    assert tree.operator == ("NOT BETWEEN" if operator == "!=" else "BETWEEN")
    assert tree.value == (0, 86_399_999)


def test_the_patterns_of_a_filter_share_a_budget():
    """Each is matched with each run, so many small ones cost as much as a great one."""
    clause = "params.p{} =~ '(x?){{25}}x{{30}}y'"
    fits = " OR ".join(clause.format(n) for n in range(17))
    assert parse_filter(fits, "run") is not None
    position = len(fits) + len(" OR params.p17 =~ ")
    with pytest.raises(SearchSyntaxError, match="1008 characters to match") as refused:
        parse_filter(f"{fits} OR {clause.format(17)}", "run")
    assert refused.value.position == position
