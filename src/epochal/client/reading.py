"""Reading records of the journal back, and noticing when they are damaged."""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zlib import crc32

from epochal.client.records import (
    FRAME,
    METRIC,
    METRIC_BODY,
    METRIC_ROW,
    METRICS,
    METRICS_HEAD,
    SERIES,
    SERIES_HEAD,
    TEXT_HEAD,
    TEXTS,
    little,
)
from epochal.client.segment import DELIVERED, DELIVERED_AT, HEADER, HEADER_SIZE, MAGIC

_ROW_SERIES = FRAME.size + 1  # where in a row its series number stands, behind the kind

if TYPE_CHECKING:
    from collections.abc import Iterator


class DamagedRecordError(Exception):
    """The bytes at some offset are no record; the message says why."""


@dataclass(frozen=True, slots=True)
class MetricRecord:
    """One point of one series."""

    series: int
    step: int
    timestamp: int
    value: float


@dataclass(frozen=True, slots=True)
class MetricsRecord:
    """One point of each of several series, at one step and one instant."""

    step: int
    timestamp: int
    series: array[int]
    values: array[float]


@dataclass(frozen=True, slots=True)
class SeriesRecord:
    """The number that stands for a metric key of a run in the rest of the segment."""

    number: int
    run_id: str
    key: str


@dataclass(frozen=True, slots=True)
class TextRecord:
    """A param, a tag, the status and end time of a run, or what is logged without a store.

    Of a STATUS the key is the status and the value its time; of RUN, EXPERIMENT and INPUTS the
    value is JSON; of a REWIND it is the step.
    """

    kind: int
    run_id: str
    key: str
    value: str


Record = MetricRecord | MetricsRecord | SeriesRecord | TextRecord


def parse_body(body: bytes) -> Record:
    """The record that a body whose checksum was right describes.

    Raises:
        DamagedRecordError: it is none that this version knows.

    """
    try:
        return _parse(body)
    except (struct.error, ValueError) as fault:
        raise DamagedRecordError(f"a record cannot be read: {fault}") from None


def _parse(body: bytes) -> Record:
    kind = body[0] if body else 0
    if kind == METRIC:
        return MetricRecord(*METRIC_BODY.unpack(body)[1:])
    if kind == METRICS:
        return _parse_metrics(body)
    if kind == SERIES:
        _, number, *sizes = SERIES_HEAD.unpack_from(body)
        return SeriesRecord(number, *_texts(body[SERIES_HEAD.size :], sizes))
    if kind in TEXTS:
        _, *sizes = TEXT_HEAD.unpack_from(body)
        return TextRecord(kind, *_texts(body[TEXT_HEAD.size :], sizes))
    raise ValueError(f"its kind {kind} is not known")


def _parse_metrics(body: bytes) -> MetricsRecord:
    _, step, timestamp, count = METRICS_HEAD.unpack_from(body)
    middle = METRICS_HEAD.size + 4 * count
    series, values = array("I"), array("d")
    series.frombytes(body[METRICS_HEAD.size : middle])
    values.frombytes(body[middle:])
    if not len(series) == len(values) == count:
        raise ValueError("it is too short")
    return MetricsRecord(step, timestamp, little(series), little(values))


def _texts(data: bytes, sizes: list[int]) -> Iterator[str]:
    if len(data) != sum(sizes):
        raise ValueError("its sizes do not add up")
    start = 0
    for size in sizes:
        yield data[start : start + size].decode()
        start += size


def split_rows(data: bytes) -> tuple[array[int], array[int], array[int], array[float]]:
    """The series, steps, timestamps and values of consecutive single metrics, in columns.

    Columns are cut out byte by byte with strides: eight times as fast as unpacking each row,
    and without numpy, which many scripts never import.
    """
    return (
        _column("I", data, _ROW_SERIES),
        _column("q", data, _ROW_SERIES + 4),
        _column("q", data, _ROW_SERIES + 12),
        _column("d", data, _ROW_SERIES + 20),
    )


def series_of_rows(data: bytes) -> array[int]:
    """The series numbers alone of consecutive single metrics."""
    return _column("I", data, _ROW_SERIES)


def _column(code: str, data: bytes, start: int) -> array[Any]:
    column: array[Any] = array(code)
    width = column.itemsize
    cut = bytearray(len(data) // METRIC_ROW.size * width)
    for byte in range(width):
        cut[byte::width] = data[start + byte :: METRIC_ROW.size]
    column.frombytes(cut)
    return little(column)


@dataclass(slots=True)
class Reading:
    """What could be read of a stretch of records."""

    records: list[tuple[int, Record]] = field(default_factory=list["tuple[int, Record]"])
    """Each with the offset just behind it."""
    damage: str | None = None
    damaged_at: int = 0


def read_records(data: bytes, start: int = HEADER_SIZE) -> Reading:
    """Every record from `start` on, up to the end or to the first damage, checksums verified.

    Zeros after the last record are room that was never used; anything else is damage.
    """
    reading = Reading()
    offset = start
    defined: set[int] = set()
    while offset < len(data):
        try:
            body = body_at(data, offset)
            if body is None:
                return reading
            record = parse_body(body)
            _check_defined(record, defined)
        except DamagedRecordError as damage:
            reading.damage, reading.damaged_at = str(damage), offset
            return reading
        offset += FRAME.size + len(body)
        reading.records.append((offset, record))
    return reading


def body_at(data: bytes, offset: int) -> bytes | None:
    """The checked body of the frame at `offset`, None where only unused room follows."""
    rest = len(data) - offset
    size, checksum = FRAME.unpack_from(data, offset) if rest >= FRAME.size else (0, 0)
    if size == 0:
        if bytes(data[offset:]).strip(b"\0"):
            raise DamagedRecordError("a record has no size")
        return None
    if size > rest - FRAME.size:
        raise DamagedRecordError("a record is cut off")
    body = bytes(data[offset + FRAME.size : offset + FRAME.size + size])
    if crc32(body) != checksum:
        raise DamagedRecordError("a record does not match its checksum")
    return body


def _check_defined(record: Record, defined: set[int]) -> None:
    if isinstance(record, SeriesRecord):
        defined.add(record.number)
    elif isinstance(record, MetricRecord) and record.series not in defined:
        raise DamagedRecordError(f"series {record.series} was never defined")
    elif isinstance(record, MetricsRecord) and not defined.issuperset(record.series):
        raise DamagedRecordError("a series was never defined")


class DamagedSegmentError(Exception):
    """A file is no segment of a journal, or its header cannot be read."""


@dataclass(frozen=True, slots=True)
class SegmentHeader:
    """What the header of a segment file says."""

    base: int
    size: int
    delivered: int


def read_header(data: bytes) -> SegmentHeader:
    """The header of a segment file.

    A mark of delivery that was torn by a crash counts as nothing delivered: sending twice is
    harmless.

    Raises:
        DamagedSegmentError: it is none, or it was changed.

    """
    if len(data) < HEADER_SIZE or not data.startswith(MAGIC):
        raise DamagedSegmentError("it does not begin like a journal")
    magic, base, size, checksum = HEADER.unpack_from(data)
    del magic
    if crc32(data[: HEADER.size - 4]) != checksum:
        raise DamagedSegmentError("its header does not match its checksum")
    return SegmentHeader(base, size, read_delivered(data))


def read_delivered(data: bytes) -> int:
    """Up to which offset a segment was delivered, which has a checksum of its own."""
    if len(data) < HEADER_SIZE:
        return HEADER_SIZE
    delivered, checksum = DELIVERED.unpack_from(data, DELIVERED_AT)
    is_torn = crc32(data[DELIVERED_AT : DELIVERED_AT + 8]) != checksum
    return HEADER_SIZE if is_torn else max(delivered, HEADER_SIZE)
