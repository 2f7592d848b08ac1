"""Points of one metric as numpy arrays, the form in which they are read."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from epochal.entities import Series

if TYPE_CHECKING:
    from collections.abc import Sequence

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Selection = slice | NDArray[np.bool_] | NDArray[np.intp]
MIN, MAX = -(2**63), 2**63 - 1


@dataclass(frozen=True, slots=True)
class Columns:
    """Points in columns of equal length. The arrays may be shared: never write into them."""

    step: Integers
    timestamp: Integers  # milliseconds since the epoch
    value: Floats

    def __len__(self) -> int:
        return len(self.value)

    def __getitem__(self, chosen: Selection) -> Columns:
        return Columns(self.step[chosen], self.timestamp[chosen], self.value[chosen])

    @classmethod
    def of(cls, series: Series) -> Columns:
        """The points of a series, sharing its memory."""
        return cls(
            np.frombuffer(series.step, np.int64) if series else _NO_INTEGERS,
            np.frombuffer(series.timestamp, np.int64) if series else _NO_INTEGERS,
            np.frombuffer(series.value, np.float64) if series else _NO_FLOATS,
        )

    @classmethod
    def joined(cls, parts: Sequence[Columns]) -> Columns:
        """All points of some parts, one part after the other."""
        if len(parts) == 1:
            return parts[0]
        return cls(
            np.concatenate([_NO_INTEGERS, *(part.step for part in parts)]),
            np.concatenate([_NO_INTEGERS, *(part.timestamp for part in parts)]),
            np.concatenate([_NO_FLOATS, *(part.value for part in parts)]),
        )

    def to_series(self) -> Series:
        """The same points as a series of its own."""
        return Series(
            _fill(array("q"), self.step),
            _fill(array("q"), self.timestamp),
            _fill(array("d"), self.value),
        )

    def within(self, bounds: Bounds) -> Columns:
        """The points inside some bounds, in the order they have."""
        inside: NDArray[np.bool_] | None = None
        for column, low, high in (
            (self.step, bounds.first_step, bounds.last_step),
            (self.timestamp, bounds.first_timestamp, bounds.last_timestamp),
        ):
            if (low, high) != (MIN, MAX):
                here = (column >= low) & (column <= high)
                inside = here if inside is None else inside & here
        return self if inside is None else self[inside]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Inclusive bounds of steps and of timestamps; everything by default."""

    first_step: int = MIN
    last_step: int = MAX
    first_timestamp: int = MIN
    last_timestamp: int = MAX

    @classmethod
    def of_steps(cls, start: int | None, end: int | None) -> Bounds:
        """From one step to another; numbers beyond int64 bound nothing."""
        return cls(first_step=_clamped(start, MIN), last_step=_clamped(end, MAX))

    @classmethod
    def of_times(cls, start: int | None, end: int | None) -> Bounds:
        """From one timestamp to another; numbers beyond int64 bound nothing."""
        return cls(first_timestamp=_clamped(start, MIN), last_timestamp=_clamped(end, MAX))


def _clamped(number: int | None, default: int) -> int:
    return default if number is None else max(MIN, min(MAX, number))


def _fill(filled: array[Any], column: NDArray[Any]) -> array[Any]:
    filled.frombytes(np.ascontiguousarray(column).view(np.uint8).data)
    return filled


_NO_INTEGERS: Integers = np.empty(0, np.int64)
_NO_FLOATS: Floats = np.empty(0, np.float64)
EMPTY = Columns(_NO_INTEGERS, _NO_INTEGERS, _NO_FLOATS)
