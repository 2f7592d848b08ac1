from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Literal

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
