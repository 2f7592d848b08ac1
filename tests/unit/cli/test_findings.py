"""What a search found is printed for people and for programs."""

from __future__ import annotations

import json
import math

import pytest

from epochal.cli.findings import (
    choose_columns,
    iter_tables,
    print_found,
    spell_date,
    split_columns,
)
from epochal.entities import RunTable


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("a", ["a"]),
        ("a, b,,c ", ["a", "b", "c"]),
        ("tags.`a,b`,min(metrics.x)", ["tags.`a,b`", "min(metrics.x)"]),
    ],
)
def test_columns_are_split_at_commas(text, names):
    """But not within quotes."""
    assert split_columns(text) == names


def test_columns_follow_the_search():
    """What belongs to other things than the run is left out; each column comes once."""
    found = choose_columns(
        (),
        "params.lr < 1 OR parent.run_name = 'x' OR datasets.name = 'y'",
        ["min(metrics.a) DESC"],
    )
    assert found == ("run_name", "run_id", "status", "start_time", "params.lr", "min(metrics.a)")
    assert choose_columns(("a,b", "b"), "", []) == ("a", "b")


def test_pages_end_where_enough_is_found():
    """No page is longer than what is still wanted."""
    asked = []

    def read(count, token):
        asked.append((count, token))
        return RunTable(["r"] * count, {}, "next")

    assert [len(table.run_ids) for table in iter_tables(read, 10, 25)] == [10, 10, 5]
    assert asked == [(10, None), (10, "next"), (5, "next")]
    assert list(iter_tables(read, 10, 0)) == []


ROWS = RunTable(
    ["r", "s"],
    {
        "start_time": [1_000, None],
        "metrics.a": [math.nan, 0.123456789],
        "tags.t": ["two\nlines, " + "x" * 80, None],
    },
)


def printed(capsys, form):
    print_found(iter([ROWS]), list(ROWS.columns), form)
    return capsys.readouterr().out


def test_people_read_a_table(capsys):
    """Dates are dates, numbers are short, long texts are cut."""
    line = printed(capsys, "table").splitlines()[2]
    assert line.startswith("1970-01-01 00:00:01 UTC  nan")
    assert "two lines, x" in line
    assert line.endswith("…")


def test_programs_read_json(capsys):
    """Values as they are; NaN is a text."""
    first, second = json.loads(printed(capsys, "json"))
    assert first["metrics.a"] == "NaN"
    assert second == {"start_time": None, "metrics.a": 0.123456789, "tags.t": None}


def test_spreadsheets_read_csv(capsys):
    """Quoted where a text needs it, empty where there is none."""
    told = printed(capsys, "csv")
    assert told.startswith('start_time,metrics.a,tags.t\n1000,NaN,"two\nlines, x')
    assert told.endswith("\n,0.123456789,\n")


def test_dates_beyond_the_calendar_are_numbers():
    """Nobody's clock, but somebody's record."""
    assert spell_date(2**62) == str(2**62)
    assert spell_date(None) == ""
