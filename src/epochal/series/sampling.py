"""Choosing a few of many points for a chart. All functions return positions, ascending."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from epochal.series.columns import Floats

Positions = NDArray[np.intp]


def evenly(count: int, limit: int) -> Positions:
    """At most `limit` of `count` points as MLflow chooses them.

    The points are cut into `limit` buckets, the longer ones first, as SQL's NTILE does; the
    first of each bucket is taken, of the last bucket the last. A limit of one: the last point.
    """
    if count <= limit:
        return np.arange(count, dtype=np.intp)
    size, longer = divmod(count, limit)
    bucket = np.arange(limit, dtype=np.intp)
    chosen = bucket * size + np.minimum(bucket, longer)
    chosen[-1] = count - 1
    return chosen


def peaks(values: Floats, limit: int) -> Positions:
    """At most `limit` points that keep every visible peak: the extremes of even buckets.

    The min-max method, the first stage of "MinMaxLTTB: Leveraging MinMax-Preselection to Scale
    LTTB in Line Chart Visualization" (Van Der Donckt et al., 2023, arXiv:2305.00332). First and
    last point are kept. NaN is chosen only where a bucket holds nothing else.
    """
    count = len(values)
    buckets = (limit - 2) // 2
    if count <= limit or buckets < 1:
        return evenly(count, limit)
    size, longer = divmod(count - 2, buckets)
    inner, split = values[1:-1], (size + 1) * longer
    parts = (_extremes(inner[:split], longer), _extremes(inner[split:], buckets - longer) + split)
    ends = np.array([-1, count - 2], np.intp)
    chosen = np.sort(np.concatenate((ends, *parts)))  # np.unique hashes, which takes longer
    is_new = np.ones(len(chosen), np.bool_)
    is_new[1:] = chosen[1:] != chosen[:-1]
    return chosen[is_new] + 1


def _extremes(values: Floats, buckets: int) -> Positions:
    """Where each of some equal buckets has its least and its greatest value."""
    if not buckets:
        return np.empty(0, np.intp)
    table = values.reshape(buckets, -1)
    start = np.arange(buckets, dtype=np.intp) * table.shape[1]
    is_nan = np.isnan(table)
    if not is_nan.any():
        return np.concatenate((table.argmin(axis=1) + start, table.argmax(axis=1) + start))
    low, high = np.where(is_nan, np.inf, table), np.where(is_nan, -np.inf, table)
    return np.concatenate((low.argmin(axis=1) + start, high.argmax(axis=1) + start))
