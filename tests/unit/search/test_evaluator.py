"""The plain reading of the grammar, clause by clause."""

from __future__ import annotations

import math

import pytest

from epochal.search.evaluator import matches
from epochal.search.parser import parse_filter
from epochal.search.printer import to_name

DAY = 86_400_000
NOW = 10 * DAY
RUN = {
    "metrics.loss": [0.25],
    "metrics.broken": [math.nan],
    "params.lr": ["1e-2"],
    "params.model": ["lasso"],
    "params.note": ["10 trees"],
    "tags.`train-data-path`": ["data/Taxi"],
    "datasets.name": ["train", "test"],
    "start_time": [9 * DAY],
    "duration": [7200.0],
    "parent.run_name": ["sweep"],
    "child.metrics.loss": [0.1, 0.9],
    "experiment.name": ["taxi"],
}


class Run:
    def values(self, field):
        return RUN.get(to_name(field), [])


HOLDS = [
    "metrics.loss = 0.25",
    "metrics.loss BETWEEN 0.2 AND 0.25",
    "metrics.loss IN (1, 0.25)",
    "metrics.loss NOT IN (1)",
    "metrics.broken != 1",
    "metrics.broken NOT BETWEEN 0 AND 1",
    "metrics.broken IS NOT NULL",
    "metrics.none IS NULL",
    "params.lr < 0.02",
    "params.lr = 0.01",
    "params.lr = '1e-2'",
    "params.lr BETWEEN 0 AND 1",
    "params.model =~ '^l.s+o$'",
    "params.model !~ 'ridge'",
    "params.model IN ('ridge', 'lasso')",
    "params.model NOT LIKE 'r%'",
    "tags.`train-data-path` ILIKE 'DATA/_axi'",
    "datasets.name = 'test' AND datasets.name = 'train'",
    "start_time > now - 2d",
    "start_time = '1970-01-10'",
    "duration >= 2h",
    "duration = 7200",
    "parent.run_name = 'sweep'",
    "child.metrics.loss < 0.2 AND child.metrics.loss > 0.8",
    "experiment.name LIKE 'ta%'",
    "NOT metrics.none = 1",
    "metrics.none = 1 OR params.model = 'lasso'",
    "NOT (metrics.loss > 1 OR metrics.loss < 0)",
]
FAILS = [
    "metrics.none != 1",
    "metrics.broken = 1",
    "metrics.broken BETWEEN 0 AND 1",
    "params.note > 1",
    "params.note != 1",
    "params.model > 1",
    "params.none !~ 'x'",
    "params.none NOT LIKE 'x'",
    "params.lr = '0.01'",
    "params.model = 'Lasso'",
    "start_time < now - 2d",
    "parent.run_id IS NOT NULL",
    "NOT metrics.loss = 0.25",
    "metrics.loss > 1 OR metrics.loss < 0",
]


@pytest.mark.parametrize("text", HOLDS)
def test_what_holds(text):
    """Any value of a field may satisfy a clause; NOT is the true complement."""
    assert matches(Run(), parse_filter(text, "run"), NOW)
    assert not matches(Run(), parse_filter(f"NOT ({text})", "run"), NOW)


@pytest.mark.parametrize("text", FAILS)
def test_what_does_not_hold(text):
    """What is missing, or is no number where one is asked for, satisfies no comparison."""
    assert not matches(Run(), parse_filter(text, "run"), NOW)
    assert matches(Run(), parse_filter(f"NOT ({text})", "run"), NOW)


def test_no_filter_holds():
    """Nothing is demanded."""
    assert matches(Run(), None)
