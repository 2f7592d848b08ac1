"""Patterns are read in one way, and what could take long is refused."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.errors import SearchSyntaxError
from epochal.search.patterns import MAX_LENGTH, compiled, read_pattern


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("abc", "xabcx", "abx"),
        ("^abc$", "abc", "abc\n"),
        ("a.c", "a\nc", "ac"),
        ("(?i)straße", "STRAßE", "strasse"),
        ("(?i)É", "é", "e"),
        ("É", "É", "é"),
        (r"^\d+$", "120", "٣"),
        (r"^\w+$", "a_9", "é"),
        (r"\s", "a\tb", "a\u00a0b"),
        (r"\bcat\b", "a cat!", "concat"),
        (r"[\d\-a-c]+x", "1-bx", "d"),
        ("[^a-c]", "ad", "abc"),
        ("[]a]", "]", "b"),
        ("[a-]", "-", "b"),
        (r"\.\*\\", ".*\\", "abc"),
        ("a{2,3}?b", "aab", "ab"),
        ("^(a|b)*?c$", "abac", "abad"),
        ("^(?:ab)+$", "abab", "aba"),
        ("a|", "", None),
        ("()", "x", None),
        ("x{0}$", "y", None),
    ],
)
def test_patterns_match_what_they_say(pattern, matching, other):
    """Letters have a case unless `(?i)` says otherwise; classes are ASCII; `$` is the very end."""
    assert compiled(pattern).search(matching)
    if other is not None:
        assert not compiled(pattern).search(other)


@pytest.mark.parametrize(
    ("pattern", "position", "reason"),
    [
        ("a(b", 1, "never closed"),
        ("a)b", 1, "closes no group"),
        ("[a", 0, "never closed"),
        ("*a", 0, "nothing to repeat"),
        ("a**", 2, "cannot follow a quantifier"),
        ("^*", 1, "cannot follow"),
        ("a{3,2}", 1, "must count upwards"),
        ("a{256}", 1, "at most 255"),
        ("a{,2}", 1, "nothing to repeat"),
        ("(?=a)", 2, "no look-arounds"),
        ("a(?i)b", 3, "at the beginning only"),
        (r"(a)\1", 4, "not known"),
        (r"\Ba", 1, "not known"),  # RE2 finds it in the middle of a letter of two bytes
        (r"\p{L}", 1, "not known"),
        ("a\\", 2, "a backslash ends the pattern"),
        ("[[:alpha:]]", 1, "named classes"),
        ("[z-a]", 2, "from a lower to a higher"),
        (r"[\W]", 3, "within brackets"),
        ("((a{200}){200})", 0, "at most 1000"),
        ("(" * 30, 21, "more than 20 groups"),
        ("a" * (MAX_LENGTH + 1), MAX_LENGTH, "at most 500"),
    ],
)
def test_what_is_no_pattern_of_ours_is_refused(pattern, position, reason):
    """The error says what is wrong and at which character."""
    with pytest.raises(SearchSyntaxError, match=re.escape(reason)) as caught:
        read_pattern(pattern)
    assert caught.value.position == position


@given(st.text(max_size=20) | st.text(r"ab()[]{}|*+?.^$\dwsb-,:0129i", max_size=20))
def test_any_text_is_read_or_refused(text):
    """Whatever is read, RE2 takes; nothing else than SearchSyntaxError comes out."""
    position = 0
    try:
        compiled(text)
    except SearchSyntaxError as fault:
        position = fault.position
    assert 0 <= position <= len(text)


def test_no_pattern_takes_long():
    """What takes an ordinary engine minutes is answered at once."""
    started = time.perf_counter()
    assert not compiled("^(a+)+$").search("a" * 5_000 + "b")
    assert not compiled("(a|aa)+c").search("a" * 5_000 + "b")
    assert time.perf_counter() - started < 1
