"""Trees are printed so that they read as the same trees."""

from __future__ import annotations

import math
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.errors import InvalidParameterError
from epochal.search.parser import parse_filter, parse_order_by
from epochal.search.printer import to_order_by, to_text
from epochal.search.tree import And, Comparison, Field, Function, OrderBy

_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
_KEYS = (
    st.text(_CHARACTERS, min_size=1, max_size=8)
    .filter(lambda key: "`" not in key or "'" not in key or '"' not in key)
    .filter(lambda key: "`" not in key or not ("'" in key and '"' in key))
)
_TEXTS = st.text(_CHARACTERS, max_size=12).filter(lambda text: "'" not in text or '"' not in text)
_NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False)
_FREE = st.builds(Field, st.sampled_from(["param", "tag"]), _KEYS)

_METRICS = st.builds(Field, st.just("metric"), _KEYS, st.sampled_from([None, *get_args(Function)]))


def _comparisons() -> st.SearchStrategy[Comparison]:
    ordered = st.sampled_from(["=", "!=", ">", ">=", "<", "<="])
    textual = st.sampled_from(["=", "!=", "LIKE", "ILIKE"])
    lists = st.lists(_TEXTS, min_size=1, max_size=3).map(tuple)
    dataset = st.builds(Field, st.just("dataset"), st.sampled_from(["name", "digest", "context"]))
    return st.one_of(
        st.builds(Comparison, _METRICS, ordered, _NUMBERS),
        st.builds(Comparison, st.just(Field("attribute", "end_time")), ordered, _NUMBERS),
        st.builds(Comparison, _FREE, textual, _TEXTS),
        st.builds(Comparison, _FREE, st.sampled_from(["IS NULL", "IS NOT NULL"])),
        st.builds(Comparison, dataset, st.sampled_from(["IN", "NOT IN"]), lists),
    )


@given(st.lists(_comparisons(), min_size=1, max_size=4))
def test_what_is_printed_reads_as_the_same_tree(parts):
    """Printing and parsing are inverse to each other."""
    tree = parts[0] if len(parts) == 1 else And(tuple(parts))
    assert parse_filter(to_text(tree), "run") == tree


@given(_FREE | _METRICS, st.booleans())
def test_a_printed_ordering_reads_as_the_same_ordering(field, descending):
    """The same for order_by."""
    ordering = OrderBy(field, descending)
    assert parse_order_by([to_order_by(ordering)], "run") == (ordering,)


@pytest.mark.parametrize(
    "node",
    [
        Comparison(Field("metric", "a"), ">", math.nan),
        Comparison(Field("param", "a"), "=", "'\""),
        Comparison(Field("param", "`'\""), "=", "x"),
    ],
)
def test_what_the_language_cannot_spell_is_refused(node):
    """NaN and text with every kind of quote have no spelling."""
    with pytest.raises(InvalidParameterError):
        to_text(node)
