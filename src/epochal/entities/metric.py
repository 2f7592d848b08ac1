from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, cast, overload

if TYPE_CHECKING:
    from collections.abc import Iterator

Axis = Literal["step", "time", "relative"]
"""What a chart runs along; relative time counts from where the run started."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One measured value of a run, at one step and one instant.

    Points may arrive late, twice and out of order; `(key, step, timestamp, value)` is the
    identity, so a second delivery of the same point changes nothing.
    """

    key: str
    value: float  # NaN and both infinities are legal; `wire.numbers` spells them
    timestamp: int  # milliseconds since the epoch
    step: int = 0


class LatestMetrics(Sequence[Metric]):
    """The latest points of a run in columns of equal length, read as a list of `Metric`s.

    Searches answer a million of these, most of which nobody looks at one by one.
    """

    __slots__ = ("keys", "steps", "timestamps", "values")

    def __init__(
        self,
        keys: Sequence[str],
        values: Sequence[float],
        timestamps: Sequence[int],
        steps: Sequence[int],
    ) -> None:
        self.keys, self.values, self.timestamps, self.steps = keys, values, timestamps, steps

    def rows(self) -> Iterator[tuple[str, float, int, int]]:
        """Key, value, timestamp and step of each point."""
        return zip(self.keys, self.values, self.timestamps, self.steps, strict=True)

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, index: int) -> Metric: ...
    @overload
    def __getitem__(self, index: slice) -> list[Metric]: ...
    def __getitem__(self, index: int | slice) -> Metric | list[Metric]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        return Metric(
            self.keys[index], self.values[index], self.timestamps[index], self.steps[index]
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return list(self) == list(cast("Sequence[object]", other))

    __hash__ = None  # type: ignore[assignment]  # its columns may be lists

    def __repr__(self) -> str:
        return repr(list(self))


def _longs() -> array[int]:
    return array("q")


def _doubles() -> array[float]:
    return array("d")


@dataclass(slots=True)
class Series:
    """The points of one metric key in columns of equal length.

    Columns, not objects: a million points are 24 MB here and would be 200 MB as `Metric`s.
    """

    step: array[int] = field(default_factory=_longs)  # int64
    timestamp: array[int] = field(default_factory=_longs)  # int64, milliseconds since the epoch
    value: array[float] = field(default_factory=_doubles)

    def __len__(self) -> int:
        return len(self.value)

    def extend(self, more: Series) -> None:
        """Put the points of another series behind these; nothing is sorted or collapsed here."""
        self.step.extend(more.step)
        self.timestamp.extend(more.timestamp)
        self.value.extend(more.value)

    def append(self, step: int, timestamp: int, value: float) -> None:
        """Add one point at the end; nothing is sorted or collapsed here."""
        self.step.append(step)
        self.timestamp.append(timestamp)
        self.value.append(value)


@dataclass(frozen=True, slots=True)
class Curve:
    """One series of a chart."""

    run_id: str
    key: str
    origin: int  # where relative time begins for the run, milliseconds since the epoch
    series: Series
    is_whole: bool  # no point that the chart could show was left out


@dataclass(slots=True)
class Points:
    """Points of several metric keys of one run, as they travel from the journal to the store.

    Row `i` is one point of the key `names[key[i]]`. Names are distinct.
    """

    names: list[str] = field(default_factory=list[str])
    key: array[int] = field(default_factory=lambda: array("I"))  # index into `names`
    step: array[int] = field(default_factory=_longs)
    timestamp: array[int] = field(default_factory=_longs)
    value: array[float] = field(default_factory=_doubles)

    def __len__(self) -> int:
        return len(self.value)

    @classmethod
    def of(cls, metrics: list[Metric]) -> Points:
        """The same points in columns, in the order given."""
        points = cls()
        known: dict[str, int] = {}
        for metric in metrics:
            index = known.setdefault(metric.key, len(known))
            points.key.append(index)
            points.step.append(metric.step)
            points.timestamp.append(metric.timestamp)
            points.value.append(metric.value)
        points.names = list(known)
        return points
