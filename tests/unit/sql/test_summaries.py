from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from epochal.entities import Metric
from epochal.series.summary import Duplicates, rank, summarize
from epochal.sql.summaries import (
    add_to_summaries,
    count_keys,
    latest_metrics,
    subtract_duplicates,
    summary_column,
)
from unit.sql.metric_stores import append, database_at, new_run, points, query

POINT = st.tuples(
    st.integers(-2, 2),
    st.integers(0, 2),
    st.sampled_from([-1.0, 0.0, 1.0, math.nan, math.inf, -math.inf]),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    url = f"sqlite:///{tmp_path}/x.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    with database_at(url) as database:
        yield database


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.lists(POINT, min_size=1, max_size=4), min_size=1, max_size=6))
def test_rows_are_the_summary_of_all_points(database, batches):
    """What SQL combines is what `series.summary` says of all points at once."""

    def work(connection):
        connection.execute("DELETE FROM metric_summaries")
        for batch in batches:
            add_to_summaries(connection, 1, [7], points(batch))

    database.write(work).result()
    expected = summarize(points([point for batch in batches for point in batch]))[0]
    (row,) = query(
        database,
        "SELECT last_step, last_timestamp, last_value, first_step, first_timestamp, first_value, "
        "min_value, min_step, max_value, max_step, total, nan_count, point_count "
        "FROM metric_summaries",
    )
    found = [math.nan if value is None else value for value in row]
    assert rank(tuple(found[:3])) == rank(expected.last)
    assert rank(tuple(found[3:6])) == rank(expected.first)
    assert row[6:8] == (expected.least or (None, None))
    assert row[8:10] == (expected.greatest or (None, None))
    assert row[10:] == (expected.total, expected.nan_count, expected.count)


@pytest.mark.parametrize(
    ("values", "mean"),
    [
        ([1.0, 2.0, 6.0], 3.0),
        ([1.0, math.nan, 2.0], 1.5),
        ([math.nan], None),
        ([math.inf, 1.0, math.nan], math.inf),
        ([-math.inf, 1.0], -math.inf),
        ([-math.inf, math.inf], None),
        ([1.7976931348623157e308] * 2, 1.7976931348623157e308),
        ([0.1] * 3, 0.1),
        ([5e-324], 5e-324),
        ([math.inf] * 2, math.inf),
        ([1e308, 1e308, 1e308, 9e307], 2e307),
        ([-1e308, -1e308, -1e308, -9e307], -2e307),
        ([1e308, -1e308], 0.0),
        ([5e-324, 5e-324, 5e-324, 0.0], 0.0),
    ],
)
def test_the_mean_is_taken_of_what_is_not_nan(database, values, mean):
    """Infinities count; what is too great to be added or too small to be divided is bounded."""
    run = new_run(database)
    for step, value in enumerate(values):
        append(database, run, [(step, 0, value)])
    (row,) = query(database, f"SELECT {summary_column('mean', 's')} FROM metric_summaries s")
    assert row == (mean,)


def test_latest_comes_by_run_and_key(database):
    """Of each run that has any, ordered by key; NaN is NaN again."""
    run, other = new_run(database), new_run(database, "s")
    append(database, run, [(1, 5, 0.5), (2, 6, math.nan)])
    append(database, run, [(0, 0, 3.0)], "accuracy")
    with database.read() as connection:
        found = latest_metrics(connection, [run, other])
        assert latest_metrics(connection, []) == {}
        assert count_keys(connection, run) == 2
    accuracy, loss = found[run]
    assert accuracy == Metric("accuracy", 3.0, 0, 0)
    assert (loss.key, loss.timestamp, loss.step, math.isnan(loss.value)) == ("loss", 6, 2, True)
    assert other not in found


def test_duplicates_are_subtracted_per_key(database):
    """Only the counts and totals of the keys named change."""
    run = new_run(database)
    append(database, run, [(0, 0, 1.0)] * 4 + [(0, 0, math.nan)] * 2)
    append(database, run, [(0, 0, 1.0)] * 3, "accuracy")
    found = {1: Duplicates(4, 1, 3.0), 2: Duplicates()}
    database.write(lambda c: subtract_duplicates(c, run, found)).result()
    kept = query(
        database, "SELECT point_count, nan_count, total FROM metric_summaries ORDER BY key"
    )
    assert kept == [(2, 1, 1.0), (3, 0, 3.0)]
