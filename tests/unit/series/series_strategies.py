"""Points as hypothesis draws them, awkward ones first."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import strategies as st

from epochal.entities import Points, Series
from epochal.series.columns import Columns

INTEGERS = st.integers(-(2**63), 2**63 - 1)
FEW_INTEGERS = st.integers(-2, 2)
VALUES = st.floats(width=64, allow_nan=True, allow_infinity=True, allow_subnormal=True)
FEW_VALUES = st.sampled_from([0.0, -0.0, 1.0, math.nan, math.inf, -math.inf])
ANY_POINTS = st.lists(st.tuples(INTEGERS, INTEGERS, VALUES), max_size=40)
FEW_POINTS = st.lists(st.tuples(FEW_INTEGERS, FEW_INTEGERS, FEW_VALUES), max_size=12)


def columns(points):
    """Tuples of (step, timestamp, value) as arrays."""
    steps, times, values = zip(*points, strict=True) if points else ((), (), ())
    return Columns(
        np.array(steps, np.int64), np.array(times, np.int64), np.array(values, np.float64)
    )


def named(points, names):
    """Tuples as points of the given names in turn; only names that got a point are kept."""
    result = Points(names=names[: len(points)])
    for index, (step, timestamp, value) in enumerate(points):
        result.key.append(index % len(names))
        result.step.append(step)
        result.timestamp.append(timestamp)
        result.value.append(value)
    return result


def bits(points: Columns | Series):
    """Points as integers, so that NaN equals itself and minus zero differs from zero."""
    values = np.array(points.value, np.float64).view(np.int64).tolist()
    return list(zip(list(points.step), list(points.timestamp), values, strict=True))
