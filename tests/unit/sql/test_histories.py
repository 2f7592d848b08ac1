from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from epochal.series.merge import merge
from epochal.sql import chunks
from epochal.sql.archive import supersede
from epochal.sql.chunks import add_to_chunks
from epochal.sql.histories import Span, last_place, read_page, read_superseded
from epochal.sql.series import Metric
from unit.sql.metric_stores import columns, database_at, tuples

METRIC = Metric(1, 1)
POINT = st.tuples(st.integers(0, 20), st.integers(0, 8), st.sampled_from([0.0, 1.0, math.inf]))
POINTS = st.lists(POINT, max_size=40)
GROWING = POINTS.map(lambda points: [(i, time, v) for i, (_, time, v) in enumerate(points)])


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


QUICK = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@QUICK
@given(POINTS, POINTS, st.integers(1, 9))
def test_pages_are_the_merged_history(database, packed, fresh, limit):
    """Chunks and tail overlap in any way; pages put together are the sorted set."""
    fill(database, packed)
    found, after, has_more = [], None, True
    while has_more:
        with database.read() as connection:
            page, has_more = read_page(
                connection, METRIC, columns(fresh), Span(after=after, limit=limit)
            )
        assert len(page) <= limit
        assert len(page) == limit or not has_more
        found += tuples(page)
        after = last_place(page) if has_more else None
    assert found == tuples(merge([columns(packed), columns(fresh)]))


@QUICK
@given(st.lists(POINTS.filter(bool), max_size=3), st.integers(1, 9))
def test_pages_of_what_was_superseded(database, rewinds, limit):
    """Chunks of several rewinds overlap in any way; pages put together are the sorted set."""

    def work(connection):
        connection.execute("DELETE FROM metric_archive")
        for rewind, points in enumerate(rewinds):
            add_to_chunks(connection, 1, 1, columns(points))
            supersede(connection, METRIC, -1, rewind)

    database.write(work).result()
    found, after, has_more = [], None, True
    while has_more:
        with database.read() as connection:
            page, has_more = read_superseded(connection, METRIC, Span(after=after, limit=limit))
        assert len(page) == limit or not has_more
        found += tuples(page)
        after = last_place(page) if has_more else None
    assert found == tuples(merge([columns(points) for points in rewinds]))


def test_a_page_reads_few_chunks(database, monkeypatch):
    """The cost of a page grows with the page, not with the series."""
    fill(database, [(i, i, 1.0) for i in range(400)])
    opened = []
    original = chunks.open_series
    monkeypatch.setattr(chunks, "open_series", lambda data: opened.append(1) or original(data))
    with database.read() as connection:
        page, has_more = read_page(
            connection, METRIC, columns([]), Span(after=(200, 200, 2**62), limit=10)
        )
    assert (page.step.tolist(), has_more) == (list(range(201, 211)), True)
    assert len(opened) <= 4
