"""The cost of a page as the store grows, drawn as an SVG for the documentation."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE = Path(__file__).parent.parent / "docs" / "images" / "search-curve.svg"
WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 190, 30, 50
LINES = {
    "first": ("first page", "#4269d0"),
    "by metric": ("by a metric", "#ff725c"),
    "by param": ("by a param", "#3ca951"),
    "filter": ("filter, ordered", "#a463f2"),
    "like": ("tag LIKE", "#9c6b4e"),
    "table": ("table of 10 columns", "#6cc5b0"),
}


def draw_curve(figures: dict[str, dict[str, float | None]], sizes: Sequence[int]) -> None:
    """Milliseconds of a page of 100 in the process on SQLite, by the number of runs."""
    points = {
        figure: [
            (size, value)
            for size in sizes
            if (value := figures.get(f"SQLite in process {size}", {}).get(figure)) is not None
        ]
        for figure in LINES
    }
    greatest = max((value for line in points.values() for _, value in line), default=1.0)
    top = math.ceil(greatest / 5) * 5

    def x(size: float) -> float:
        low, high = math.log10(sizes[0]), math.log10(sizes[-1])
        return LEFT + (math.log10(size) - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM)

    size_of = f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="system-ui, sans-serif"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size_of} font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="18" fill="#333">A page of 100 runs on SQLite, ms of processor time</text>',
    ]
    for step in range(6):
        value = top * step / 5
        span = f'x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(value):.1f}" y2="{y(value):.1f}"'
        place = f'x="{LEFT - 8}" y="{y(value) + 4:.1f}"'
        parts += [
            f'<line {span} stroke="#ddd"/>',
            f'<text {place} text-anchor="end" fill="#555">{value:g}</text>',
        ]
    for size in sizes:
        parts.append(
            f'<text x="{x(size):.1f}" y="{HEIGHT - BOTTOM + 22}" text-anchor="middle" '
            f'fill="#555">{size:,} runs</text>'
        )
    parts += _lines(points, x, y)
    FILE.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")


def _lines(points, x, y) -> list[str]:  # noqa: ANN001 - two scales
    parts: list[str] = []
    ends = sorted((line[-1][1], figure) for figure, line in points.items() if line)
    label = math.inf
    labels: dict[str, float] = {}
    for value, figure in ends:
        label = min(label - 17, y(value))
        labels[figure] = label
    for figure, line in points.items():
        if not line:
            continue
        name, color = LINES[figure]
        path = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in line)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x(size):.1f}" cy="{y(value):.1f}" r="3.5" fill="{color}"/>'
            for size, value in line
        ]
        parts.append(
            f'<text x="{WIDTH - RIGHT + 12}" y="{labels[figure] + 4:.1f}" fill="{color}">'
            f"{name}: {line[-1][1]:.1f}</text>"
        )
    return parts
