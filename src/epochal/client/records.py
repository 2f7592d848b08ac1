"""How one record of the journal is laid out.

A record is a frame: `size` and `crc32` of a body, four little-endian bytes each, then the
body, whose first byte is its kind. Series numbers stand for a run and a metric key; they are
defined before their first use *in the same segment*, so that each segment can be read alone.
How records are read back stands in `reading`.
"""

from __future__ import annotations

import struct
from sys import byteorder
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

if TYPE_CHECKING:
    from array import array

T = TypeVar("T", int, float)

SERIES, METRIC, METRICS, PARAM, TAG, STATUS = range(1, 7)
RUN, EXPERIMENT, INPUTS, REWIND = range(7, 11)  # where no store is asked: see `offline`
TEXTS = frozenset({PARAM, TAG, STATUS, RUN, EXPERIMENT, INPUTS, REWIND})

FRAME = struct.Struct("<II")  # size of the body, its crc32
METRIC_BODY = struct.Struct("<BIqqd")  # kind, series, step, timestamp, value
METRIC_FRAME = struct.Struct(f"<II{METRIC_BODY.size}s")
METRIC_ROW = struct.Struct("<IIBIqqd")  # the frame and its body at once
METRICS_HEAD = struct.Struct("<BqqI")  # kind, step, timestamp, count; then series, then values
TEXT_HEAD = struct.Struct("<BIII")  # kind, sizes of three texts; then the texts
SERIES_HEAD = struct.Struct("<BIII")  # kind, number, sizes of two texts; then the texts


def series_body(number: int, run_id: str, key: str) -> bytes:
    """The body that defines a series number."""
    run, name = run_id.encode(), key.encode()
    return SERIES_HEAD.pack(SERIES, number, len(run), len(name)) + run + name


def metrics_body(step: int, timestamp: int, series: array[int], values: array[float]) -> bytes:
    """The body of one point of each of several series."""
    head = METRICS_HEAD.pack(METRICS, step, timestamp, len(series))
    return head + little(series).tobytes() + little(values).tobytes()


def text_body(kind: int, run_id: str, key: str, value: str) -> bytes:
    """The body of a param, tag or status, or of anything else that is made of texts."""
    texts = run_id.encode(), key.encode(), value.encode()
    return TEXT_HEAD.pack(kind, *map(len, texts)) + b"".join(texts)


def frame(body: bytes) -> bytes:
    """A body with its size and checksum in front."""
    return FRAME.pack(len(body), crc32(body)) + body


def little(column: array[T]) -> array[T]:
    """The column in the journal's byte order, which is that of nearly every machine."""
    if byteorder == "big":
        column = column[:]
        column.byteswap()
    return column
