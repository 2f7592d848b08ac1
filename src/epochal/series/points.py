"""Fresh points as bytes: one row of the tail, written once per request and soon compacted.

A row is one byte of version, then as many columns as a point has parts, little-endian and of
equal length: number of the key (uint32), step (int64), timestamp (int64), value (float64).
Speed counts here, not size: compaction packs the points properly later.
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass, field
from struct import Struct
from typing import TYPE_CHECKING, Any

from epochal.entities import Series
from epochal.errors import CorruptDataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from epochal.entities import Points

POINT_BYTES = 28
VERSION = 1
_ONE = Struct("<BIqqd")
_IS_LITTLE = sys.byteorder == "little"


def _numbers() -> array[int]:
    return array("I")


@dataclass(slots=True)
class Fresh:
    """Points of several keys of one run; row `i` is a point of the key with number `key[i]`."""

    key: array[int] = field(default_factory=_numbers)  # `keys.id` of the store
    series: Series = field(default_factory=Series)

    def __len__(self) -> int:
        return len(self.key)


def encode_points(points: Points, numbers: Sequence[int]) -> bytes:
    """Points as one row; `numbers[i]` stands for `points.names[i]`."""
    if len(points) == 1:
        number = numbers[points.key[0]]
        return _ONE.pack(VERSION, number, points.step[0], points.timestamp[0], points.value[0])
    keys = array("I", map(numbers.__getitem__, points.key))
    return encode_columns(keys, points.step, points.timestamp, points.value)


def encode_columns(
    key: array[int], step: array[int], timestamp: array[int], value: array[float]
) -> bytes:
    """Columns of equal length as one row."""
    return b"".join((bytes((VERSION,)), *map(_to_bytes, (key, step, timestamp, value))))


def decode_points(rows: Iterable[bytes]) -> Fresh:
    """All points of some rows, in the order of the rows.

    Raises:
        CorruptDataError: a row is cut, or of a version that this program does not know.

    """
    fresh = Fresh()
    for row in rows:
        _append(fresh, memoryview(row))
    return fresh


def _append(fresh: Fresh, row: memoryview) -> None:
    count, rest = divmod(len(row) - 1, POINT_BYTES)
    if rest or not len(row):
        raise CorruptDataError("row of metric points", f"{len(row)} bytes are no whole points")
    if row[0] != VERSION:
        raise CorruptDataError("row of metric points", f"unknown version {row[0]}")
    steps, times, values = 1 + 4 * count, 1 + 12 * count, 1 + 20 * count
    _extend(fresh.key, row[1:steps])
    _extend(fresh.series.step, row[steps:times])
    _extend(fresh.series.timestamp, row[times:values])
    _extend(fresh.series.value, row[values:])


def _to_bytes(column: array[Any]) -> bytes:
    return column.tobytes() if _IS_LITTLE else _swapped(column).tobytes()


def _extend(column: array[Any], data: memoryview) -> None:
    if _IS_LITTLE:
        column.frombytes(data)
    else:
        column.extend(_swapped(array(column.typecode, data.tobytes())))


def _swapped(column: array[Any]) -> array[Any]:
    swapped = column[:]
    swapped.byteswap()
    return swapped
