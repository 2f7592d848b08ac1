"""Texts are numbers where they look like one, and nowhere else."""

from __future__ import annotations

import math

import pytest

from epochal.search.numerals import MAX_LENGTH, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1.0),
        ("-1.5", -1.5),
        ("+.5", 0.5),
        ("5.", 5.0),
        ("1e-05", 1e-5),
        ("1E3", 1000.0),
        ("1e999", math.inf),
        ("-1e999", -math.inf),
        ("1e-999", 0.0),
        ("inf", math.inf),
        ("-Infinity", -math.inf),
        ("0" * MAX_LENGTH, 0.0),
    ],
)
def test_numbers_are_read(text, number):
    """As Python writes them, and as people do."""
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *("", "nan", "None", "True", "1_000", "1,5", " 1", "1 ", "0x10", "1e", ".", "e5", "1\n"),
        *("٣", "1e1000", "0" * (MAX_LENGTH + 1), None),
    ],
)
def test_other_texts_are_none(text):
    """What merely begins like a number is not one."""
    assert read_number(text) is None
