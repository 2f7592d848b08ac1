"""Trees are printed so that they read as the same trees."""

from __future__ import annotations

import math
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.errors import InvalidParameterError
from epochal.search.algebra import conjunction, disjunction, negation
from epochal.search.parser import parse_filter, parse_order_by
from epochal.search.printer import to_order_by, to_text
from epochal.search.tree import Comparison, Field, Function, Moment, Node, OrderBy

_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
_KEYS = st.text(_CHARACTERS, min_size=1, max_size=8)
_TEXTS = st.text(_CHARACTERS, max_size=12).filter(lambda text: "'" not in text or '"' not in text)
_NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False)
_RELATIONS = st.sampled_from([None, "parent", "child"])
_FUNCTIONS = st.sampled_from([None, *get_args(Function)])
_ORDERED = st.sampled_from(["=", "!=", ">", ">=", "<", "<="])


def _free(relations: st.SearchStrategy) -> st.SearchStrategy[Field]:
    return st.builds(
        Field, st.sampled_from(["param", "tag"]), _KEYS, st.none(), relation=relations
    )


def _metrics(relations: st.SearchStrategy) -> st.SearchStrategy[Field]:
    return st.builds(Field, st.just("metric"), _KEYS, _FUNCTIONS, relations)


def _comparisons() -> st.SearchStrategy[Comparison]:
    textual = st.sampled_from(["=", "!=", "LIKE", "NOT LIKE", "ILIKE", "NOT ILIKE"])
    dataset = st.builds(Field, st.just("dataset"), st.sampled_from(["name", "digest", "context"]))
    name = st.just(Field("attribute", "name", relation="experiment"))
    time = st.builds(Field, st.just("attribute"), st.sampled_from(["end_time", "start_time"]))
    duration = st.just(Field("attribute", "duration"))
    moments = st.builds(Moment, st.integers(-(10**15), 10**15))
    texts = _free(_RELATIONS) | dataset | name
    numbers = _metrics(_RELATIONS) | time | duration | _free(_RELATIONS)
    pairs = st.tuples(_NUMBERS, _NUMBERS)
    return st.one_of(
        st.builds(Comparison, numbers, _ORDERED, _NUMBERS),
        st.builds(Comparison, numbers, st.sampled_from(["BETWEEN", "NOT BETWEEN"]), pairs),
        st.builds(Comparison, numbers, st.sampled_from(["IN", "NOT IN"]), _tuples(_NUMBERS)),
        st.builds(Comparison, time, _ORDERED, moments),
        st.builds(Comparison, texts, textual, _TEXTS),
        st.builds(Comparison, texts, st.sampled_from(["=~", "!~"]), st.just("^a+$")),
        st.builds(Comparison, texts, st.sampled_from(["IN", "NOT IN"]), _tuples(_TEXTS)),
        st.builds(Comparison, texts | numbers, st.sampled_from(["IS NULL", "IS NOT NULL"])),
    )


def _tuples(items: st.SearchStrategy) -> st.SearchStrategy[tuple]:
    return st.lists(items, min_size=1, max_size=3).map(tuple)


def _trees() -> st.SearchStrategy[Node]:
    return st.recursive(
        _comparisons(),
        lambda part: st.one_of(
            part.map(negation),
            st.lists(part, min_size=2, max_size=3).map(conjunction),
            st.lists(part, min_size=2, max_size=3).map(disjunction),
        ),
        max_leaves=8,
    )


@given(_trees())
def test_what_is_printed_reads_as_the_same_tree(tree):
    """Printing and parsing are inverse to each other."""
    assert parse_filter(to_text(tree), "run") == tree


@given(_free(st.none()) | _metrics(st.none()), st.booleans())
def test_a_printed_ordering_reads_as_the_same_ordering(field, descending):
    """The same for order_by."""
    ordering = OrderBy(field, descending)
    assert parse_order_by([to_order_by(ordering)], "run") == (ordering,)


@pytest.mark.parametrize(
    "node",
    [
        Comparison(Field("metric", "a"), ">", math.nan),
        Comparison(Field("param", "a"), "=", "'\""),
    ],
)
def test_what_the_language_cannot_spell_is_refused(node):
    """NaN and text with both kinds of quotes have no spelling."""
    with pytest.raises(InvalidParameterError):
        to_text(node)
