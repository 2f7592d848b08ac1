"""The index of files in an object store, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from epochal.errors import InvalidParameterError
from epochal.ports.file_index import IndexEntry, KeptObject

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from epochal.rules.paths import ArtifactPath
    from epochal.sql.database import Connection, Database

T = TypeVar("T")
_ENTRY = (
    "SELECT stored_files.name, stored_objects.key, stored_objects.size, stored_objects.sha256 "
    "FROM stored_files LEFT JOIN stored_objects ON stored_objects.id = stored_files.object "
    "WHERE stored_files.place = ? AND stored_files.folder = ?"
)


class SqlFileIndex:
    """`ports.file_index.FileIndex` for one place; see its promises."""

    def __init__(self, database: Database, place: str) -> None:
        self._database = database
        self._place = place

    def list_folder(self, folder: ArtifactPath) -> list[IndexEntry]:
        """What lies directly below a folder, by name."""
        with self._database.read() as connection:
            rows = connection.execute(f"{_ENTRY} ORDER BY stored_files.name", self._at(folder))
        return [_entry(*row) for row in rows]

    def find(self, path: ArtifactPath) -> IndexEntry | None:
        """What stands at a path that is not the root."""
        with self._database.read() as connection:
            row = connection.execute(
                f"{_ENTRY} AND stored_files.name = ?", (*self._at(path.parent), path.name)
            ).first()
        return None if row is None else _entry(*row)

    def put(self, path: ArtifactPath, content: KeptObject, now_ms: int) -> str:
        """Let a content stand under a path; answer the key that it is kept under."""

        def work(connection: Connection) -> str:
            known = self._touch_equal(connection, content.sha256, content.size, now_ms)
            number, key = known or (self._add(connection, content, now_ms), content.key)
            self._set(connection, path, number, now_ms)
            return key

        return self._write(work)

    def settle(self, key: str, sha256: str, now_ms: int) -> None:
        """Note the digest of a content that came without; its files get an equal one if known."""

        def work(connection: Connection) -> None:
            own = connection.execute(
                "SELECT id, size FROM stored_objects WHERE place = ? AND key = ? "
                "AND sha256 IS NULL",
                (self._place, key),
            ).first()
            if own is None:
                return
            equal = self._touch_equal(connection, sha256, own[1], now_ms)
            if equal is None:
                connection.execute(
                    "UPDATE stored_objects SET sha256 = ? WHERE id = ?", (sha256, own[0])
                )
                return
            connection.execute(
                "UPDATE stored_files SET object = ? WHERE object = ?", (equal[0], own[0])
            )
            # Nobody has it any more; readers with a signed URL may, until it is swept.
            connection.execute(
                "UPDATE stored_objects SET touched_ms = ? WHERE id = ?", (now_ms, own[0])
            )

        self._write(work)

    def link(self, path: ArtifactPath, sha256: str, size: int, now_ms: int) -> bool:
        """Let a content that is known stand under a path; False if none is known."""

        def work(connection: Connection) -> bool:
            known = self._touch_equal(connection, sha256, size, now_ms)
            if known is None:
                return False
            self._set(connection, path, known[0], now_ms)
            return True

        return self._write(work)

    def check_free(self, path: ArtifactPath) -> None:
        """Raises InvalidParameterError where a folder or, on the way, a file stands."""
        with self._database.read() as connection:
            self._check(connection, path)

    def delete(self, path: ArtifactPath, now_ms: int) -> None:
        """Remove a file or a folder with all below it; absent ones are no error."""
        text = str(path)
        below = f"{text}/" if text else ""
        # Every path below begins with `below`; the character after '/' ends their range.
        inside = "(folder = ? OR (folder >= ? AND folder < ?))"
        bounds = (text, below, f"{text}0" if text else "\U0010ffff")

        def work(connection: Connection) -> None:
            for where, values in (
                (inside, bounds),
                ("folder = ? AND name = ?", (str(path.parent), path.name)),
            ):
                self._release(connection, where, values, now_ms)
                connection.execute(
                    f"DELETE FROM stored_files WHERE place = ? AND {where}", (self._place, *values)
                )

        self._write(work)

    def find_kept(self, keys: Sequence[str]) -> dict[str, tuple[KeptObject, bool]]:
        """What is known of objects by their keys, and whether any path has them."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT key, size, sha256, EXISTS (SELECT 1 FROM stored_files "
                "WHERE stored_files.object = stored_objects.id) FROM stored_objects "
                f"WHERE place = ? AND {connection.dialect.among('key')}",
                (self._place, connection.dialect.many(keys)),
            )
        return {
            key: (KeptObject(key, size, sha256), bool(used)) for key, size, sha256, used in rows
        }

    def forget(self, key: str, before_ms: int) -> bool:
        """Drop an object that no path has and nobody touched since; say whether."""

        def work(connection: Connection) -> bool:
            # `touched_ms` is set by whoever links it, so that a link made meanwhile shows.
            gone = connection.execute(
                "DELETE FROM stored_objects WHERE place = ? AND key = ? AND touched_ms <= ? "
                "AND NOT EXISTS (SELECT 1 FROM stored_files WHERE object = stored_objects.id)",
                (self._place, key, before_ms),
            )
            return gone.rowcount > 0

        return self._write(work)

    def _at(self, folder: ArtifactPath) -> tuple[str, str]:
        return self._place, str(folder)

    def _write(self, work: Callable[[Connection], T]) -> T:
        return self._database.write(work).result()

    def _touch_equal(
        self, connection: Connection, sha256: str | None, size: int, now_ms: int
    ) -> tuple[int, str] | None:
        """The object with an equal content, held against those who drop unused ones."""
        if sha256 is None:
            return None
        row = connection.execute(
            "UPDATE stored_objects SET touched_ms = ? WHERE id = (SELECT min(id) "
            "FROM stored_objects WHERE place = ? AND sha256 = ? AND size = ?) RETURNING id, key",
            (now_ms, self._place, sha256, size),
        ).first()
        return None if row is None else (row[0], row[1])

    def _add(self, connection: Connection, content: KeptObject, now_ms: int) -> int:
        row = connection.execute(
            "INSERT INTO stored_objects (place, key, size, sha256, touched_ms) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT (place, key) DO UPDATE SET "
            "touched_ms = excluded.touched_ms RETURNING id",
            (self._place, content.key, content.size, content.sha256, now_ms),
        )[0]
        return row[0]

    def _set(self, connection: Connection, path: ArtifactPath, number: int, now_ms: int) -> None:
        self._check(connection, path)
        folder = path.parent
        while folder.segments:
            connection.execute(
                "INSERT INTO stored_files (place, folder, name, object) VALUES (?, ?, ?, NULL) "
                "ON CONFLICT DO NOTHING",
                (self._place, str(folder.parent), folder.name),
            )
            folder = folder.parent
        where, values = "folder = ? AND name = ?", (str(path.parent), path.name)
        self._release(connection, where, values, now_ms)
        connection.execute(
            "INSERT INTO stored_files (place, folder, name, object) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (place, folder, name) DO UPDATE SET object = excluded.object",
            (self._place, *values, number),
        )

    def _release(
        self, connection: Connection, where: str, values: Sequence[str], now_ms: int
    ) -> None:
        """Note when the objects of these files were last used."""
        connection.execute(
            "UPDATE stored_objects SET touched_ms = ? WHERE id IN (SELECT object "
            f"FROM stored_files WHERE place = ? AND {where} AND object IS NOT NULL)",
            (now_ms, self._place, *values),
        )

    def _check(self, connection: Connection, path: ArtifactPath) -> None:
        rows: dict[str, bool] = {}
        for part in _ways(path):
            row = connection.execute(
                "SELECT object FROM stored_files WHERE place = ? AND folder = ? AND name = ?",
                (self._place, str(part.parent), part.name),
            ).first()
            if row is not None:
                rows[str(part)] = row[0] is None
        is_folder = rows.pop(str(path), False)
        if is_folder:
            raise InvalidParameterError(f"{str(path)!r} is a folder; it cannot be a file too")
        if not all(rows.values()):
            raise InvalidParameterError(
                f"{str(path)!r} cannot be written: a file stands where a folder is needed"
            )


def _ways(path: ArtifactPath) -> list[ArtifactPath]:
    """The path and every folder on its way."""
    found: list[ArtifactPath] = []
    while path.segments:
        found.append(path)
        path = path.parent
    return found


def _entry(name: str, key: str | None, size: int, sha256: str | None) -> IndexEntry:
    return IndexEntry(name, None if key is None else KeptObject(key, size, sha256))
