"""Params and tags of many runs: one row per run, put together by the database.

Fetching a row costs more than what is in it: 20 params as one row take a third of the time that
20 rows take.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from epochal.sql.database import Connection

RunTexts = tuple[int, tuple[int, ...], list[str]]  # run, keys, their values

_decode = msgspec.json.Decoder(list[str]).decode


def read_texts(
    connection: Connection,
    table: str,
    runs: Sequence[int],
    keys: Iterable[int] | None = None,
) -> Iterator[RunTexts]:
    """The values in `params` or `tags` of some runs, each run's in the order of keys.

    Runs that have equal keys share one tuple of them; `keys` narrows what is read.
    """
    dialect = connection.dialect
    bound = [dialect.many(runs)]
    condition = dialect.among("run")
    if keys is not None:
        condition = f"{condition} AND {dialect.among('key')}"
        bound.append(dialect.many(keys))
    rows = connection.execute(
        f"SELECT run, {dialect.joined_numbers('key')}, {dialect.json_list('value', 'key')} "
        f"FROM {table} WHERE {condition} GROUP BY run",
        bound,
    )
    known: dict[str, tuple[int, ...]] = {}
    for run, spelled, values in rows:
        found = known.get(spelled)
        if found is None:
            found = known[spelled] = tuple(map(int, spelled.split(",")))
        yield run, found, _decode(values)


def key_names(connection: Connection, keys: Iterable[int]) -> dict[int, str]:
    """The names of keys."""
    dialect = connection.dialect
    rows = connection.execute(
        f"SELECT id, name FROM keys WHERE {dialect.among('id')}", (dialect.many(keys),)
    )
    return dict(rows)
