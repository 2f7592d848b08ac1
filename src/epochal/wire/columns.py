"""Columns of numbers on our own wire: little-endian bytes in MessagePack, lists in JSON."""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING, Any

import msgspec

from epochal.errors import InvalidParameterError
from epochal.wire.numbers import spell_doubles

if TYPE_CHECKING:
    from epochal.entities import Series

PACKED = "application/x-msgpack"

pack = msgspec.msgpack.Encoder().encode
"""MessagePack bytes of plain values. Safe from any thread."""


def column_bytes(column: array[Any]) -> memoryview:
    """A column as the bytes of little-endian numbers; shares its memory where it can."""
    if sys.byteorder == "big":
        column = column[:]
        column.byteswap()
    return memoryview(column).cast("B")


def read_column(code: str, given: bytes | list[Any], field: str) -> array[Any]:
    """A column from either spelling. Raises InvalidParameterError naming the field."""
    column: array[Any] = array(code)
    try:
        if isinstance(given, bytes):
            column.frombytes(given)
            if sys.byteorder == "big":
                column.byteswap()
        else:
            column.extend(given)
    except (ValueError, OverflowError) as fault:
        raise InvalidParameterError(
            f"Invalid value for parameter '{field}' supplied: {fault}"
        ) from None
    return column


def spell_series(series: Series, *, packed: bool) -> dict[str, Any]:
    """The three columns of a series, NaN and infinities exactly as they are."""
    if packed:
        return {
            "step": column_bytes(series.step),  # int64
            "timestamp": column_bytes(series.timestamp),  # int64
            "value": column_bytes(series.value),  # float64
        }
    return {
        "step": series.step.tolist(),
        "timestamp": series.timestamp.tolist(),
        "value": spell_doubles(series.value, exact=True),
    }
