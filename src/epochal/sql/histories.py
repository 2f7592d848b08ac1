"""Pages of one metric's history, from chunks and tail; also of what rewinds superseded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from epochal.series.merge import merge, ranks
from epochal.sql.archive import list_superseded, open_superseded
from epochal.sql.chunks import EVERYTHING, list_chunks, open_chunk

if TYPE_CHECKING:
    from epochal.series.columns import Bounds, Columns
    from epochal.sql.database import Connection
    from epochal.sql.series import Metric

Place = tuple[int, int, int]  # timestamp, step, rank of the value


@dataclass(frozen=True, slots=True)
class Span:
    """Which points a page may hold: those inside some bounds, after a place, so many at most."""

    bounds: Bounds = EVERYTHING
    after: Place | None = None
    limit: int | None = None

    @property
    def chunk_bounds(self) -> Bounds:
        """Bounds of the chunks that may hold such points."""
        if self.after is None:
            return self.bounds
        first = max(self.bounds.first_timestamp, self.after[0])
        return replace(self.bounds, first_timestamp=first)

    def cut(self, points: Columns) -> Columns:
        """Those of some sorted points that lie inside, whatever the limit."""
        return points[_index_after(points, self.after) :].within(self.bounds)


def read_page(
    connection: Connection, metric: Metric, fresh: Columns, span: Span
) -> tuple[Columns, bool]:
    """Points ordered by (timestamp, step, value); and whether there are more.

    `fresh` is the metric's tail. It must have been read before, in the same snapshot.
    """
    parts: list[Columns] = []
    size, end = 0, None
    for chunk in list_chunks(connection, metric.run, metric.key, span.chunk_bounds):
        if span.limit is not None and size > span.limit:
            # Later fresh points may have others before them, in chunks not read.
            end = last_place(parts[-1])
            break
        part = span.cut(open_chunk(connection, metric.run, metric.key, chunk).take())
        if len(part):
            parts.append(part)
            size += len(part)
    fresh = span.cut(merge([fresh]))
    if end is not None:
        fresh = fresh[: _index_after(fresh, end)]
    merged = merge([*parts, fresh])
    return _limited(merged, span, has_rest=end is not None)


def read_superseded(connection: Connection, metric: Metric, span: Span) -> tuple[Columns, bool]:
    """As `read_page`, of the points that rewinds took away.

    Chunks of several rewinds may overlap. They come by their first timestamp; what is earlier
    than the next one's can be told to be complete.
    """
    found, has_rest = merge([]), False
    for chunk in list_superseded(connection, metric.run, metric.key, span.chunk_bounds):
        complete = int(np.searchsorted(found.timestamp, chunk.first_timestamp, "left"))
        if span.limit is not None and complete > span.limit:
            found, has_rest = found[:complete], True
            break
        part = open_superseded(connection, metric.run, metric.key, chunk)
        found = merge([found, span.cut(part)])
    return _limited(found, span, has_rest=has_rest)


def last_place(points: Columns) -> Place:
    """Where the last of some points stands in the order of a history."""
    last = points[slice(-1, None)]
    return int(last.timestamp[0]), int(last.step[0]), int(ranks(last.value)[0])


def _limited(points: Columns, span: Span, *, has_rest: bool) -> tuple[Columns, bool]:
    has_more = span.limit is not None and (has_rest or len(points) > span.limit)
    return points[slice(span.limit)], has_more


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
