from __future__ import annotations

import pytest
from hypothesis import given

from epochal.entities import Metric, Points
from epochal.errors import CorruptDataError
from epochal.series.points import POINT_BYTES, decode_points, encode_points
from unit.series.series_strategies import ANY_POINTS, bits, columns, named


@given(ANY_POINTS.filter(bool))
def test_points_come_back_bit_by_bit(points):
    """Every float and every int64 survives, with the store's number of its key."""
    sent = named(points, ["a", "b", "c"])
    read = decode_points([encode_points(sent, [7, 2**32 - 1, 0])])
    assert bits(read.series) == bits(columns(points))
    assert list(read.key) == [[7, 2**32 - 1, 0][i % 3] for i in range(len(points))]


def test_rows_follow_each_other():
    """Several rows read as one, in the order given."""
    rows = [encode_points(Points.of([Metric("a", float(i), i, i)]), [i]) for i in range(5)]
    assert list(decode_points(rows).key) == [0, 1, 2, 3, 4]


def test_one_point_is_short():
    """A row of one point is its 28 bytes and the version."""
    assert len(encode_points(Points.of([Metric("a", 1.0, 2, 3)]), [4])) == POINT_BYTES + 1


@pytest.mark.parametrize(
    ("row", "said"),
    [(b"", "no whole points"), (b"\x01" + bytes(27), "no whole points"), (b"\x09", "version 9")],
)
def test_damaged_rows_are_named(row, said):
    """A cut row or a foreign version is refused with the reason."""
    with pytest.raises(CorruptDataError, match=said):
        decode_points([row])
