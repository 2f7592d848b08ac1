"""From records of the journal to what one delivery carries, run by run."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, cast

from epochal.client import reading, records
from epochal.client.segment import HEADER_SIZE
from epochal.entities import Points
from epochal.ports.tracking import RunLog
from epochal.rules import limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from epochal.client.journal import Stretch
    from epochal.client.reading import Record
    from epochal.client.segment import Segment
    from epochal.entities import Status

BATCH_BYTES = 2 << 20  # of the journal: some 55,000 points
_ROW = records.METRIC_ROW
_FRAME = records.FRAME.size


@dataclass(slots=True)
class RunBatch:
    """What one batch holds for one run."""

    run_id: str
    points: Points = field(default_factory=Points)
    params: dict[str, str] = field(default_factory=dict[str, str])
    tags: dict[str, str] = field(default_factory=dict[str, str])
    status: Status | None = None
    end_time: int | None = None  # milliseconds since the epoch
    _indexes: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def log(self) -> RunLog:
        """What is logged into the run, everything but its status."""
        return RunLog(self.run_id, self.points, self.params, self.tags)

    @property
    def is_logged(self) -> bool:
        """Whether there is anything but a status."""
        return bool(len(self.points) or self.params or self.tags)

    def index(self, key: str) -> int:
        """The number of a metric key in `points`."""
        found = self._indexes.get(key)
        if found is None:
            found = self._indexes[key] = len(self.points.names)
            self.points.names.append(key)
        return found


@dataclass(slots=True)
class Batch:
    """A stretch of the journal, ready to be delivered."""

    start: int = 0  # its position in the journal
    end: int = 0  # the position behind it; the sequence number of its deliveries
    runs: dict[str, RunBatch] = field(default_factory=dict[str, RunBatch])

    @property
    def span(self) -> tuple[int, int]:
        """Where in the journal it lies."""
        return self.start, self.end

    def run(self, run_id: str) -> RunBatch:
        """The part of one run, made when it is first asked for."""
        found = self.runs.get(run_id)
        if found is None:
            found = self.runs[run_id] = RunBatch(run_id)
        return found


class Collector:
    """Sorts the records of one segment into batches; knows what its series numbers mean."""

    def __init__(self) -> None:
        self._series: dict[int, tuple[str, str]] = {}

    def add(self, batch: Batch, record: Record) -> None:
        """Put one record where it belongs."""
        if isinstance(record, reading.SeriesRecord):
            self._series[record.number] = record.run_id, record.key
        elif isinstance(record, reading.MetricRecord):
            row = (record.series,), (record.step,), (record.timestamp,), (record.value,)
            self.add_points(batch, *row)
        elif isinstance(record, reading.MetricsRecord):
            count = len(record.series)
            steps, times = (record.step,) * count, (record.timestamp,) * count
            self.add_points(batch, record.series, steps, times, record.values)
        else:
            _add_text(batch.run(record.run_id), record)

    def add_points(
        self,
        batch: Batch,
        series: Sequence[int],
        steps: Sequence[int],
        timestamps: Sequence[int],
        values: Sequence[float],
    ) -> None:
        """Put points, given in columns, where they belong."""
        present = set(series)
        owners = {self._series[number][0] for number in present}
        for run_id in owners:
            run = batch.run(run_id)
            index = {
                number: run.index(self._series[number][1])
                for number in present
                if self._series[number][0] == run_id
            }
            columns: Iterable[Sequence[int] | Sequence[float]] = series, steps, timestamps, values
            if len(owners) > 1:
                mine = [row for row, number in enumerate(series) if number in index]
                columns = [[column[row] for row in mine] for column in columns]
            _extend(run.points, index, *cast("tuple[list[int], ...]", tuple(columns)))


def _extend(
    points: Points,
    index: dict[int, int],
    series: Sequence[int],
    steps: Sequence[int],
    timestamps: Sequence[int],
    values: Sequence[float],
) -> None:
    if len(index) == 1:
        points.key.extend(array("I", index.values()) * len(series))
    else:
        points.key.extend(map(index.__getitem__, series))
    points.step.extend(steps)
    points.timestamp.extend(timestamps)
    points.value.extend(values)


def _add_text(run: RunBatch, record: reading.TextRecord) -> None:
    if record.kind == records.PARAM:
        run.params.setdefault(record.key, record.value)
    elif record.kind == records.TAG:
        run.tags[record.key] = record.value
    elif record.kind == records.STATUS:
        run.status = cast("Status", record.key)
        run.end_time = int(record.value) if record.value else None


def pieces_within(entry: RunLog) -> Iterator[RunLog]:
    """The same entry in requests that keep MLflow's limits; params first, as it writes them."""
    params = list(_chunks(list(entry.params.items()), limits.MAX_BATCH_PARAMS))
    tags = list(_chunks(list(entry.tags.items()), limits.MAX_BATCH_TAGS))
    for some_params, some_tags in zip_longest(params, tags, fillvalue=()):
        yield RunLog(entry.run_id, params=dict(some_params), tags=dict(some_tags))
    points = entry.points
    for start in range(0, len(points), limits.MAX_BATCH_METRICS):
        rows = slice(start, start + limits.MAX_BATCH_METRICS)
        some_points = Points(
            points.names,
            points.key[rows],
            points.step[rows],
            points.timestamp[rows],
            points.value[rows],
        )
        yield RunLog(entry.run_id, points=some_points)


def _chunks(items: list[tuple[str, str]], size: int) -> Iterator[list[tuple[str, str]]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


class LiveReader:
    """Reads behind the writer of this process, in the same memory, so checksums can wait.

    Whole stretches of single metrics, by far the most, are unpacked at once.
    """

    def __init__(self) -> None:
        self._segment: Segment | None = None
        self._collector = Collector()
        self._offset = HEADER_SIZE
        self._odd = 0  # how many of the segment's odd records were read

    def read(self, stretch: Stretch) -> Batch:
        """What is new in a stretch, up to `BATCH_BYTES`; its end tells whether that was all."""
        segment = stretch.segment
        if segment is not self._segment:
            self._segment, self._collector = segment, Collector()
            self._offset, self._odd = HEADER_SIZE, 0
        batch = Batch(start=segment.base + self._offset)
        stop = self._offset + BATCH_BYTES
        while self._offset < min(stretch.end, stop):
            self._read_next(batch, segment, stretch.end)
        batch.end = segment.base + self._offset
        return batch

    def _read_next(self, batch: Batch, segment: Segment, end: int) -> None:
        """One odd record, or all single metrics before the next one."""
        start, behind = segment.odd[self._odd] if self._odd < len(segment.odd) else (end, end)
        if start == self._offset:
            body = segment.view[start + _FRAME : behind]
            self._collector.add(batch, reading.parse_body(body))
            self._odd += 1
            self._offset = behind
            return
        start = min(start, end, self._offset + BATCH_BYTES // _ROW.size * _ROW.size)
        columns = reading.split_rows(segment.view[self._offset : start])
        self._collector.add_points(batch, *columns)
        self._offset = start
