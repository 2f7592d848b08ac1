"""What can still be read of a damaged segment: each record has a checksum of its own.

A record with one wrong bit is mended, since no other single change makes its checksum right.
Behind any other damage, reading goes on with the next bytes that are a record with the right
checksum; that they are one by chance has odds of one to four billion for each try. Points of a
metric whose name stood in the damaged part are left behind rather than guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zlib import crc32

from epochal.client.reading import (
    DamagedRecordError,
    MetricRecord,
    MetricsRecord,
    SeriesRecord,
    body_at,
    parse_body,
)
from epochal.client.records import FRAME, TEXT_HEAD
from epochal.client.segment import HEADER_SIZE

if TYPE_CHECKING:
    from epochal.client.reading import Record

MAX_FRAME = 1 << 20  # of a record that is looked for behind damage
MAX_MENDED = 2048  # bytes of a record whose wrong bit is looked for
_SIZE_BITS = 32
_MAY_BE_FRAME = re.compile(rb"..[\x00-\x0f]\x00.{4}[\x01-\x0a]", re.DOTALL)


@dataclass(slots=True)
class Salvage:
    """The good records of a damaged segment, and what was left behind."""

    records: list[tuple[int, Record]] = field(default_factory=list["tuple[int, Record]"])
    """Each with the offset just behind it."""
    mended: int = 0  # of the records
    skipped_bytes: int = 0
    nameless: int = 0  # records of metrics whose names were not found
    _defined: set[int] = field(default_factory=set[int])

    def __str__(self) -> str:
        mended = f" ({self.mended} of them after mending a bit)" if self.mended else ""
        return (
            f"{len(self.records)} records could be read{mended}; left behind are "
            f"{self.skipped_bytes} bytes that are no records and {self.nameless} records of "
            "metrics whose names are lost"
        )

    def read(self, data: bytes) -> Salvage:
        """Read a whole segment. The header may be damaged, too."""
        offset: int | None = HEADER_SIZE
        while offset is not None and offset < len(data):
            offset = self._step(data, offset)
        return self

    def _step(self, data: bytes, offset: int) -> int | None:
        """Read what stands at an offset; where to go on, None at the end."""
        try:
            body = body_at(data, offset)
            if body is None:
                return None
            record = parse_body(body)
        except DamagedRecordError:
            body = self._mended(data, offset)
            if body is None:
                return self._skip(data, offset)
            record = parse_body(body)
            self.mended += 1
        behind = offset + FRAME.size + len(body)
        if isinstance(record, SeriesRecord):
            self._defined.add(record.number)
        if self._is_named(record):
            self.records.append((behind, record))
        else:
            self.nameless += 1
        return behind

    def _is_named(self, record: Record) -> bool:
        if isinstance(record, MetricRecord):
            return record.series in self._defined
        return not isinstance(record, MetricsRecord) or self._defined.issuperset(record.series)

    def _skip(self, data: bytes, offset: int) -> int | None:
        found = _next_frame(data, offset + 1)
        self.skipped_bytes += (len(data.rstrip(b"\0")) if found is None else found) - offset
        return found

    def _mended(self, data: bytes, offset: int) -> bytes | None:
        """The body at an offset with one bit turned that makes it right, if there is one."""
        window = bytearray(data[offset : offset + MAX_MENDED])
        size = int.from_bytes(window[:4], "little")
        bits = 8 * (FRAME.size + size) if FRAME.size + size <= len(window) else _SIZE_BITS
        for bit in range(min(bits, 8 * len(window))):
            window[bit >> 3] ^= 1 << (bit & 7)
            body = _checked_body(window)
            window[bit >> 3] ^= 1 << (bit & 7)
            if body is not None and self._is_next(body):
                return body
        return None

    def _is_next(self, body: bytes) -> bool:
        """Whether a mended record fits what was read before it: series are counted."""
        try:
            record = parse_body(body)
        except DamagedRecordError:
            return False
        if isinstance(record, SeriesRecord):
            return record.number > max(self._defined, default=0)
        return self._is_named(record)


def _checked_body(frame: bytearray) -> bytes | None:
    if len(frame) < FRAME.size:
        return None
    size, checksum = FRAME.unpack_from(frame)
    if not TEXT_HEAD.size <= size <= len(frame) - FRAME.size:
        return None
    body = bytes(frame[FRAME.size : FRAME.size + size])
    return body if crc32(body) == checksum else None


def _next_frame(data: bytes, start: int) -> int | None:
    """Where the next bytes begin that are a record with the right checksum."""
    found = _MAY_BE_FRAME.search(data, start)
    while found is not None:
        offset = found.start()
        size, checksum = FRAME.unpack_from(data, offset)
        body = data[offset + FRAME.size : offset + FRAME.size + size]
        is_whole = TEXT_HEAD.size <= size <= MAX_FRAME and len(body) == size
        if is_whole and crc32(body) == checksum and _is_record(body):
            return offset
        found = _MAY_BE_FRAME.search(data, offset + 1)
    return None


def _is_record(body: bytes) -> bool:
    try:
        parse_body(body)
    except DamagedRecordError:
        return False
    return True
