"""Dates and durations are read as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.search.times import (
    MAX_DURATION_MS,
    Span,
    read_date,
    read_duration,
    spell_duration,
)


@pytest.mark.parametrize(
    ("text", "first_ms", "length_ms"),
    [
        ("1970-01-01", 0, 86_400_000),
        ("1970-01-01T00:01", 60_000, 60_000),
        ("1970-01-01 00:00:01", 1_000, 1_000),
        ("1970-01-01 00:00:00.25", 250, 1),
        ("1970-01-01T00:00:00.123456Z", 123, 1),
        ("1970-01-01T01:00+01:00", 0, 60_000),
        ("1970-01-01 01:00 +0100", 0, 60_000),
        ("1969-12-31T23:00:00-01:00", 0, 1_000),
        ("1970-01-01 UTC", 0, 86_400_000),
        ("0001-01-01", -62_135_596_800_000, 86_400_000),
        ("2026-11-01", 1_793_491_200_000, 86_400_000),
    ],
)
def test_a_date_is_the_span_that_it_covers(text, first_ms, length_ms):
    """Without a zone it is UTC; both ends of the span belong to it."""
    assert read_date(text) == Span(first_ms, first_ms + length_ms - 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2026",
        "2026-11",
        "2026-13-01",
        "2026-02-30",
        "2026-11-01T25:00",
        "2026-11-01T10",
        "26-11-01",
        "2026-11-01 10:00 Berlin",
        "2026-11-01T10:00+25:00",
        "٢٠٢٦-11-01",
        "0000-01-01",
    ],
)
def test_other_texts_are_no_dates(text):
    """Days that no calendar has are none either."""
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "found_ms"),
    [
        ("90s", 90_000),
        ("2h", 7_200_000),
        ("1h30m", 5_400_000),
        ("1.5d", 129_600_000),
        ("1w", 604_800_000),
        ("250ms", 250),
        ("1m1ms", 60_001),
        ("0s", 0),
        ("2", None),
        ("h", None),
        ("2y", None),
        ("2 h", None),
        ("-2h", None),
        ("99999999999999999w", None),
        ("9999999999999w", None),
    ],
)
def test_durations_have_units(text, found_ms):
    """A number without one is no duration, nor is what no clock measures."""
    assert read_duration(text) == found_ms


@given(st.integers(0, MAX_DURATION_MS))
def test_a_spelled_duration_is_read_back(duration_ms):
    """In one unit, exactly."""
    assert read_duration(spell_duration(duration_ms)) == duration_ms
