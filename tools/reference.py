#!/usr/bin/env python3
"""Write the tables of the docs from the tables of the code.

usage: reference.py [--check]     with --check, only say whether the pages are fresh

A page keeps its prose; what stands between `<!-- NAME -->` and `<!-- end -->` is replaced.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epochal.cli.main import epochal as commands
from epochal.search.fields import FUNCTIONS, IDENTIFIED, NUMERIC, TEXTUAL
from epochal.search.fields import TABLES as TABLES_OF_FIELDS
from epochal.wire.endpoints import ENDPOINTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from epochal.search.fields import FieldType
    from epochal.wire.endpoints import Endpoint

DOCS = Path(__file__).resolve().parent.parent / "docs"
COMPARATORS = {"text": TEXTUAL, "number": NUMERIC, "identifier": IDENTIFIED}
PAGES = ("mlflow.md", "search.md", "command-line.md")


def endpoint_rows() -> Iterator[str]:
    """One row for each endpoint of the server."""
    yield "| Method | Path | Under | Permission | Largest body |"
    yield "|---|---|---|---|---|"
    for endpoint in ENDPOINTS:
        methods, prefixes = ", ".join(endpoint.methods), under(endpoint)
        limit = "-" if endpoint.body == "none" else size(endpoint.limit_bytes)
        yield f"| {methods} | `{endpoint.path}` | {prefixes} | {endpoint.permission} | {limit} |"


def under(endpoint: Endpoint) -> str:
    """Where an endpoint's path begins."""
    return ", ".join(f"`{prefix}`" for prefix in endpoint.prefixes)


def size(limit_bytes: int | None) -> str:
    """A bound as people read it."""
    return "any, streams" if limit_bytes is None else f"{limit_bytes // 2**20} MiB"


def field_rows() -> Iterator[str]:
    """One row for each field, or each kind of key, that a search knows."""
    yield "| Searching | Field | Value | Compared as | Orders |"
    yield "|---|---|---|---|---|"
    for table in TABLES_OF_FIELDS.values():
        named = [(e, key, t) for e, keys in table.fixed.items() for key, t in keys.items()]
        free = [(entity, "any key", kind_of) for entity, kind_of in table.free.items()]
        for entity, key, field in [*named, *free]:
            words = [p for p, meant in table.prefixes.items() if meant == entity]
            spelled = f"`{words[0]}.`{key}" if key == "any key" else f"`{words[0]}.{key}`"
            orders = "yes" if field.is_orderable else "no"
            value = field.unit or field.value
            yield f"| {table.things} | {spelled} | {value} | {compared_as(field)} | {orders} |"
        for name, relation in table.relations.items():
            meaning = f"{relation.meaning}: `{relation.example}`"
            things = TABLES_OF_FIELDS[relation.kind].things
            yield f"| {table.things} | `{name}.`any field of {things} | {meaning} | | no |"


def compared_as(field: FieldType) -> str:
    """The names of the sets of comparators that a field takes."""
    names = [name for name, known in COMPARATORS.items() if set(field.operators) == set(known)]
    return ", ".join([*names, *(["number"] if field.takes_numbers else [])])


def comparator_rows() -> Iterator[str]:
    """Each set of comparators."""
    yield "| Compared as | Comparators |"
    yield "|---|---|"
    for name, known in COMPARATORS.items():
        yield f"| {name} | {', '.join(f'`{operator}`' for operator in known)} |"


def function_rows() -> Iterator[str]:
    """One row for each function of a metric."""
    yield "| Function | What it is of the points of a metric |"
    yield "|---|---|"
    for name, function in FUNCTIONS.items():
        yield f"| `{name}(metrics.key)` | {function.meaning} |"


def command_rows() -> Iterator[str]:
    """Each command with its options, their variables and what they do."""
    for names, command in leaves(commands, ("epochal",)):
        yield f"### `{' '.join(names)}`"
        yield ""
        yield command.get_short_help_str(200)
        yield ""
        options = [p for p in command.params if isinstance(p, click.Option)]
        if options:
            yield "| Option | Variable | Meaning |"
            yield "|---|---|---|"
        for option in options:
            spelled = ", ".join(f"`{name}`" for name in [*option.opts, *option.secondary_opts])
            variables = option.envvar if isinstance(option.envvar, list) else [option.envvar]
            named = ", ".join(f"`{name}`" for name in variables if name)
            yield f"| {spelled} | {named} | {option.help or ''} |"
        yield ""


def leaves(
    group: click.Group, names: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """All commands below a group, by their full names."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from leaves(command, (*names, name))
        elif command is not None:
            yield (*names, name), command


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "endpoints": endpoint_rows,
    "commands": command_rows,
    "fields": field_rows,
    "functions": function_rows,
    "comparators": comparator_rows,
}


def rendered(text: str) -> str:
    """A page with its tables written anew."""

    def table(match: re.Match[str]) -> str:
        body = "\n".join(TABLES[match[1]]()).strip()
        return f"<!-- {match[1]} -->\n{body}\n<!-- end -->"

    return re.sub(r"<!-- (\w+) -->\n.*?<!-- end -->", table, text, flags=re.DOTALL)


def stale() -> dict[Path, str]:
    """The pages that differ from what the code says, with what they should be."""
    found: dict[Path, str] = {}
    for name in PAGES:
        text = (DOCS / name).read_text(encoding="utf-8")
        fresh = rendered(text)
        if fresh != text:
            found[DOCS / name] = fresh
    return found


def main() -> int:
    """Write the pages, or say which are stale."""
    pages = stale()
    if "--check" in sys.argv[1:]:
        for page in pages:
            print(f"{page.name} is stale; run: make docs")
        return bool(pages)
    for page, fresh in pages.items():
        page.write_text(fresh, encoding="utf-8")
        print(f"wrote {page.relative_to(DOCS.parent)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
