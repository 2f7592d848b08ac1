from __future__ import annotations

from epochal.series.columns import Bounds
from epochal.sql.archive import list_superseded, open_superseded, supersede
from epochal.sql.chunks import add_to_chunks, list_chunks, open_chunk
from epochal.sql.series import Metric
from unit.sql.metric_stores import columns, tuples

METRIC = Metric(1, 1)
POINTS = [(step, 10 * step, float(step)) for step in range(20)]


def test_points_beyond_a_step_change_tables(any_database):
    """All of them, bit by bit; the others stay in chunks, and a second time nothing moves."""

    def work(connection):
        add_to_chunks(connection, 1, 1, columns(POINTS))
        counts = [supersede(connection, METRIC, 12, rewind) for rewind in (1, 2)]
        (kept,) = [open_chunk(connection, 1, 1, chunk) for chunk in list_chunks(connection, 1, 1)]
        (gone,) = list_superseded(connection, 1, 1, Bounds())
        return counts, tuples(kept.take()), tuples(open_superseded(connection, 1, 1, gone))

    counts, kept, gone = any_database.write(work).result()
    assert counts == [7, 0]
    assert (kept, gone) == (POINTS[:13], POINTS[13:])


def test_archived_chunks_are_found_by_their_bounds(any_database):
    """Those of each rewind apart, by their first timestamp."""

    def work(connection):
        for rewind, first in ((1, 10), (2, 5)):
            add_to_chunks(connection, 1, 1, columns(POINTS))
            supersede(connection, METRIC, first - 1, rewind)
        every = list_superseded(connection, 1, 1, Bounds())
        early = list_superseded(connection, 1, 1, Bounds.of_times(None, 60))
        late = list_superseded(connection, 1, 1, Bounds.of_steps(20, None))
        return [[chunk.rewind for chunk in found] for found in (every, early, late)]

    assert any_database.write(work).result() == [[2, 1], [2], []]
