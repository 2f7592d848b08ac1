"""The figures of searching as tables that people read, each beside what is aimed at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent.parent / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Target:
    """One figure and what it should reach at 10,000 and at 100,000 runs; None: nothing set."""

    figure: str
    name: str
    unit: str
    small: float | None
    large: float | None
    is_floor: bool = False

    def is_met(self, value: float | None, size: int) -> bool:
        """Whether a figure at this size is as good as it should be."""
        aim = self.large if size > 10_000 else self.small
        if aim is None or value is None:
            return True
        return value >= aim if self.is_floor else value <= aim


TARGETS = (
    Target("first", "first page of 100", "ms", 6, 8),
    Target("by metric", "ordered by a metric", "ms", 6, 8),
    Target("by param", "by a param, all different", "ms", 8, 12),
    Target("by letter", "by a param of ten values", "ms", 8, 12),
    Target("filter", "metric and param, ordered", "ms", 8, 15),
    Target("like", "tag LIKE", "ms", 10, 20),
    Target("pages", "all runs, pages of 1,000", "runs/s", 20_000, 20_000, is_floor=True),
    Target("frame", "DataFrame of 10,000 runs; 0.4 in process", "s", 0.6, 0.6),
    Target("table", "table page, 10 columns", "ms", None, None),
    Target("count", "count", "ms", None, None),
    Target("groups", "group by a param", "ms", None, None),
    Target("fields", "all fields", "ms", None, None),
    Target("resident", "server's memory after", "MiB", None, None),
)
WIDE = (
    Target("wide page", "1,500 runs of 1,500 metrics: page of 10 columns", "ms", 100, 100),
    Target("wide ordered", "the same, ordered by a metric", "ms", 100, 100),
    Target("wide fields", "its 1,700 fields with types and counts", "ms", 50, 50),
    Target("wide all fields", "the fields of all 50 experiments", "ms", None, None),
    Target("experiments", "experiments/search, 100 of 1,000", "ms", 2, 2),
    Target("counted experiments", "the same with the runs of each counted", "ms", 2, 2),
)
SMALL = (
    "SQLite in process 10000",
    "SQLite http 10000",
    "PostgreSQL in process 10000",
    "PostgreSQL http 10000",
    "MLflow 10000",
    "MLflow PostgreSQL 10000",
    "FastTrackML 1000",
    "FastTrackML 10000",
)
LARGE = (
    "SQLite in process 1000",
    "SQLite in process 100000",
    "SQLite http 100000",
    "PostgreSQL in process 100000",
    "PostgreSQL http 100000",
)


def is_reached(kept: dict[str, Any]) -> bool:
    """Whether our figures on SQLite reach what is aimed at, in the process."""
    figures = kept["figures"]
    for size in (10_000, 100_000):
        for how in ("in process", "http"):
            values = figures.get(f"SQLite {how} {size}", {})
            if not all(t.is_met(values.get(t.figure), size) for t in TARGETS):
                return False
    return all(t.is_met(_wide(figures).get(t.figure), 10_000) for t in WIDE)


def report(kept: dict[str, Any]) -> str:
    """All tables in Markdown."""
    figures = kept["figures"]
    host = kept["machine"]
    facts = f"({host['processor']}, {host['cores']} cores, load {host['load']} before"
    facts += f", {host['taken'][:10]})"
    return "\n\n".join(
        [
            f"### Searching 10,000 runs\n\n{_table(figures, SMALL, 10_000)}",
            f"### Searching 100,000 runs, and 1,000\n\n{_table(figures, LARGE, 100_000)}",
            *([f"### Wide experiments, and many\n\n{wide}"] if (wide := _list(figures)) else []),
            facts,
        ]
    )


def write_docs(kept: dict[str, Any]) -> None:
    """Put the tables between the two marks in docs/benchmarks.md."""
    page = DOCS.read_text(encoding="utf-8")
    block = f"<!-- search -->\n{report(kept)}\n<!-- end of search -->"
    marks = r"<!-- search -->.*<!-- end of search -->"
    DOCS.write_text(re.sub(marks, lambda _: block, page, flags=re.DOTALL), encoding="utf-8")


def _wide(figures: dict[str, Any]) -> dict[str, Any]:
    return {**figures.get("wide", {}), **figures.get("experiments", {})}


def _table(figures: dict[str, Any], columns: tuple[str, ...], size: int) -> str:
    shown = [name for name in columns if figures.get(name)]
    titles = [re.sub(r" 1(0000|00000)$", "", name) for name in shown]
    lines = [f"| | reach | {' | '.join(titles)} |", f"|---|---:|{'---:|' * len(shown)}"]
    for target in TARGETS:
        values = [figures[name].get(target.figure) for name in shown]
        if any(value is not None for value in values):
            aim = target.large if size > 10_000 else target.small
            reach = "-" if aim is None else f"{'≥' if target.is_floor else '≤'} {aim:,g}"
            cells = " | ".join(
                _spelled(value, target, name, size)
                for value, name in zip(values, shown, strict=True)
            )
            lines.append(f"| {target.name} ({target.unit}) | {reach} | {cells} |")
    return "\n".join(lines)


def _list(figures: dict[str, Any]) -> str:
    values = _wide(figures)
    if not values:
        return ""
    lines = ["| | reach | Epochal, SQLite, HTTP |", "|---|---:|---:|"]
    for target in WIDE:
        reach = "-" if target.small is None else f"≤ {target.small:,g}"
        value = _spelled(values.get(target.figure), target, "SQLite", 10_000)
        lines.append(f"| {target.name} ({target.unit}) | {reach} | {value} |")
    return "\n".join(lines)


def _spelled(value: float | None, target: Target, column: str, size: int) -> str:
    if value is None:
        return "-"
    text = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    missed = column.startswith("SQLite") and not target.is_met(value, size)
    return f"{text} (missed)" if missed and not column.endswith(" 1000") else text
