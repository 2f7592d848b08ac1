"""Letters whatever their case."""

from __future__ import annotations

import pytest

from epochal.search.cases import fold, widened


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("AÉ", "aé"),
        ("İ", "i"),
        ("ДΣ", "д\u03c3"),
        ("дς", "д\u03c3"),
        ("ẞ", "ß"),
        ("ŉ", "ŉ"),
        ("\u212a", "k"),
    ],
)
def test_a_folded_text_is_as_long(text, folded):
    """So that `_` stands for one character of the text."""
    assert fold(text) == folded
    assert len(folded) == len(text)


def test_no_character_becomes_two():
    """Whatever is in the text."""
    assert all(len(fold(chr(code))) == 1 for code in range(0x110000))


@pytest.mark.parametrize(
    ("ranges", "all_cases"),
    [
        (((97, 97),), ((65, 65), (97, 97))),
        (((48, 57),), ((48, 57),)),
        (((97, 99),), ((65, 67), (97, 99))),
        (((0, 0x10FFFF),), ((0, 0x10FFFF),)),
        (((0x130, 0x130),), ((0x49, 0x49), (0x69, 0x69), (0x130, 0x130))),
    ],
)
def test_ranges_are_widened(ranges, all_cases):
    """By the other cases of what is in them."""
    assert widened(ranges) == all_cases
