"""The measured numbers as tables that people read, each beside what is aimed at."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent.parent / "docs" / "benchmarks.md"
SEEDED = ("Epochal", "MLflow", "FastTrackML")  # which get the whole million points to read
SERVERS = (
    *("Epochal", "Epochal PostgreSQL", "MLflow", "MLflow 1 worker", "MLflow PostgreSQL"),
    *("FastTrackML", "uvicorn echo"),
)
LOOPS = ("Epochal", "MLflow", "MLflow async", "W&B offline", "trackio", "tensorboardX")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: where its number stands, in which unit, and what is aimed at; infinity: nothing."""

    part: str
    figure: str
    name: str
    unit: str
    target: float
    is_floor: bool = False  # the target is the least, not the most

    def is_met(self, value: float | None) -> bool:
        """Whether a value reaches the target; an absent one does not."""
        if value is None or math.isnan(value):
            return False
        return value >= self.target if self.is_floor else value <= self.target


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that have the same columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def _requests(connections: int, target: float) -> Row:
    name = f"runs/log-metric, {connections} connection{'s' if connections > 1 else ''}"
    figure = f"log-metric {connections}"
    return Row("server", figure, name, "requests/s", target, is_floor=True)


TABLES = (
    Table(
        "In the training loop",
        LOOPS,
        (
            Row("loop", "mean_us", "log_metric, mean", "µs", 2),
            Row("loop", "p99_us", "log_metric, p99", "µs", 10),
            Row("loop", "hundred_us", "log_metrics of 100 keys", "µs", 30),
            Row("loop", "stored_s", "10,000 points until stored", "s", 0.1),
        ),
    ),
    Table(
        "Over HTTP, each answer after the commit",
        SERVERS,
        (
            _requests(1, 2_500),
            _requests(16, 10_000),
            _requests(64, 12_000),
            Row("server", "log-metric 64 p99", "the same, p99", "ms", 15),
            Row("server", "log-batch 1", "runs/log-batch, 1 connection", "points/s", 5e5, True),
            Row("server", "log-batch 4", "runs/log-batch, 4 connections", "points/s", 1e6, True),
            Row("server", "runs 16", "create, params, finish, 16", "requests/s", 3_500, True),
            Row("server", "history", "get-history, 1 M in pages of 25,000", "s", 1.5),
            Row("server", "interval", "bulk-interval, 1,000 of 1 M", "ms", 25),
            Row("server", "resident", "resident memory after all this", "MiB", 200),
        ),
    ),
    Table(
        "On disk",
        SEEDED,
        (
            Row("bytes", "bytes long", "a float32 loss of a 1 M series", "bytes", 6),
            Row("bytes", "bytes noise", "a random double, 6.5 of it noise", "bytes", math.inf),
            Row("bytes", "bytes wide", "a point of 1,000 keys", "bytes", 12),
        ),
    ),
    Table(
        "In the store",
        ("Epochal",),
        (
            Row("store", "sample", "1,000 of 1 M points", "ms", 15),
            Row("store", "read", "1 M points into numpy", "ms", 60),
            Row("store", "chart", "100 runs x 10,000, one chart", "ms", 50),
            Row("store", "billion", "a point at 10^9 against 10^6", "times", 1.3),
        ),
    ),
)


def is_reached(kept: dict[str, Any]) -> bool:
    """Whether every measured row of ours reaches what is aimed at."""
    rows = [row for table in TABLES for row in table.rows if row.part in kept]
    values = [(row, _value(kept, row, "Epochal")) for row in rows]
    return all(row.is_met(value) for row, value in values if value is not None)


def text(kept: dict[str, Any]) -> str:
    """All tables in Markdown, which reads well in a terminal too."""
    return "\n\n".join(_table(kept, table) for table in TABLES if _is_measured(kept, table))


def write_docs(kept: dict[str, Any]) -> None:
    """Put the tables between the two marks in docs/benchmarks.md."""
    page = DOCS.read_text(encoding="utf-8")
    block = f"<!-- tables -->\n{text(kept)}\n<!-- end of tables -->"
    marks = r"<!-- tables -->.*<!-- end of tables -->"
    DOCS.write_text(re.sub(marks, lambda _: block, page, flags=re.DOTALL), encoding="utf-8")


def _is_measured(kept: dict[str, Any], table: Table) -> bool:
    return any(row.part in kept for row in table.rows)


def _table(kept: dict[str, Any], table: Table) -> str:
    measured = kept[table.rows[0].part]
    columns = [name for name in table.columns if name in measured["figures"]]
    lines = [["", "reach", *columns, ""]]
    for row in table.rows:
        if all(_value(kept, row, column) is None for column in columns):
            continue
        values = [_value(kept, row, column) for column in columns]
        verdict = "reached" if row.is_met(values[0]) else "MISSED"
        reach = f"{'≥' if row.is_floor else '≤'} {_number(row.target)}"
        if math.isinf(row.target):
            verdict, reach = "", "-"
        name = f"{row.name} ({row.unit})"
        lines.append([name, reach, *map(_number, values), verdict])
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:-1])]
    rule.append("-" * widths[-1])
    lines.insert(1, rule)
    host = measured["machine"]
    figures = measured["figures"]
    loads = [figures[name]["load"] for name in columns if "load" in figures[name]]
    after = f", {', '.join(map(str, loads))} after each column" if loads else ""
    facts = (
        f"{host['processor']}, {host['cores']} cores, load {host['load']} before{after}, "
        f"{host['taken'][:10]}"
    )
    cells = ["| " + " | ".join(_padded(line, widths)) + " |" for line in lines]
    return "\n".join([f"### {table.title}", "", *cells, "", f"({facts})"])


def _padded(line: list[str], widths: list[int]) -> list[str]:
    first, *rest = zip(line, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]


def _value(kept: dict[str, Any], row: Row, column: str) -> float | None:
    return kept[row.part]["figures"].get(column, {}).get(row.figure)


def _number(value: float | None) -> str:
    if value is None or math.isnan(value):
        return "-"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
