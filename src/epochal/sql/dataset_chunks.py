"""Chunks of datasets: which are there, where, and how many versions have each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from epochal.ports.datasets import ChunkPlace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from epochal.sql.database import Connection

T = TypeVar("T", int, str)
BATCH = 20_000  # chunks of one statement


@dataclass(slots=True)
class Taken:
    """Chunks that a version now has, or those that are not there."""

    numbers: list[int] = field(default_factory=list[int])
    new_bytes: int = 0
    missing: list[str] = field(default_factory=list[str])


def find_missing(connection: Connection, digests: Sequence[str]) -> list[str]:
    """Those of which there is no chunk, each once, in the order given."""
    missing = dict.fromkeys(digests)
    for batch in _batches(list(missing)):
        for row in connection.execute(
            f"SELECT digest FROM dataset_chunks WHERE {connection.dialect.among('digest')}",
            (connection.dialect.many(batch),),
        ):
            del missing[row[0]]
    return list(missing)


def add_pack(connection: Connection, path: str, chunks: Sequence[ChunkPlace], now_ms: int) -> int:
    """Make the chunks of a file known; the bytes of those that were not known before."""
    pack = connection.execute(
        "INSERT INTO dataset_packs (path, created_ms) VALUES (?, ?) RETURNING id", (path, now_ms)
    )[0][0]
    connection.executemany(
        "INSERT INTO dataset_chunks (digest, pack, start, size, refs) VALUES (?, ?, ?, ?, 0) "
        "ON CONFLICT (digest) DO NOTHING",
        [(one.digest, pack, one.start, one.size) for one in chunks],
    )
    row = connection.execute(
        "SELECT coalesce(sum(size), 0) FROM dataset_chunks WHERE pack = ?", (pack,)
    )
    return int(row[0][0])


def take(connection: Connection, digests: Sequence[str]) -> Taken:
    """Count one version more for each chunk, if all are there; else change nothing."""
    taken = Taken()
    found: dict[str, int] = {}
    for batch in _batches(list(dict.fromkeys(digests))):
        listed = (connection.dialect.many(batch),)
        rows = connection.execute(
            "SELECT digest, id, size, refs FROM dataset_chunks "
            f"WHERE {connection.dialect.among('digest')}",
            listed,
        )
        found |= {row[0]: row[1] for row in rows}
        taken.new_bytes += sum(row[2] for row in rows if row[3] == 0)
    taken.missing = [digest for digest in dict.fromkeys(digests) if digest not in found]
    if taken.missing:
        return taken
    for batch in _batches(list(found.values())):
        connection.execute(
            f"UPDATE dataset_chunks SET refs = refs + 1 WHERE {connection.dialect.among('id')}",
            (connection.dialect.many(batch),),
        )
    taken.numbers = [found[digest] for digest in digests]
    return taken


def find_places(connection: Connection, numbers: Sequence[int]) -> list[ChunkPlace]:
    """Where the chunks with some numbers are, in the order given."""
    found: dict[int, ChunkPlace] = {}
    for batch in _batches(list(dict.fromkeys(numbers))):
        for number, *place in connection.execute(
            "SELECT c.id, c.digest, p.path, c.start, c.size FROM dataset_chunks c "
            f"JOIN dataset_packs p ON p.id = c.pack WHERE {connection.dialect.among('c.id')}",
            (connection.dialect.many(batch),),
        ):
            found[number] = ChunkPlace(*place)
    return [found[number] for number in numbers]


def release(connection: Connection, numbers: Sequence[int]) -> list[str]:
    """Count one version less for each chunk; the files of which nothing is left."""
    packs: set[int] = set()
    for batch in _batches(list(dict.fromkeys(numbers))):
        listed = (connection.dialect.many(batch),)
        among = connection.dialect.among("id")
        connection.execute(f"UPDATE dataset_chunks SET refs = refs - 1 WHERE {among}", listed)
        gone = connection.execute(
            f"DELETE FROM dataset_chunks WHERE refs <= 0 AND {among} RETURNING pack", listed
        )
        packs |= {row[0] for row in gone}
    return _drop_empty(connection, packs)


def forget_unused(connection: Connection, before_ms: int) -> list[str]:
    """Forget chunks of no version that came before an instant; files of which nothing is left."""
    gone = connection.execute(
        "DELETE FROM dataset_chunks WHERE refs <= 0 AND pack IN "
        "(SELECT id FROM dataset_packs WHERE created_ms < ?) RETURNING pack",
        (before_ms,),
    )
    empty = connection.execute(
        "SELECT p.id FROM dataset_packs p WHERE p.created_ms < ? AND NOT EXISTS "
        "(SELECT 1 FROM dataset_chunks c WHERE c.pack = p.id)",
        (before_ms,),
    )
    return _drop_empty(connection, {row[0] for row in [*gone, *empty]})


def _drop_empty(connection: Connection, packs: set[int]) -> list[str]:
    paths: list[str] = []
    for pack in sorted(packs):
        row = connection.execute(
            "DELETE FROM dataset_packs WHERE id = ? AND NOT EXISTS "
            "(SELECT 1 FROM dataset_chunks c WHERE c.pack = ?) RETURNING path",
            (pack, pack),
        ).first()
        if row is not None:
            paths.append(row[0])
    return paths


def _batches(items: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
