"""The part of a file that a request asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.server.ranges import Span, UnsatisfiableRangeError, parse_range


@pytest.mark.parametrize(
    ("header", "span"),
    [
        (None, None),
        ("", None),
        ("bytes=-", None),
        ("bytes=5-2", None),
        ("bytes=a-b", None),
        ("bytes=0-0", Span(0, 1)),
        ("bytes=-20", Span(0, 10)),
        ("bytes=9-", Span(9, 10)),
    ],
)
def test_ranges_are_read(header, span):
    """What is not understood means the whole file."""
    assert parse_range(header, 10) == span


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=10-", 10), ("bytes=99-", 10), ("bytes=-0", 10), ("bytes=0-", 0)]
)
def test_ranges_behind_the_end_cannot_be_satisfied(header, size):
    """An empty file has no range at all."""
    with pytest.raises(UnsatisfiableRangeError):
        parse_range(header, size)


@given(st.text(alphabet="bytes=-0123456789, ", max_size=20), st.integers(0, 100))
def test_any_header_is_a_span_inside_the_file(header, size):
    """Or the whole file, or refused."""
    try:
        span = parse_range(header, size)
    except UnsatisfiableRangeError:
        return
    assert span is None or 0 <= span.start < span.stop <= size
