"""The port of versioned datasets on a SQL database."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Any, TypeVar

from epochal.entities import DatasetVersion, NamedDataset, Page
from epochal.errors import NotFoundError, StillReadError
from epochal.ports.datasets import ChunkPlace, Committed
from epochal.sql import dataset_chunks, page_tokens
from epochal.sql.dataset_readers import find_readers
from epochal.sql.page_tokens import Position

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from epochal.entities import DatasetReader
    from epochal.ports.datasets import NewVersion
    from epochal.sql.database import Connection, Database

T = TypeVar("T")

_COLUMNS = (
    "v.version, v.content, v.format, v.file_name, v.size_bytes, v.created_ms, v.origin, "
    "v.row_count, v.column_count, v.schema, v.description, v.run_id, v.user_id, v.new_bytes, "
    "v.tags, length(v.chunks)"
)
_ID_BYTES = 8


class SqlDatasets:
    """`ports.datasets.DatasetStore`; see its promises. The database belongs to somebody else."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find_missing(self, digests: Sequence[str]) -> list[str]:
        """Those of which there is no chunk, each once, in the order given."""
        with self._database.read() as connection:
            return dataset_chunks.find_missing(connection, digests)

    def add_pack(self, path: str, chunks: Sequence[ChunkPlace], now_ms: int) -> int:
        """Make the chunks of a file known; the bytes of those that were not known before."""
        return self._write(lambda c: dataset_chunks.add_pack(c, path, chunks, now_ms))

    def commit(self, new: NewVersion) -> Committed:
        """Keep a version, numbered by one more than any the name ever had."""
        return self._write(lambda c: _commit(c, new))

    def get_dataset(self, name: str) -> NamedDataset:
        """Raises NotFoundError."""
        with self._database.read() as connection:
            found = _load_datasets(connection, "d.name = ?", [name], 1)
            if not found:
                raise NotFoundError("dataset", name)
            return found[0]

    def search_datasets(
        self, contains: str, limit: int, page_token: str | None
    ) -> Page[NamedDataset]:
        """Those whose name holds a text, whatever its case, by name."""
        search = page_tokens.fingerprint("datasets", contains)
        after = page_tokens.decode(page_token, search, [["text"]])
        with self._database.read() as connection:
            where, values = "d.name > ?", [after.values[0] if after else ""]
            if contains:
                where += f" AND {connection.dialect.ilike('d.name')}"
                values.append(f"%{contains}%")
            found = _load_datasets(connection, where, values, limit + 1)
        return _page(
            found, limit, lambda last: page_tokens.encode(Position(0, (last.name,)), search)
        )

    def list_versions(self, name: str, limit: int, page_token: str | None) -> Page[DatasetVersion]:
        """The newest first, without profiles. Raises NotFoundError."""
        search = page_tokens.fingerprint("dataset versions", name)
        after = page_tokens.decode(page_token, search, [["integer"]])
        with self._database.read() as connection:
            number = _number(connection, name)
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM dataset_versions v WHERE v.dataset = ? "
                "AND v.version < ? ORDER BY v.version DESC LIMIT ?",
                (number, after.values[0] if after else 2**62, limit + 1),
            )
        found = [_version(name, row) for row in rows]
        return _page(
            found, limit, lambda last: page_tokens.encode(Position(0, (last.version,)), search)
        )

    def get_version(self, name: str, version: int | None) -> DatasetVersion:
        """Whole; the newest for None. Raises NotFoundError."""
        with self._database.read() as connection:
            return _get_version(connection, name, version)[1]

    def get_chunks(self, name: str, version: int) -> list[ChunkPlace]:
        """The chunks that make up the content, in order. Raises NotFoundError."""
        with self._database.read() as connection:
            number = _get_version(connection, name, version)[0]
            return dataset_chunks.find_places(connection, _chunks_of(connection, number))

    def get_readers(self, name: str, version: int | None) -> list[DatasetReader]:
        """The runs that noted a version as an input, all versions for None; newest first."""
        with self._database.read() as connection:
            return find_readers(connection, _versions(connection, name, version))

    def delete_versions(self, name: str, version: int | None) -> list[str]:
        """Forget a version, or all and the name for None; the files that nothing is left of."""
        return self._write(lambda c: _delete(c, name, version))

    def forget_unused(self, before_ms: int) -> list[str]:
        """Forget chunks that came before an instant and that no version has; files as above."""
        return self._write(lambda c: dataset_chunks.forget_unused(c, before_ms))

    def _write(self, work: Callable[[Connection], T]) -> T:
        return self._database.write(work).result()


def _page(found: list[T], limit: int, token: Callable[[T], str]) -> Page[T]:
    return Page(found[:limit], token(found[limit - 1]) if len(found) > limit else None)


def _number(connection: Connection, name: str) -> int:
    row = connection.execute("SELECT id FROM named_datasets WHERE name = ?", (name,)).first()
    if row is None:
        raise NotFoundError("dataset", name)
    return row[0]


def _load_datasets(
    connection: Connection, where: str, values: Sequence[object], limit: int
) -> list[NamedDataset]:
    rows = connection.execute(
        "SELECT d.name, d.description, d.created_ms, "
        "(SELECT count(*) FROM dataset_versions c WHERE c.dataset = d.id), "
        f"{_COLUMNS} FROM named_datasets d JOIN dataset_versions v ON v.dataset = d.id "
        "AND v.version = (SELECT max(version) FROM dataset_versions m WHERE m.dataset = d.id) "
        f"WHERE {where} ORDER BY d.name LIMIT ?",
        (*values, limit),
    )
    return [
        NamedDataset(name, created_ms, count, _version(name, rest), description)
        for name, description, created_ms, count, *rest in rows
    ]


def _version(name: str, row: Sequence[Any], profile: str | None = None) -> DatasetVersion:
    *fields, new_bytes, tags, chunk_bytes = row
    version, content, kind, file_name, size, created_ms, origin, *rest = fields
    rows, columns, schema, description, run_id, user_id = rest
    return DatasetVersion(
        name=name,
        version=version,
        content=content,
        format=kind,
        file_name=file_name,
        size_bytes=size,
        created_ms=created_ms,
        origin=origin,
        rows=rows,
        columns=columns,
        schema=schema,
        profile=profile,
        description=description,
        run_id=run_id,
        user_id=user_id,
        chunks=chunk_bytes // _ID_BYTES,
        new_bytes=new_bytes,
        tags=json.loads(tags),
    )


def _get_version(
    connection: Connection, name: str, version: int | None
) -> tuple[int, DatasetVersion]:
    """The row's number and the version. Raises NotFoundError."""
    dataset = _number(connection, name)
    wanted, values = ("v.version = ?", (dataset, version))
    if version is None:
        newest = "SELECT max(version) FROM dataset_versions m WHERE m.dataset = v.dataset"
        wanted, values = f"v.version = ({newest})", (dataset,)
    row = connection.execute(
        f"SELECT v.id, v.profile, {_COLUMNS} FROM dataset_versions v "
        f"WHERE v.dataset = ? AND {wanted}",
        values,
    ).first()
    if row is None:
        raise NotFoundError("dataset version", f"{name}/{version}")
    return row[0], _version(name, row[2:], row[1])


def _versions(connection: Connection, name: str, version: int | None) -> list[DatasetVersion]:
    if version is not None:
        return [_get_version(connection, name, version)[1]]
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM dataset_versions v WHERE v.dataset = ?",
        (_number(connection, name),),
    )
    return [_version(name, row) for row in rows]


def _chunks_of(connection: Connection, number: int) -> Sequence[int]:
    row = connection.execute("SELECT chunks FROM dataset_versions WHERE id = ?", (number,))[0]
    found = array("q")
    found.frombytes(bytes(row[0]))
    return found


def _commit(connection: Connection, new: NewVersion) -> Committed:
    draft = new.draft
    dataset, last = _intern(connection, draft)
    there = connection.execute(
        "SELECT version FROM dataset_versions WHERE dataset = ? AND content = ?",
        (dataset, draft.content),
    ).first()
    if there is not None:
        return Committed(_get_version(connection, draft.name, there[0])[1])
    taken = dataset_chunks.take(connection, new.chunks)
    if taken.missing:
        if not last:  # a name without a version is none
            connection.execute("DELETE FROM named_datasets WHERE id = ?", (dataset,))
        return Committed(missing=taken.missing)
    connection.execute(
        "INSERT INTO dataset_versions (dataset, version, content, format, file_name, size_bytes, "
        "created_ms, origin, row_count, column_count, schema, profile, description, run_id, "
        "user_id, new_bytes, tags, chunks) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (dataset, last + 1, draft.content, draft.format, draft.file_name, draft.size_bytes,
         draft.created_ms, draft.origin, draft.rows, draft.columns, draft.schema, draft.profile,
         draft.description, draft.run_id, draft.user_id, taken.new_bytes,
         json.dumps(draft.tags), array("q", taken.numbers).tobytes()),
    )  # fmt: skip
    connection.execute(
        "UPDATE named_datasets SET last_version = ?, description = coalesce(description, ?) "
        "WHERE id = ?",
        (last + 1, draft.description, dataset),
    )
    return Committed(_get_version(connection, draft.name, last + 1)[1], is_new=True)


def _intern(connection: Connection, draft: DatasetVersion) -> tuple[int, int]:
    """The number of a name and that of its last version; the row stays ours till the end."""
    connection.execute(
        "INSERT INTO named_datasets (name, created_ms, last_version) VALUES (?, ?, 0) "
        "ON CONFLICT (name) DO NOTHING",
        (draft.name, draft.created_ms),
    )
    row = connection.execute(  # the update locks the row: versions are numbered one by one
        "UPDATE named_datasets SET last_version = last_version WHERE name = ? "
        "RETURNING id, last_version",
        (draft.name,),
    )[0]
    return row[0], row[1]


def _delete(connection: Connection, name: str, version: int | None) -> list[str]:
    doomed = _versions(connection, name, version)
    readers = [one for one in find_readers(connection, doomed) if one.is_active]
    if readers:
        which = name if version is None else f"{name}/{version}"
        raise StillReadError(which, [one.run_id for one in readers])
    packs: set[str] = set()
    for one in doomed:
        number = _get_version(connection, name, one.version)[0]
        packs |= set(dataset_chunks.release(connection, _chunks_of(connection, number)))
        connection.execute("DELETE FROM dataset_versions WHERE id = ?", (number,))
    left = connection.execute(
        "SELECT count(*) FROM dataset_versions WHERE dataset = ?", (_number(connection, name),)
    )[0][0]
    if version is None or not left:
        connection.execute("DELETE FROM named_datasets WHERE name = ?", (name,))
    return sorted(packs)
