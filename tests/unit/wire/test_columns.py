"""Columns of numbers on the wire."""

import math
from array import array

import pytest

from epochal.entities import Series
from epochal.errors import InvalidParameterError
from epochal.wire.columns import column_bytes, pack, read_column, spell_series

SERIES = Series(array("q", [-1, 2**63 - 1]), array("q", [0, 1]), array("d", [math.inf, -0.0]))


def test_columns_go_there_and_back():
    """Bit by bit, from bytes and from lists."""
    for code, column in (("q", SERIES.step), ("d", SERIES.value)):
        assert read_column(code, bytes(column_bytes(column)), "x") == column
        assert read_column(code, column.tolist(), "x") == column


def test_a_series_is_spelled_in_two_ways():
    """Packed for programs, plain for pages."""
    assert spell_series(SERIES, packed=False)["value"] == ["Infinity", -0.0]
    packed = spell_series(SERIES, packed=True)
    assert packed["step"] == SERIES.step.tobytes()
    assert len(pack(packed)) < 80


@pytest.mark.parametrize("given", [b"1234567", [2**63]])
def test_bad_columns_are_refused(given):
    """The message names the field."""
    with pytest.raises(InvalidParameterError, match="'step'"):
        read_column("q", given, "step")
