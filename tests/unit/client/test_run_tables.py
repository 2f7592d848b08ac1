"""Runs in columns, whatever answers them."""

from __future__ import annotations

import math

import pytest

from epochal.client.drafts import Search
from epochal.client.run_tables import ServedTables, TablesOfRuns, table_of_runs
from epochal.entities import Metric, Page, Run, RunData, RunGroup, RunInfo, ValueCount
from epochal.errors import NotSupportedError
from epochal.wire.tables import encode_groups, encode_values

COLUMNS = ["experiment_id", "run_name", "status", "artifact_uri", "start_time", "end_time"]


def made(number):
    info = RunInfo(f"r{number}", "1", f"n{number}", "ada", "RUNNING", number, None, "file:/a")
    data = RunData([Metric("loss", number / 2, 0)] if number else [], {"p": "x"}, {"t": "y"})
    return Run(info, data)


@pytest.fixture
def tables():
    """Five whole runs behind a search that answers them in pages."""
    runs = [made(number) for number in range(5)]

    def search(experiment_ids, asked):
        start = int(asked.page_token or 0)
        end = start + min(asked.max_results, 2)
        return Page(runs[start:end], str(end) if end < len(runs) else None)

    return TablesOfRuns(search)


def test_whole_runs_become_columns(tables):
    """In the order of first sight, None where a run lacks something."""
    table = tables.read(["1"], Search(max_results=2), None)
    assert (table.run_ids, table.token) == (["r0", "r1"], "2")
    assert list(table.columns) == [*COLUMNS, "metrics.loss", "params.p", "tags.t"]
    assert table.columns["metrics.loss"] == [None, 0.5]


def test_chosen_columns_of_whole_runs(tables):
    """By their spelling; what whole runs do not tell is refused."""
    table = tables.read(["1"], Search(max_results=2), ["metrics.`loss`", "run_id", "tags.none"])
    assert table.columns == {
        "metrics.`loss`": [None, 0.5],
        "run_id": ["r0", "r1"],
        "tags.none": [None, None],
    }
    with pytest.raises(NotSupportedError, match="Epochal server"):
        tables.read(["1"], Search(), ["min(metrics.loss)"])


def test_whole_runs_are_counted_page_by_page(tables):
    """Groups and values are refused: they would take every run of the store."""
    assert tables.count(["1"], Search()) == 5
    with pytest.raises(NotSupportedError):
        tables.group(["1"], Search(), ["status"], [])
    with pytest.raises(NotSupportedError):
        tables.list_values(["1"], Search(), "status", "")


def test_numbers_that_json_cannot_spell_come_back():
    """NaN is a number among the values of a metric, and a text among those of a param."""

    def post(name, message, headers):
        if name == "runs/groups":
            groups = [RunGroup([math.inf, "NaN"], 2, [math.nan, None])]
            return encode_groups(Page(groups), message.by, message.aggregates)
        return encode_values([ValueCount("NaN", 1)])

    tables = ServedTables(post)
    (group,) = tables.group(["1"], Search(), ["metrics.m", "params.p"], ["a", "b"]).items
    assert group.by == [math.inf, "NaN"]
    assert math.isnan(group.aggregates[0])
    assert group.aggregates[1] is None
    assert math.isnan(tables.list_values(["1"], Search(), "metrics.m", "")[0].value)
    assert tables.list_values(["1"], Search(), "params.p", "") == [ValueCount("NaN", 1)]


def test_no_runs_are_a_table_without_rows():
    """The basic columns are there all the same."""
    assert list(table_of_runs([], None).columns) == COLUMNS
