"""Where every log call ends: the journal of this process, in a file that outlives it.

Appending costs no system call and waits for nothing but, briefly, other appending threads.
A courier reads behind and delivers; what it has delivered is removed segment by segment.
"""

from __future__ import annotations

import struct
import threading
from array import array
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from epochal.client import records
from epochal.client.segment import HEADER_SIZE, Segment
from epochal.errors import InvalidParameterError
from epochal.rules.keys import check_key, not_a_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FIRST_SEGMENT_BYTES = 1 << 20  # enough for most scripts, and taken in no time
SEGMENT_BYTES = 8 << 20

_pack_body = records.METRIC_BODY.pack
_pack_frame_into = records.METRIC_FRAME.pack_into
_METRIC = records.METRIC
_BODY_SIZE = records.METRIC_BODY.size
_FRAME_SIZE = records.METRIC_FRAME.size


class Stretch(NamedTuple):
    """The part of one segment that holds whole records, for the courier to read."""

    segment: Segment
    end: int
    is_sealed: bool

    @property
    def position(self) -> int:
        """The position in the whole journal of `end`."""
        return self.segment.base + self.end


class Journal:
    """The appending side of one process. Safe from any thread and from signal handlers.

    *Order.* Positions grow with every record; a record is in the file when its position is
    returned. *Room.* A full segment is followed by another that was made beforehand, or is
    made by the thread that needs it, outside of the lock. *Loss.* Never by `kill -9`.

    The lock is reentrant since a signal handler may log while its own thread is appending.
    For the same reason room is reserved before it is filled, with no call in between: calls
    are where Python runs signal handlers.
    """

    def __init__(
        self, create: Callable[[int], Segment | None], on_start: Callable[[], None]
    ) -> None:
        """Make a journal that opens nothing until the first record.

        Args:
            create: makes a segment of some size; None when there is no room for it anywhere.
            on_start: called once, after the first segment was made.

        """
        self._create = create
        self._on_start = on_start
        self.wake: Callable[[], None] | None = None  # set while the courier sleeps
        self.restart()

    def restart(self) -> None:
        """Forget everything: a forked child must not write where its parent does."""
        self._lock = threading.RLock()
        self._segment: Segment | None = None
        self._view: Any = None  # of that segment
        self._spare: Segment | None = None
        self._sealed: list[Segment] = []
        self._series: dict[str, dict[str, int]] = {}
        self._count = 0
        self._base = self._end = self._limit = 0
        self.wake = None
        self.dropped = 0  # values that found no room on disk nor in memory

    @property
    def position(self) -> int:
        """Just behind the last record."""
        return self._base + self._end

    def append_metric(self, run_id: str, key: str, value: float, step: int, timestamp: int) -> int:
        """Log one point and return its position.

        Raises:
            InvalidParameterError: a bad key, or a step or timestamp beyond 64 bits.

        """
        while True:
            with self._lock:
                series_of, segment = self._series, self._segment
                try:
                    series = series_of[run_id][key]
                except (KeyError, TypeError):
                    series = self._define(run_id, key)
                try:
                    body = _pack_body(_METRIC, series, step, timestamp, value)
                except struct.error:
                    raise _beyond_64_bits(key, step, timestamp) from None
                checksum = crc32(body)
                if segment is self._segment and (end := self._end + _FRAME_SIZE) <= self._limit:
                    offset = self._end
                    self._end = end
                    _pack_frame_into(self._view, offset, _BODY_SIZE, checksum, body)
                    if self.wake is not None:
                        self.wake()
                    return self._base + end
            if not self._make_room(segment, _FRAME_SIZE):
                return self._base + self._end

    def append_metrics(
        self, run_id: str, metrics: Mapping[str, float], step: int, timestamp: int
    ) -> int:
        """Log one point of each key. Raises as `append_metric`; then none was logged."""
        values = array("d", metrics.values())
        while True:
            with self._lock:
                segment = self._segment
                series = self._numbers(run_id, metrics)
                try:
                    body = records.metrics_body(step, timestamp, series, values)
                except struct.error:
                    raise _beyond_64_bits(next(iter(metrics)), step, timestamp) from None
                data = records.frame(body)
                if segment is self._segment and self._write(data):
                    return self._base + self._end
            # A new segment defines every key again.
            definitions = 4 * sum(map(len, metrics)) + len(metrics) * (4 * len(run_id) + 64)
            if not self._make_room(segment, len(data) + definitions, len(metrics)):
                return self._base + self._end

    def append_text(self, kind: int, run_id: str, key: str, value: str) -> int:
        """Log a param, a tag or a status; their rules are the caller's.

        Raises:
            InvalidParameterError: a text that is not valid Unicode.

        """
        try:
            data = records.frame(records.text_body(kind, run_id, key, value))
        except UnicodeEncodeError as fault:
            raise InvalidParameterError(
                f"The value of {key!r} is not valid Unicode: {fault}"
            ) from None
        while True:
            with self._lock:
                segment = self._segment
                if self._write(data):
                    return self._base + self._end
            if not self._make_room(segment, len(data)):
                return self._base + self._end

    def _numbers(self, run_id: str, keys: Mapping[str, float]) -> array[int]:
        known = self._series.get(run_id, {})
        try:
            return array("I", map(known.__getitem__, keys))
        except KeyError:
            for key in keys:
                check_key("metric", key)
            return array("I", [known.get(k) or self._define(run_id, k) for k in keys])

    def _define(self, run_id: str, key: str) -> int:
        """A number for a series in this segment; 0 when there is no room to define it."""
        if not isinstance(key, str):  # pyright: ignore[reportUnnecessaryIsInstance] - users' code
            raise not_a_text("metric", key)
        check_key("metric", key)
        number = self._count = self._count + 1
        if not self._write(records.frame(records.series_body(number, run_id, key))):
            self._limit = 0  # not even the point behind it may be written here
            return 0
        self._series.setdefault(run_id, {})[key] = number
        return number

    def _write(self, data: bytes) -> bool:
        """Write a record other than a single metric, if there is room. Under the lock."""
        size = len(data)
        segment, view, offset = self._segment, self._view, self._end  # no call from here
        end = offset + size
        if segment is None or end > self._limit:
            return False
        self._end = end
        view[offset:end] = data  # to here: see the docstring of the class
        segment.odd.append((offset, end))
        if self.wake is not None:
            self.wake()
        return True

    def _make_room(self, full: Segment | None, needed: int, values: int = 1) -> bool:
        """Put a new segment behind the full one, unless another thread already did.

        Without room for one the record is lost, with as many values as it has.
        """
        needed += HEADER_SIZE + 1024  # a series may have to be defined first
        spare, self._spare = self._spare, None
        if spare is None or spare.size < needed:
            least = SEGMENT_BYTES if full else FIRST_SEGMENT_BYTES
            spare = self._create(max(least, needed))
        if spare is None:
            self.dropped += values
            return False
        spare.begin(full.base + full.size if full else self._base)
        with self._lock:
            left = self._install(spare, full)
        if left is not None:
            left.close(delete=True)
        if full is None:
            self._on_start()
        return True

    def _install(self, segment: Segment, full: Segment | None) -> Segment | None:
        """Put a segment behind the full one; returns the one that is not needed, if any.

        Without a single call, for the sake of signal handlers: they see all of it or nothing.
        """
        if self._segment is not full:  # somebody else was faster
            left, self._spare = self._spare, segment
            return left
        if full is not None:
            full.end = self._end
            self._sealed = [*self._sealed, full]
        self._series, self._count = {}, 0
        self._base, self._end, self._limit = segment.base, HEADER_SIZE, segment.size
        self._view = segment.view
        self._segment = segment
        return None

    def prepare(self) -> None:
        """Make the next segment beforehand once this one is half full. For the courier."""
        with self._lock:
            is_due = self._limit and self._spare is None and self._end * 2 > self._limit
        if is_due:
            self._spare = self._create(SEGMENT_BYTES)

    def stretches(self) -> list[Stretch]:
        """What there is to read, oldest first."""
        with self._lock:
            found = [Stretch(segment, segment.end, is_sealed=True) for segment in self._sealed]
            if self._segment is not None:
                found.append(Stretch(self._segment, self._end, is_sealed=False))
            return found

    def forget(self, segment: Segment) -> None:
        """Remove a sealed segment whose every record was delivered."""
        with self._lock:
            self._sealed = [other for other in self._sealed if other is not segment]
        segment.close(delete=True)

    def close(self, *, delivered: int, trim: bool = False) -> None:
        """Let go of all files, removing them if all up to the end was delivered.

        With `trim` the last file keeps no room for more: it is to be copied elsewhere. A record that comes later still finds its place, in new files.
        """
        with self._lock:
            is_delivered = delivered >= self.position
            last = self._segment
            if last is not None:
                last.end = self._end
                if trim:
                    last.trim()
                self._base, self._end = last.base + last.size, 0
            segments = [*self._sealed, last, self._spare]
            self._sealed, self._segment, self._spare = [], None, None
            self._series, self._count, self._limit = {}, 0, 0
        for segment in segments:
            if segment is not None:
                segment.close(delete=is_delivered or segment.end == HEADER_SIZE)


def _beyond_64_bits(key: str, step: object, timestamp: object) -> InvalidParameterError:
    return InvalidParameterError(
        f"Metric {key!r} was given step={step!r} and timestamp={timestamp!r}; both must be "
        "whole numbers that fit into 64 bits"
    )
