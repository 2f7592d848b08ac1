from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from epochal.series.columns import Bounds
from epochal.series.merge import merge, merge_by_step
from epochal.series.sampling import evenly, peaks
from epochal.sql import chunks, curves
from epochal.sql.chunks import add_to_chunks
from epochal.sql.curves import sample_evenly, sample_peaks
from epochal.sql.series import Metric
from unit.sql.metric_stores import columns, database_at, tuples

METRIC = Metric(1, 1)
POINT = st.tuples(st.integers(0, 20), st.integers(0, 8), st.sampled_from([0.0, 1.0, -5.0, 7.0]))
POINTS = st.lists(POINT, max_size=40)
GROWING = POINTS.map(lambda points: [(i, time, v) for i, (_, time, v) in enumerate(points)])
WINDOW = st.one_of(st.none(), st.tuples(st.integers(0, 20), st.integers(0, 20)))
QUICK = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def database(tmp_path, monkeypatch):
    monkeypatch.setattr(chunks, "FULL", 4)
    with database_at(f"sqlite:///{tmp_path}/x.db") as database:
        yield database


def fill(database, packed):
    def work(connection):
        connection.execute("DELETE FROM metric_chunks")
        if packed:
            add_to_chunks(connection, 1, 1, columns(packed))

    database.write(work).result()


@QUICK
@given(st.one_of(POINTS, GROWING), POINTS, st.integers(1, 9), WINDOW)
def test_samples_are_those_of_the_merged_history(database, packed, fresh, limit, window):
    """Picking from chunks gives what picking from all sorted points gives."""
    fill(database, packed)
    bounds = Bounds.of_steps(*(window or (None, None)))
    with database.read() as connection:
        found = sample_evenly(connection, METRIC, columns(fresh), bounds, limit)
    merged = merge_by_step([columns(packed), columns(fresh)]).within(bounds)
    assert tuples(found) == tuples(merged[evenly(len(merged), limit)])


@pytest.mark.parametrize("by_time", [False, True])
@QUICK
@given(st.one_of(POINTS, GROWING), POINTS, st.tuples(st.integers(1, 30), WINDOW))
def test_peaks_are_those_of_the_merged_history(database, by_time, packed, fresh, asked):
    """On either axis; and the answer says whether anything was left out."""
    fill(database, packed)
    limit, window = asked
    bounds = (Bounds.of_times if by_time else Bounds.of_steps)(*(window or (None, None)))
    with database.read() as connection:
        found, is_whole = sample_peaks(
            connection, METRIC, columns(fresh), bounds, limit, by_time=by_time
        )
    ordered = merge if by_time else merge_by_step
    merged = ordered([columns(packed), columns(fresh)]).within(bounds)
    assert is_whole == (len(merged) <= limit)
    assert tuples(found) == tuples(merged[peaks(merged.value, limit)])


def test_peaks_of_very_long_series(database, monkeypatch):
    """Found block by block: the wildest values and both ends are among them."""
    monkeypatch.setattr(curves, "LONG", 100)
    monkeypatch.setattr(curves, "BLOCK_PEAKS", 4)
    points = [(step, step, float(step % 3)) for step in range(400)]
    points[123], points[307] = (123, 123, -9.0), (307, 307, 9.0)
    fill(database, points)
    with database.read() as connection:
        found, _ = sample_peaks(connection, METRIC, columns([]), Bounds(), 20)
    steps = found.step.tolist()
    assert len(steps) <= 20
    assert {0, 123, 307, 399} <= set(steps)
