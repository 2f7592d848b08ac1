"""The catalogue of fields: estimates where counting would take long, and types."""

from __future__ import annotations

import pytest

from epochal.entities import Metric, Points
from epochal.ports.tables import FieldQuery
from epochal.ports.tracking import NewRun, RunLog
from epochal.sql import fields
from epochal.sql.fields import list_fields
from epochal.sql.store import SqlStore

TYPED = {
    "number": ["1", "-2.5e3", ".5", "nan", "Infinity", "", "1_000"],
    "date": ["2026-01-01", "2026-01-01T10:00:00+01:00", "2025-12-31 23:59"],
    "text": ["1", "none"],
}


@pytest.fixture
def store(any_database):
    """Sixty runs that have `loss`; three of them have `rare` too."""
    store = SqlStore(any_database)
    for number in range(60):
        run_id = f"r{number}"
        store.create_run(NewRun(run_id, "0", run_id, "", 1000 * number))
        keys = ["loss", "rare"] if number in {7, 8, 9} else ["loss"]
        points = Points.of([Metric(key, 1.0, 1) for key in keys])
        store.log(RunLog(run_id, points)).result()
    return store


def test_many_runs_are_counted_in_a_sample(store, any_database, monkeypatch):
    """A key that all have is estimated; one that the sample misses is counted up to a bound."""
    monkeypatch.setattr(fields, "EXACT_ROWS", 10)
    monkeypatch.setattr(fields, "SAMPLED_RUNS", 4)
    monkeypatch.setattr(fields, "RARE", 2)
    with any_database.read() as connection:
        found = list_fields(connection, FieldQuery(["0"], ("metric",))).items
    assert [(one.key, one.count, one.is_exact) for one in found] == [
        ("loss", 60, False),
        ("rare", 2, False),
    ]


def test_few_runs_are_counted_exactly(store, any_database):
    """Every one."""
    with any_database.read() as connection:
        found = list_fields(connection, FieldQuery(["0"], ("metric",))).items
    assert [(one.key, one.count, one.is_exact) for one in found] == [
        ("loss", 60, True),
        ("rare", 3, True),
    ]


def test_types_follow_from_the_extremes(any_database):
    """The least and the greatest value as text, empty ones aside."""
    store = SqlStore(any_database)
    for number in range(7):
        params = {kind: values[number] for kind, values in TYPED.items() if number < len(values)}
        store.create_run(NewRun(f"r{number}", "0", "n", "", number))
        store.log(RunLog(f"r{number}", params=params)).result()
    with any_database.read() as connection:
        found = list_fields(connection, FieldQuery(["0"], ("param",))).items
    assert {one.key: one.type for one in found} == {kind: kind for kind in TYPED}
