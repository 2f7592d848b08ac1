"""Names of metrics, params and tags as numbers, one per experiment and kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from epochal.sql.database import Connection

KeyKind = Literal["m", "p", "t"]  # metric, param, tag

MAX_KNOWN_KEYS = 200_000  # what a process remembers, about 40 MB; then it begins anew


def intern(
    connection: Connection, experiment: int, kind: KeyKind, names: Collection[str]
) -> list[int]:
    """The number of each of some distinct names, made where there is none yet. For writers."""
    known = connection.known_keys
    try:
        return [known[experiment, kind, name] for name in names]
    except KeyError:
        fresh = _intern(connection, experiment, kind, names)
    connection.after_commit(lambda: _remember(known, experiment, kind, fresh))
    return [fresh[name] for name in names]


def find_keys(
    connection: Connection, experiment: int, kind: KeyKind, names: Iterable[str]
) -> dict[str, int]:
    """The numbers of those names that have one."""
    rows = connection.execute(
        "SELECT name, id FROM keys WHERE experiment = ? AND kind = ? AND "
        + connection.dialect.among("name"),
        (experiment, kind, connection.dialect.many(names)),
    )
    return dict(rows)


def find_key(connection: Connection, experiment: int, kind: KeyKind, name: str) -> int | None:
    """The number of one name, or None."""
    number = connection.known_keys.get((experiment, kind, name))
    if number is not None:
        return number
    row = connection.execute(
        "SELECT id FROM keys WHERE experiment = ? AND kind = ? AND name = ?",
        (experiment, kind, name),
    ).first()
    return row[0] if row else None


def _intern(
    connection: Connection, experiment: int, kind: KeyKind, names: Collection[str]
) -> dict[str, int]:
    found = find_keys(connection, experiment, kind, names)
    # Sorted, so that two processes that add the same names never wait for each other in a ring.
    absent = sorted(name for name in names if name not in found)
    if absent:
        connection.executemany(
            "INSERT INTO keys (experiment, kind, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [(experiment, kind, name) for name in absent],
        )
        found |= find_keys(connection, experiment, kind, absent)
    return found


def _remember(
    known: dict[tuple[int, str, str], int], experiment: int, kind: KeyKind, fresh: dict[str, int]
) -> None:
    if len(known) > MAX_KNOWN_KEYS:
        known.clear()
    for name, number in fresh.items():
        known[experiment, kind, name] = number
