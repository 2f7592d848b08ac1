#!/usr/bin/env python3
"""Hold the code to its limits of size and naming, and print where it stands.

usage: shape.py [PACKAGE]     the package's folder, src/epochal unless given

Fails when a module has more than 600 lines, a function more than 100, a module is named
after nothing in particular, or two top-level rooms import each other (also lazily).
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from statistics import median

MODULE_LINES = 600
FUNCTION_LINES = 100
EMPTY_NAMES = frozenset(
    [
        "utils",
        "util",
        "helpers",
        "helper",
        "common",
        "base",
        "core",
        "manager",
        "managers",
        "handler",
        "handlers",
        "misc",
        "impl",
        "v2",
    ]
)


@dataclass
class Shape:
    """What the walk through a package found."""

    module_lines: dict[str, int] = field(default_factory=dict)
    function_lines: dict[str, int] = field(default_factory=dict)
    imports: dict[str, set[str]] = field(default_factory=dict)  # room -> rooms
    faults: list[str] = field(default_factory=list)


def imported_rooms(tree: ast.AST, package: str) -> set[str]:
    """The top-level rooms that a module imports at run time, at its top or inside a function."""
    found: set[str] = set()
    for node in run_time_nodes(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            if node.module == package:
                found |= {f"{package}.{alias.name}" for alias in node.names}
            found.add(node.module)
    parts = (name.split(".") for name in found)
    return {part[1] for part in parts if part[0] == package and len(part) > 1}


def run_time_nodes(node: ast.AST) -> list[ast.AST]:
    """All nodes but those below `if TYPE_CHECKING:`."""
    found: list[ast.AST] = []
    waiting = [node]
    while waiting:
        current = waiting.pop()
        found.append(current)
        typing_only = (
            isinstance(current, ast.If)
            and isinstance(current.test, ast.Name)
            and current.test.id == "TYPE_CHECKING"
        )
        waiting += current.orelse if typing_only else ast.iter_child_nodes(current)  # type: ignore[attr-defined]
    return found


def measure(folder: Path) -> Shape:
    """Walk through a package."""
    shape = Shape()
    for path in sorted(folder.rglob("*.py")):
        inside = path.relative_to(folder)
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        lines = text.count("\n")
        shape.module_lines[str(inside)] = lines
        if lines > MODULE_LINES:
            shape.faults.append(f"{inside} has {lines} lines; {MODULE_LINES} is the limit")
        empty = EMPTY_NAMES & set(inside.with_suffix("").parts)
        if empty:
            shape.faults.append(f"{inside} is named {empty.pop()!r}, which says nothing")
        measure_functions(tree, str(inside), shape)
        room = inside.with_suffix("").parts[0]
        if room != "__init__":
            own = shape.imports.setdefault(room, set())
            own |= imported_rooms(tree, folder.name) - {room}
    for one, other in combinations(sorted(shape.imports), 2):
        if other in shape.imports[one] and one in shape.imports[other]:
            shape.faults.append(f"rooms {one!r} and {other!r} import each other")
    return shape


def measure_functions(tree: ast.AST, module: str, shape: Shape) -> None:
    """Note the length of each function and what its signature leaves untyped."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        place = f"{module}:{node.lineno} {node.name}"
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        shape.function_lines[place] = lines
        if lines > FUNCTION_LINES:
            shape.faults.append(f"{place} has {lines} lines; {FUNCTION_LINES} is the limit")


def report(shape: Shape) -> str:
    """A few lines that say where the code stands."""
    modules, functions = shape.module_lines, shape.function_lines
    long_share = 100 * sum(n > 50 for n in functions.values()) / max(len(functions), 1)  # noqa: PLR2004 - the share STYLE speaks of
    return (
        f"{len(modules)} modules, {sum(modules.values())} lines; "
        f"median {median(modules.values()):.0f}, longest {longest(modules)}\n"
        f"{len(functions)} functions; median {median(functions.values() or [0]):.0f}, "
        f"{long_share:.1f} % over 50 lines, longest {longest(functions)}"
    )


def longest(sizes: dict[str, int]) -> str:
    """The name and size of the largest."""
    name = max(sizes, key=sizes.__getitem__, default="")
    return f"{name} ({sizes.get(name, 0)})"


def main() -> int:
    """Measure, print, and fail when a limit is passed."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "src/epochal")
    if not (folder / "__init__.py").exists():
        print(f"{folder} is no package: it has no __init__.py")
        return 2
    shape = measure(folder)
    print(report(shape))
    for fault in shape.faults:
        print(f"too much: {fault}" if "limit" in fault else fault)
    return bool(shape.faults)


if __name__ == "__main__":
    raise SystemExit(main())
