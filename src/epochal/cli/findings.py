"""Runs that a search found, printed page after page as a table, as JSON or as CSV."""

from __future__ import annotations

import csv
import io
import itertools
import json
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from epochal.cli.tables import print_table
from epochal.search.algebra import comparisons
from epochal.search.lexer import scan
from epochal.search.parser import parse_filter, parse_order_by
from epochal.search.printer import to_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from epochal.entities import RunTable

USUAL = ("run_name", "run_id", "status", "start_time")
_TIMES = {"start_time", "end_time"}
_WIDEST = 60  # characters of a cell in the table for people

Row = list[Any]


def choose_columns(
    asked: Sequence[str], filter_text: str, order_by: Sequence[str]
) -> tuple[str, ...]:
    """The columns that were asked for; else the usual ones and what the search mentions.

    Raises SearchSyntaxError for a search that cannot be understood.
    """
    named = [name for text in asked for name in split_columns(text)]
    if named:
        return tuple(dict.fromkeys(named))
    fields = [clause.field for clause in comparisons(parse_filter(filter_text, "run"))]
    fields += [ordering.field for ordering in parse_order_by(order_by, "run")]
    own = (field for field in fields if not field.relation and field.entity != "dataset")
    return tuple(dict.fromkeys([*USUAL, *map(to_name, own)]))


def split_columns(text: str) -> list[str]:
    """The names between commas; a comma within quotes belongs to a key."""
    commas = [token.position for token in scan(text) if token.text == ","]
    cuts = [-1, *commas, len(text)]
    names = (text[start + 1 : end].strip() for start, end in itertools.pairwise(cuts))
    return [name for name in names if name]


def iter_tables(
    read: Callable[[int, str | None], RunTable], page: int, limit: int | None
) -> Iterator[RunTable]:
    """Pages up to `limit` runs; `read` takes how many and the token of the page before."""
    token, left = None, limit
    while left is None or left > 0:
        table = read(page if left is None else min(page, left), token)
        yield table
        token = table.token
        if token is None:
            return
        left = None if left is None else left - len(table.run_ids)


def print_found(tables: Iterator[RunTable], columns: Sequence[str], form: str) -> None:
    """Print as `json` (one array), `csv` or, for people, `table`."""
    rows = (row for table in tables for row in _rows(table, columns))
    if form == "json":
        _print_json(rows, columns)
    elif form == "csv":
        _print_csv(rows, columns)
    else:
        shown = [[_cell(n, v) for n, v in zip(columns, row, strict=True)] for row in rows]
        print_table(columns, shown)


def _rows(table: RunTable, columns: Sequence[str]) -> Iterator[Row]:
    held = (table.columns[name] for name in columns)
    return (list(row) for row in zip(*held, strict=True))


def _print_json(rows: Iterator[Row], columns: Sequence[str]) -> None:
    """One object a line, so that what is printed needs no more memory than a page."""
    before = "[\n"
    for row in rows:
        spelled = dict(zip(columns, map(_spelled, row), strict=True))
        click.echo(f"{before} {json.dumps(spelled, ensure_ascii=False)}", nl=False)
        before = ",\n"
    click.echo("[]" if before == "[\n" else "\n]")


def _print_csv(rows: Iterator[Row], columns: Sequence[str]) -> None:
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(columns)
    click.echo(line.getvalue(), nl=False)
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow(["" if value is None else _spelled(value) for value in row])
        click.echo(line.getvalue(), nl=False)


def _spelled(value: Any) -> Any:
    """NaN and the infinities as text: JSON has no numbers for them."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def _cell(column: str, value: Any) -> str:
    if value is None:
        return ""
    if column in _TIMES:
        return spell_date(value)
    if isinstance(value, float):
        return f"{value:.6g}"
    text = " ".join(str(value).split())
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def spell_date(time_ms: int | None) -> str:
    """An instant in UTC, as people read it; nothing for none."""
    if not time_ms:
        return ""
    try:
        return f"{datetime.fromtimestamp(time_ms / 1000, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError, OSError):  # a year that no calendar has
        return str(time_ms)
