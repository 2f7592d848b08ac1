"""How the delivery of what this process logs goes, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from epochal.client import reading, records
from epochal.client.segment import HEADER_SIZE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.client.courier import Courier
    from epochal.client.journal import Journal, Stretch
    from epochal.client.segment import Segment
    from epochal.client.writers import WriterFolder
    from epochal.entities import LoggingState

LAGGING_S = 5.0  # what waits longer, although the store takes what it is given, lags
_FRAME = records.FRAME.size


@dataclass(frozen=True, slots=True)
class RunLogging:
    """How the delivery into one run goes; counts are of values: points, params, tags, ends."""

    delivered: int
    waiting: int
    set_aside: int
    rank: int | None = None

    @property
    def appended(self) -> int:
        """All that was logged."""
        return self.delivered + self.waiting + self.set_aside


@dataclass(frozen=True, slots=True)
class LoggingStatus:
    """How the delivery of what this process logs into one store goes."""

    state: LoggingState
    store: str
    delivered: int  # values that are stored
    waiting: int  # values that are in the journal only
    in_memory: int  # of these: on no disk either, and lost if the store takes none by the end
    set_aside: int  # values that the store refused; they are kept in files
    lost: int  # values that no disk took, nor the store before the end
    oldest_waiting_s: float  # for how long the oldest of those that wait has done so
    journal: str | None  # the folder; None before the first value, or when no disk takes it
    error: str | None  # why the last attempt failed, None if it did not
    runs: dict[str, RunLogging] = field(default_factory=dict[str, RunLogging])

    @property
    def appended(self) -> int:
        """All that was logged."""
        return self.delivered + self.waiting + self.set_aside + self.lost


def look_at(
    store: str,
    journal: Journal,
    courier: Courier | None,
    folder: WriterFolder | None,
    ranks: Mapping[str, int],
) -> LoggingStatus:
    """The status of one way into a store, of which nothing may have been made yet."""
    counted = count_waiting_now(journal, courier)
    waiting = counted.runs
    delivered = dict(courier.reporter.delivered) if courier else {}
    set_aside = dict(courier.reporter.set_aside) if courier else {}
    runs = {
        run: RunLogging(delivered.get(run, 0), waiting[run], set_aside.get(run, 0), ranks.get(run))
        for run in dict.fromkeys((*delivered, *set_aside, *waiting))
    }
    return LoggingStatus(
        state=_state(journal, courier, counted),
        store=store,
        delivered=sum(delivered.values()),
        waiting=waiting.total(),
        in_memory=counted.in_memory,
        set_aside=sum(set_aside.values()),
        lost=journal.dropped,
        oldest_waiting_s=courier.oldest_waiting_s() if courier else 0.0,
        journal=folder.path if folder else None,
        error=str(courier.fault) if courier and courier.fault else None,
        runs=runs,
    )


def _state(journal: Journal, courier: Courier | None, waiting: Waiting) -> LoggingState:
    if journal.dropped or waiting.in_memory:
        return "degraded"
    return courier.state() if courier else "ok"


class Waiting(NamedTuple):
    """How many values wait, run by run, and how many of all on which ground."""

    runs: Counter[str]
    in_memory: int

    @property
    def on_disk(self) -> int:
        """Those that outlive the process."""
        return self.runs.total() - self.in_memory


def count_waiting_now(journal: Journal, courier: Courier | None) -> Waiting:
    """How many values this process has logged and not delivered."""
    while True:
        stretches, delivered = journal.stretches(), courier.delivered if courier else 0
        try:
            runs = count_waiting(stretches, delivered)
            held = [stretch for stretch in stretches if stretch.segment.path is None]
            return Waiting(runs, count_waiting(held, delivered).total() if held else 0)
        except ValueError:  # a segment was delivered and closed meanwhile
            continue


def estimate_waiting(stretches: Sequence[Stretch], delivered: int) -> int:
    """About how many values wait, in no time: exact where all are single points."""
    size = 0
    for stretch in stretches:
        start = max(delivered - stretch.segment.base, HEADER_SIZE)
        size += max(stretch.end - start, 0)
    return -(-size // records.METRIC_ROW.size)


def count_waiting(stretches: Sequence[Stretch], delivered: int) -> Counter[str]:
    """How many values of each run lie behind a position of the journal.

    Raises:
        ValueError: a segment was delivered and removed meanwhile; look again.

    """
    counts: Counter[str] = Counter()
    for stretch in stretches:
        if stretch.position > delivered:
            _count_in(stretch.segment, delivered - stretch.segment.base, stretch.end, counts)
    return counts


def _count_in(segment: Segment, delivered: int, end: int, counts: Counter[str]) -> None:
    owners: dict[int, str] = {}
    offset = HEADER_SIZE
    odd = [span for span in tuple(segment.odd) if span[1] <= end]
    for start, behind in [*odd, (end, end)]:
        first = max(offset, delivered)
        if start > first:
            numbers = Counter(reading.series_of_rows(segment.view[first:start]))
            for number, count in numbers.items():
                counts[owners[number]] += count
        if behind > start:
            _count_odd(segment.view[start + _FRAME : behind], start >= delivered, owners, counts)
        offset = behind


def _count_odd(body: bytes, waits: bool, owners: dict[int, str], counts: Counter[str]) -> None:
    """One record that is no single metric; those that were delivered only define series."""
    if not waits and body[0] != records.SERIES:
        return
    record = reading.parse_body(body)
    if isinstance(record, reading.SeriesRecord):
        owners[record.number] = record.run_id
    elif isinstance(record, reading.MetricsRecord):
        for number in record.series:
            counts[owners[number]] += 1
    elif isinstance(record, reading.TextRecord):
        counts[record.run_id] += 1
