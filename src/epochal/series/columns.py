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

    def within_steps(self, window: tuple[int, int] | None) -> Columns:
        """The points whose step lies in an inclusive window."""
        if window is None:
            return self
        low, high = clamped(window[0]), clamped(window[1])
        return self[(self.step >= low) & (self.step <= high)]


def clamped(number: int) -> int:
    """The nearest number that an int64 can hold; beyond them no step exists."""
    return max(-(2**63), min(2**63 - 1, number))


def _fill(filled: array[Any], column: NDArray[Any]) -> array[Any]:
    filled.frombytes(np.ascontiguousarray(column).view(np.uint8).data)
    return filled


_NO_INTEGERS: Integers = np.empty(0, np.int64)
_NO_FLOATS: Floats = np.empty(0, np.float64)
EMPTY = Columns(_NO_INTEGERS, _NO_INTEGERS, _NO_FLOATS)
