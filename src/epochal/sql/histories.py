"""Reading one metric: pages of its history and samples for charts, from chunks and tail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from epochal.series.columns import EMPTY, Columns, clamped
from epochal.series.merge import merge, merge_by_step, ranks
from epochal.series.sampling import Positions, evenly
from epochal.sql.chunks import (
    Chunk,
    list_chunks,
    list_chunks_from,
    list_chunks_within,
    open_chunk,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.series.codec import Packed
    from epochal.sql.database import Connection

Place = tuple[int, int, int]  # timestamp, step, rank of the value


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric of one run by the store's own numbers."""

    run: int
    key: int


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of points in the order of charts, unpacked only where points are chosen."""

    points: Packed | Columns
    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def pick(self, chosen: Positions) -> Columns:
        if isinstance(self.points, Columns):
            return self.points[chosen + self.start]
        return self.points.take(chosen + self.start)


def read_page(
    connection: Connection, metric: Metric, fresh: Columns, after: Place | None, limit: int | None
) -> tuple[Columns, bool]:
    """Points after a place, ordered by (timestamp, step, value); and whether there are more.

    `fresh` is the metric's tail. It must have been read before, in the same snapshot.
    """
    parts: list[Columns] = []
    size, is_whole = 0, True
    for chunk in _chunks_after(connection, metric, after):
        if limit is not None and size > limit:
            is_whole = False
            break
        part = open_chunk(connection, metric.run, metric.key, chunk).take()
        parts.append(part[_index_after(part, after) :])
        size += len(parts[-1])
    fresh = merge([fresh])
    fresh = fresh[_index_after(fresh, after) :]
    if not is_whole:  # later fresh points may have others before them, in chunks not read
        fresh = fresh[: _index_after(fresh, last_place(parts[-1]))]
    merged = merge([*parts, fresh])
    has_more = limit is not None and (not is_whole or len(merged) > limit)
    return merged[slice(limit)], has_more


def last_place(points: Columns) -> Place:
    """Where the last of some points stands in the order of a history."""
    last = points[slice(-1, None)]
    return int(last.timestamp[0]), int(last.step[0]), int(ranks(last.value)[0])


def sample_evenly(
    connection: Connection,
    metric: Metric,
    fresh: Columns,
    steps: tuple[int, int] | None,
    limit: int,
) -> Columns:
    """At most `limit` points of a window of steps, chosen as `series.sampling.evenly` does.

    `fresh` is the metric's tail, read before in the same snapshot.
    """
    window = None if steps is None else (clamped(steps[0]), clamped(steps[1]))
    chunks = _chunks_within(connection, metric, window)
    packed = [open_chunk(connection, metric.run, metric.key, chunk) for chunk in chunks]
    fresh = merge_by_step([fresh.within_steps(window)])
    blocks = _in_order(chunks, packed, fresh, window)
    if blocks is None:
        parts = [part.take().within_steps(window) for part in packed]
        merged = merge_by_step([*parts, fresh])
        return merged[evenly(len(merged), limit)]
    return _picked(blocks, limit)


def _chunks_after(connection: Connection, metric: Metric, after: Place | None) -> list[Chunk]:
    if after is None:
        return list_chunks(connection, metric.run, metric.key)
    return list_chunks_from(connection, metric.run, metric.key, after[0])


def _chunks_within(
    connection: Connection, metric: Metric, window: tuple[int, int] | None
) -> list[Chunk]:
    if window is None:
        return list_chunks(connection, metric.run, metric.key)
    return list_chunks_within(connection, metric.run, metric.key, window)


def _index_after(points: Columns, after: Place | None) -> int:
    """How many of some sorted points stand at a place or before it."""
    if after is None:
        return 0
    timestamp, step, rank = after
    low = int(np.searchsorted(points.timestamp, timestamp, "left"))
    high = int(np.searchsorted(points.timestamp, timestamp, "right"))
    same = points[slice(low, high)]
    is_before = (same.step < step) | ((same.step == step) & (ranks(same.value) <= rank))
    return low + int(np.count_nonzero(is_before))


def _in_order(
    chunks: Sequence[Chunk],
    packed: Sequence[Packed],
    fresh: Columns,
    window: tuple[int, int] | None,
) -> list[_Block] | None:
    """Blocks that follow each other by step, or None if they overlap.

    Where steps grow with time, as in nearly every run, the order of a history is the order of
    a chart too, and nothing has to be sorted or even unpacked as a whole.
    """
    blocks: list[_Block] = []
    reached: int | None = None
    for chunk, part in zip(chunks, packed, strict=True):
        block = _block(chunk, part, window)
        if block is None or (reached is not None and chunk.first_step < reached):
            return None
        blocks.append(block)
        reached = chunk.last_step
    if len(fresh):
        if reached is not None and int(fresh.step[0]) <= reached:
            return None
        blocks.append(_Block(fresh, 0, len(fresh)))
    return blocks


def _block(chunk: Chunk, packed: Packed, window: tuple[int, int] | None) -> _Block | None:
    """The part of a chunk within a window, None if its steps do not grow."""
    low, high = window or (chunk.first_step, chunk.last_step)
    is_inside = low <= chunk.first_step and chunk.last_step <= high
    if is_inside and packed.has_growing_steps:
        return _Block(packed, 0, packed.count)
    steps = packed.steps()
    if not bool(np.all(steps[1:] >= steps[:-1])):
        return None
    start, stop = np.searchsorted(steps, [low], "left"), np.searchsorted(steps, [high], "right")
    return _Block(packed, int(start[0]), max(int(start[0]), int(stop[0])))


def _picked(blocks: Sequence[_Block], limit: int) -> Columns:
    chosen = evenly(sum(map(len, blocks)), limit)
    parts: list[Columns] = []
    start = 0
    for block in blocks:
        stop = start + len(block)
        low, high = np.searchsorted(chosen, [start, stop]).tolist()
        if high > low:
            parts.append(block.pick(chosen[low:high] - start))
        start = stop
    return Columns.joined(parts) if parts else EMPTY
