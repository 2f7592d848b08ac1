"""A few points of one metric for a chart, from chunks and tail.

Where steps grow with time, as in nearly every run, the order of a history is the order of a
chart too; then chunks need no sorting, and of the columns only what chooses is unpacked whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from epochal.series.columns import EMPTY, Bounds, Columns
from epochal.series.merge import merge, merge_by_step
from epochal.series.sampling import Positions, evenly, peaks
from epochal.sql.chunks import Chunk, list_chunks, open_chunk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.series.codec import Packed
    from epochal.series.columns import Floats
    from epochal.sql.database import Connection
    from epochal.sql.series import Metric

LONG = 4_194_304  # points; of a longer series only the peaks of each block are compared
BLOCK_PEAKS = 4096  # then


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of points in the order of a chart, unpacked only where points are chosen."""

    points: Packed | Columns
    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def pick(self, chosen: Positions, values: Floats | None) -> Columns:
        if isinstance(self.points, Columns):
            return self.points[chosen + self.start]
        return self.points.take(chosen + self.start, values)

    def values(self) -> Floats:
        points = self.points
        whole = points.value if isinstance(points, Columns) else points.values()
        return whole[self.start : self.stop]


def sample_evenly(
    connection: Connection, metric: Metric, fresh: Columns, bounds: Bounds, limit: int
) -> Columns:
    """At most `limit` points by step, chosen as `series.sampling.evenly` does.

    The bounds are of steps.
    `fresh` is the metric's tail, read before in the same snapshot.
    """
    blocks = _by_step(connection, metric, fresh, bounds)
    return _picked(blocks, evenly(_size(blocks), limit))


def sample_peaks(
    connection: Connection,
    metric: Metric,
    fresh: Columns,
    bounds: Bounds,
    limit: int,
    *,
    by_time: bool = False,
) -> tuple[Columns, bool]:
    """At most `limit` points by step or by time, the peaks among them; and whether that is all.

    The bounds are of the same axis.
    `fresh` is the metric's tail, read before in the same snapshot.
    """
    in_order = _by_time if by_time else _by_step
    blocks = in_order(connection, metric, fresh, bounds)
    size = _size(blocks)
    if size <= limit:
        return _picked(blocks, np.arange(size, dtype=np.intp)), True
    if size > LONG:
        return _picked(blocks, _peaks_of_long(blocks, limit)), False
    values = np.concatenate([block.values() for block in blocks])
    chosen = peaks(values, limit)
    return _picked(blocks, chosen, values[chosen]), False


def _by_step(
    connection: Connection, metric: Metric, fresh: Columns, bounds: Bounds
) -> list[_Block]:
    chunks = list_chunks(connection, metric.run, metric.key, bounds)
    packed = [open_chunk(connection, metric.run, metric.key, chunk) for chunk in chunks]
    fresh = merge_by_step([fresh.within(bounds)])
    blocks = _in_order(chunks, packed, fresh, bounds)
    if blocks is None:
        points = merge_by_step([*(part.take().within(bounds) for part in packed), fresh])
        blocks = [_Block(points, 0, len(points))]
    return blocks


def _by_time(
    connection: Connection, metric: Metric, fresh: Columns, bounds: Bounds
) -> list[_Block]:
    chunks = list_chunks(connection, metric.run, metric.key, bounds)
    packed = [open_chunk(connection, metric.run, metric.key, chunk) for chunk in chunks]
    fresh = merge([fresh.within(bounds)])
    if len(fresh) and not all(chunk.ends_before(fresh) for chunk in chunks):
        points = merge([*(part.take().within(bounds) for part in packed), fresh])
        return [_Block(points, 0, len(points))]
    pairs = zip(chunks, packed, strict=True)
    return [*(_within_times(chunk, part, bounds) for chunk, part in pairs), _all_of(fresh)]


def _within_times(chunk: Chunk, packed: Packed, bounds: Bounds) -> _Block:
    low, high = bounds.first_timestamp, bounds.last_timestamp
    if low <= chunk.first_timestamp and chunk.last_timestamp <= high:
        return _Block(packed, 0, packed.count)
    return _between(packed, packed.timestamps(), low, high)


def _in_order(
    chunks: Sequence[Chunk], packed: Sequence[Packed], fresh: Columns, bounds: Bounds
) -> list[_Block] | None:
    """Blocks that follow each other by step, or None if they overlap."""
    blocks: list[_Block] = []
    reached: int | None = None
    for chunk, part in zip(chunks, packed, strict=True):
        block = _within_steps(chunk, part, bounds)
        if block is None or (reached is not None and chunk.first_step < reached):
            return None
        blocks.append(block)
        reached = chunk.last_step
    if len(fresh) and reached is not None and int(fresh.step[0]) <= reached:
        return None
    return [*blocks, _all_of(fresh)]


def _within_steps(chunk: Chunk, packed: Packed, bounds: Bounds) -> _Block | None:
    """The part of a chunk within the bounds, None if its steps do not grow."""
    low, high = bounds.first_step, bounds.last_step
    is_inside = low <= chunk.first_step and chunk.last_step <= high
    if is_inside and packed.has_growing_steps:
        return _Block(packed, 0, packed.count)
    steps = packed.steps()
    if not bool(np.all(steps[1:] >= steps[:-1])):
        return None
    return _between(packed, steps, low, high)


def _between(packed: Packed, column: np.ndarray[tuple[int]], low: int, high: int) -> _Block:
    start = int(np.searchsorted(column, np.int64(low), "left"))
    stop = int(np.searchsorted(column, np.int64(high), "right"))
    return _Block(packed, start, max(start, stop))


def _all_of(points: Columns) -> _Block:
    return _Block(points, 0, len(points))


def _size(blocks: Sequence[_Block]) -> int:
    return sum(map(len, blocks))


def _peaks_of_long(blocks: Sequence[_Block], limit: int) -> Positions:
    """The peaks among the peaks of each block, so that one block at a time is in memory."""
    places: list[Positions] = []
    values: list[Floats] = []
    start = 0
    for block in blocks:
        own = block.values()
        chosen = peaks(own, BLOCK_PEAKS)
        places.append(chosen + start)
        values.append(own[chosen])
        start += len(block)
    return np.concatenate(places)[peaks(np.concatenate(values), limit)]


def _picked(blocks: Sequence[_Block], chosen: Positions, values: Floats | None = None) -> Columns:
    """The points at some places of the chart; their values are known perhaps."""
    parts: list[Columns] = []
    start = 0
    for block in blocks:
        stop = start + len(block)
        low, high = np.searchsorted(chosen, [start, stop]).tolist()
        if high > low:
            known = None if values is None else values[low:high]
            parts.append(block.pick(chosen[low:high] - start, known))
        start = stop
    return Columns.joined(parts) if parts else EMPTY
