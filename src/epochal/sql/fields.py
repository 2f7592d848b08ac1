"""The catalogue of fields: which keys the runs of some experiments have, how many, of what type.

*Counts* are exact where counting walks at most `EXACT_ROWS` index entries. Beyond that a key is
counted in `SAMPLED_RUNS` runs, evenly spread over time, and the share is taken of all runs; a
key that few of these have is counted up to `RARE` instead. Deleted runs count as others do.

*Types* of params and tags follow from the least and the greatest value as text: numbers if both
are, dates if both are. Letters come behind digits, so a word among numbers is one of the two.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from epochal.entities import KnownField, Page
from epochal.search.columns import ATTRIBUTES
from epochal.sql.conditions import KEY_KINDS, VALUE_TABLES
from epochal.sql.page_tokens import Position, decode, encode, fingerprint
from epochal.sql.search import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from epochal.entities import FieldKind, FieldValues
    from epochal.ports.tables import FieldQuery
    from epochal.sql.database import Connection

EXACT_ROWS = 300_000
SAMPLED_RUNS = 48
RARE = 100

_PLACE = (("integer", "text"),)
_ORDER: tuple[FieldKind, ...] = ("attribute", "metric", "param", "tag")
_NUMBER = re.compile(
    r"\s*[+-]?(\d[\d_]*(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*|\s*[+-]?(inf(inity)?|nan)\s*", re.IGNORECASE
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d([T ].*)?")
PREFIX = "substr({}value, 1, 200)"  # as in the indexes


def list_fields(connection: Connection, query: FieldQuery) -> Page[KnownField]:
    """One page of known fields. See `ports.tables`."""
    experiments = numbers_of(query.experiment_ids)
    kinds: list[FieldKind] = [kind for kind in _ORDER if kind in query.kinds]
    search = fingerprint("fields", experiments, kinds, query.prefix)
    position = decode(query.page_token, search, _PLACE)
    after = (-1, "") if position is None else position.values
    found: list[tuple[int, str]] = []
    for kind in kinds:
        order = _ORDER.index(kind)
        beyond = str(after[1]) if order == after[0] else ""
        if order >= int(str(after[0])) and len(found) <= query.limit:
            room = query.limit + 1 - len(found)
            names = _names(connection, experiments, kind, query.prefix, beyond)
            found += [(order, name) for name in names[:room]]
    shown = found[: query.limit]
    token = encode(Position(0, shown[-1]), search) if len(found) > query.limit else None
    return Page(list(_describe(connection, experiments, shown)), token)


def _names(
    connection: Connection, experiments: Sequence[int], kind: FieldKind, prefix: str, beyond: str
) -> list[str]:
    """The keys of one kind behind `beyond`, in order."""
    if kind == "attribute":
        listed = list(ATTRIBUTES)
        names = listed[listed.index(beyond) + 1 :] if beyond in ATTRIBUTES else listed
    else:
        among = connection.dialect.among("experiment")
        rows = connection.execute(
            f"SELECT DISTINCT name FROM keys WHERE {among} AND kind = ? AND name > ? "
            "ORDER BY name",
            (connection.dialect.many(experiments), KEY_KINDS[kind], beyond),
        )
        names = [row[0] for row in rows]
    folded = prefix.casefold()
    return [name for name in names if name.casefold().startswith(folded)] if prefix else names


def _describe(
    connection: Connection, experiments: Sequence[int], shown: Sequence[tuple[int, str]]
) -> Iterator[KnownField]:
    if not shown:
        return
    among = connection.dialect.among("experiment")
    listed = connection.dialect.many(experiments)
    rows = connection.execute(f"SELECT count(*) FROM runs WHERE {among}", (listed,))
    runs: int = rows[0][0]
    for order, kind in enumerate(_ORDER):
        names = [name for place, name in shown if place == order]
        if kind == "attribute":
            for name in names:
                yield KnownField(kind, name, ATTRIBUTES[name], runs)
        elif names:
            numbers = _numbers(connection, experiments, kind, names)
            counts, is_exact = _counts(connection, experiments, kind, numbers, runs)
            types = _types(connection, kind, numbers)
            for name in names:
                yield KnownField(kind, name, types[name], counts[name], is_exact)


def _numbers(
    connection: Connection, experiments: Sequence[int], kind: FieldKind, names: Sequence[str]
) -> dict[int, str]:
    """The name of each key, several where several experiments have it."""
    dialect = connection.dialect
    rows = connection.execute(
        f"SELECT id, name FROM keys WHERE {dialect.among('experiment')} AND kind = ? "
        f"AND {dialect.among('name')}",
        (dialect.many(experiments), KEY_KINDS[kind], dialect.many(names)),
    )
    return dict(rows)


def _counts(
    connection: Connection,
    experiments: Sequence[int],
    kind: FieldKind,
    numbers: dict[int, str],
    runs: int,
) -> tuple[dict[str, int], bool]:
    """How many runs have each name, and whether that is exact."""
    table = VALUE_TABLES[KEY_KINDS[kind]]
    counts = dict.fromkeys(numbers.values(), 0)
    is_exact = runs * len(counts) <= EXACT_ROWS
    if is_exact:
        found = _tally(connection, table, "key", numbers)
    else:
        sample = list(_sample(connection, experiments))
        share = runs / max(1, len(sample))
        found = {
            key: round(count * share)
            for key, count in _tally(connection, table, "run", sample).items()
        }
        seen = {numbers[key] for key in found if key in numbers}
        rare = [key for key, name in numbers.items() if name not in seen]
        for key in rare:
            sql = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE key = ? LIMIT ?) few"
            found[key] = connection.execute(sql, (key, RARE))[0][0]
    for key, count in found.items():
        if key in numbers:
            counts[numbers[key]] += count
    return counts, is_exact


def _tally(
    connection: Connection, table: str, column: str, values: Iterable[int]
) -> dict[int, int]:
    rows = connection.execute(
        f"SELECT key, count(*) FROM {table} WHERE {connection.dialect.among(column)} GROUP BY key",
        (connection.dialect.many(values),),
    )
    return dict(rows)


def _sample(connection: Connection, experiments: Sequence[int]) -> Iterator[int]:
    """Some runs of each experiment, evenly spread over time; one probe of an index for each."""
    place = "FROM runs WHERE experiment = ? AND lifecycle_stage = ?"
    each = max(1, SAMPLED_RUNS // max(1, len(experiments)))
    for experiment in experiments:
        sql = f"SELECT min(start_time), max(start_time) {place}"
        first, last = connection.execute(sql, (experiment, "active"))[0]
        chosen: set[int] = set()
        for index in range(each if first is not None else 0):
            time = last - (last - first) * index // each
            sql = f"SELECT id {place} AND start_time <= ? ORDER BY start_time DESC, run_id LIMIT 1"
            chosen.update(row[0] for row in connection.execute(sql, (experiment, "active", time)))
        yield from chosen


def _types(
    connection: Connection, kind: FieldKind, numbers: dict[int, str]
) -> dict[str, FieldValues]:
    if kind == "metric":
        return dict.fromkeys(numbers.values(), "number")
    table = VALUE_TABLES[KEY_KINDS[kind]]
    among = connection.dialect.among("k.id")
    value = PREFIX.format("x.")
    rows = connection.execute(
        "SELECT k.id, "
        + ", ".join(
            f"(SELECT {value} FROM {table} x WHERE x.key = k.id AND {value} > '' "
            f"ORDER BY x.key {direction}, {value} {direction} LIMIT 1)"
            for direction in ("ASC", "DESC")
        )
        + f" FROM keys k WHERE {among}",
        (connection.dialect.many(numbers),),
    )
    extremes: dict[str, list[Any]] = {}
    for key, *values in rows:
        extremes.setdefault(numbers[key], []).extend(values)
    return {name: _type_of(values) for name, values in extremes.items()}


def _type_of(values: Sequence[str | None]) -> FieldValues:
    texts = [value for value in values if value is not None]
    if texts and all(map(_NUMBER.fullmatch, texts)):
        return "number"
    return "date" if texts and all(map(_is_date, texts)) else "text"


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
