"""Texts are cut into tokens that know their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.errors import SearchSyntaxError
from epochal.search.lexer import MAX_LENGTH, tokenize


def kinds(text):
    return [(token.kind, token.text) for token in tokenize(text, "text")[:-1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("metrics.a>=-1.5e3", [("word", "metrics.a"), ("comparator", ">="), ("number", "-1.5e3")]),
        ("1.and", [("word", "1.and")]),
        ("a<>b", [("word", "a"), ("comparator", "<>"), ("word", "b")]),
        ("tags.`x y`", [("word", "tags."), ("backquoted", "`x y`")]),
        ("'it''s' \"a'b\"", [("text", "'it''s'"), ("text", '"a\'b"')]),
        ("(a,-)", [("symbol", c) if c in "(,-)" else ("word", c) for c in "(a,-)"]),
    ],
)
def test_tokens_are_told_apart(text, expected):
    """The longest reading wins; a number ends where no letter follows."""
    assert kinds(text) == expected


def test_tokens_know_their_place():
    """Positions count characters from zero, and neighbours know each other."""
    first, second, third, end = tokenize("ä.'x'  b", "text")
    assert [t.position for t in (first, second, third, end)] == [0, 2, 7, 8]
    assert first.touches(second)
    assert not second.touches(third)
    assert second.content == "x"
    assert third.keyword == "B"


@pytest.mark.parametrize("text", ["'a", '"a', "`a", "'a''", "x" * (MAX_LENGTH + 1), "\x00"])
def test_unreadable_texts_are_refused(text):
    """An open quote, a text too long and a character no store holds."""
    with pytest.raises(SearchSyntaxError):
        tokenize(text, "text")


def test_many_open_quotes_take_linear_time():
    """A text of quotes only is refused at once."""
    with pytest.raises(SearchSyntaxError):
        tokenize("'" * (MAX_LENGTH - 1), "text")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00'\"`")))
def test_tokens_and_white_space_are_the_whole_text(text):
    """Nothing is lost between the tokens."""
    joined = "".join(token.text for token in tokenize(text, "text"))
    assert joined == "".join(text.split()) or joined.split() == "".join(text.split()).split()
