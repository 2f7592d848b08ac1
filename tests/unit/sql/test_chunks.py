from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from epochal.series.columns import Bounds
from epochal.series.merge import merge
from epochal.sql import chunks
from epochal.sql.chunks import add_to_chunks, list_chunks, open_chunk
from unit.sql.metric_stores import columns, database_at, query, tuples

RUN, KEY = 1, 1
POINT = st.tuples(
    st.integers(0, 30), st.integers(0, 12), st.sampled_from([0.0, 1.0, float("inf")])
)
BATCHES = st.lists(st.lists(POINT, min_size=1, max_size=12), max_size=8)


@pytest.fixture
def database(tmp_path):
    with database_at(f"sqlite:///{tmp_path}/x.db") as database:
        yield database


@pytest.fixture
def small_chunks(monkeypatch):
    """Chunks of four points with hardly a number between them, so that all branches are met."""
    monkeypatch.setattr(chunks, "FULL", 4)
    monkeypatch.setattr(chunks, "SPACING", 3)


def add(database, rows):
    return database.write(lambda c: add_to_chunks(c, RUN, KEY, columns(rows))).result()


def contents(database):
    with database.read() as connection:
        return [
            tuples(open_chunk(connection, RUN, KEY, chunk).take())
            for chunk in list_chunks(connection, RUN, KEY)
        ]


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(BATCHES)
def test_chunks_are_the_sorted_set_of_points(database, small_chunks, batches):
    """Whatever comes in whatever order: cut in order, each point once, what was dropped counted."""
    database.write(lambda c: c.execute("DELETE FROM metric_chunks")).result()
    dropped = sum(add(database, batch).count for batch in batches)
    everything = [point for batch in batches for point in batch]
    found = contents(database)
    assert [point for part in found for point in part] == tuples(merge([columns(everything)]))
    assert all(1 <= len(part) <= 4 for part in found)
    assert dropped == len(everything) - len(set(everything))


def test_chunks_know_their_bounds(database):
    """Least and greatest step, ends in time, extremes without NaN, count."""
    add(database, [(7, 10, 0.5), (-3, 20, float("nan")), (5, 30, 2.0)])
    add(database, [(9, 40, float("nan"))])
    columns_ = "first_step, last_step, first_timestamp, last_timestamp, min_value, max_value"
    found = query(database, f"SELECT {columns_}, point_count FROM metric_chunks ORDER BY chunk")
    assert found == [(-3, 7, 10, 30, 0.5, 2.0, 3), (9, 9, 40, 40, None, None, 1)]


def test_appending_leaves_full_chunks_alone(database, small_chunks):
    """Points in order never rewrite what is full."""
    add(database, [(i, i, 1.0) for i in range(8)])
    before = query(database, "SELECT chunk, payload FROM metric_chunks ORDER BY chunk")
    add(database, [(8, 8, 1.0)])
    assert query(database, "SELECT chunk, payload FROM metric_chunks ORDER BY chunk")[:2] == before


def test_equal_clocks_do_not_overlap(database, small_chunks):
    """With one timestamp for all, steps tell the chunks apart."""
    for start in range(0, 16, 4):
        add(database, [(i, 0, 1.0) for i in range(start, start + 4)])
    assert [len(part) for part in contents(database)] == [4, 4, 4, 4]


def test_small_chunks_grow_together(database):
    """A chunk takes in smaller ones before it, so that their number stays logarithmic."""
    for i in range(64):
        add(database, [(i, i, 1.0)])
    assert [len(part) for part in contents(database)] == [64]


def test_windows_name_chunks_that_may_match(database, small_chunks):
    """Only chunks whose steps overlap a window are listed."""
    add(database, [(i, i, 1.0) for i in range(16)])
    with database.read() as connection:
        found = list_chunks(connection, RUN, KEY, Bounds.of_steps(5, 8))
    assert [(chunk.first_step, chunk.last_step) for chunk in found] == [(4, 7), (8, 11)]
