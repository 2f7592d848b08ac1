"""SQLite through the standard library's `sqlite3`."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from epochal.errors import EpochalError, InvalidParameterError, UnavailableError
from epochal.search.cases import fold
from epochal.search.numerals import read_number
from epochal.search.patterns import compiled
from epochal.sql.database import D, Rows
from epochal.sql.dialect import SQLITE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from epochal.sql.database import Deferred

BUSY_TIMEOUT_S = 30.0  # how long one statement waits for another process's lock
# The writer asks again by itself (see `Writer`), sooner than SQLite's growing pauses would.
WRITER_BUSY_TIMEOUT_S = 0.02
STATEMENT_CACHE = 512
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DISK = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
    sqlite3.SQLITE_READONLY: "it may not be written",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_PERM: "access is denied",
}


class SqliteSession:
    """One `sqlite3` connection with our pragmas and functions."""

    dialect = SQLITE

    def __init__(
        self,
        connection: sqlite3.Connection,
        begin: str,
        known_keys: dict[tuple[int, str, str], int],
    ) -> None:
        self.callbacks: list[Callable[[], None]] = []
        self.deferrals: dict[type[Any], Deferred] = {}
        self.known_keys = known_keys
        self._connection = connection
        self._begin = begin

    def execute(self, sql: str, params: Sequence[object] = ()) -> Rows:
        """Run one statement and fetch all it returns."""
        cursor = self._connection.execute(sql, params)  # pyright: ignore[reportArgumentType]
        rows = Rows(cursor.fetchall())
        rows.rowcount = cursor.rowcount
        return rows

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement once per row."""
        self._connection.executemany(sql, rows)  # pyright: ignore[reportArgumentType]

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Remember what to do once the transaction is durable."""
        self.callbacks.append(callback)

    def deferred(self, kind: type[D]) -> D:
        """What is put off in this transaction, of one kind."""
        found = self.deferrals.get(kind)
        if found is None:
            found = self.deferrals[kind] = kind()
        return cast("D", found)

    def begin(self) -> None:
        """Start a transaction of this connection's kind."""
        self._connection.execute(self._begin)

    def commit(self) -> None:
        """Make the transaction durable."""
        self._connection.execute("COMMIT")

    def rollback(self) -> None:
        """Forget the transaction, if there is one."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def interrupt(self) -> None:
        """Let the statement that runs now fail."""
        self._connection.interrupt()

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    @property
    def is_usable(self) -> bool:
        """A file does not go away."""
        return True


class SqliteDriver:
    """Connections to one SQLite file, in WAL mode with full durability."""

    dialect = SQLITE
    # The last two are raised while binding values that SQLite cannot hold.
    errors: tuple[type[Exception], ...] = (sqlite3.Error, OverflowError, UnicodeEncodeError)

    def __init__(self, location: str) -> None:
        """Take what follows `sqlite://`: `/relative.db`, `//absolute.db`, `/:memory:` or nothing.

        In memory means a file that is removed on closing, as readers need their own connections.
        """
        name = location.partition("?")[0]
        if name and not name.startswith("/"):
            raise InvalidParameterError(
                f"Cannot open 'sqlite://{name}'; a path needs a third slash: 'sqlite:///{name}'"
            )
        name = name.removeprefix("/")
        self._folder: str | None = None
        if name in {"", ":memory:"}:
            self._folder = tempfile.mkdtemp(prefix="epochal-")
            name = str(Path(self._folder) / "memory.db")
        self.path = Path(name).absolute()
        self._known_keys: dict[tuple[int, str, str], int] = {}
        if not self.path.parent.is_dir():
            raise InvalidParameterError(
                f"Cannot open {str(self.path)!r}: the folder {str(self.path.parent)!r} does not "
                "exist; create it first"
            )

    def connect(self, kind: str) -> SqliteSession:
        """A new connection; any thread may use it, one at a time."""
        read_only = self._read_only()
        connection = sqlite3.connect(
            f"{self.path.as_uri()}?{read_only}",
            uri=True,
            timeout=WRITER_BUSY_TIMEOUT_S if kind == "writer" else BUSY_TIMEOUT_S,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENT_CACHE,
        )
        if (
            kind != "owner" and not read_only
        ):  # the owner may yet find that the file is another program's
            _use_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA case_sensitive_like = ON")
        connection.execute("PRAGMA cache_size = -16384")  # 16 MiB
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA journal_size_limit = 67108864")  # 64 MiB stay after a burst
        for name, takes, function in _FUNCTIONS:
            connection.create_function(name, takes, function, deterministic=True)
        if kind == "reader":
            connection.execute("PRAGMA query_only = ON")
        begin = {"reader": "BEGIN", "writer": "BEGIN IMMEDIATE", "owner": "BEGIN EXCLUSIVE"}[kind]
        return SqliteSession(connection, begin, self._known_keys)

    def _read_only(self) -> str:
        """How to open a file that this user may only read; empty for one that may be written.

        Readers of a file in WAL mode share memory with its writers. Where there is none, since
        nobody has it open, and none can be made, the file has to be taken as it is.
        """
        if not self.path.exists() or all(
            os.access(place, os.W_OK) for place in (self.path, self.path.parent)
        ):
            return ""
        return (
            "mode=ro" if self.path.with_name(f"{self.path.name}-wal").exists() else "immutable=1"
        )

    def is_transient(self, error: Exception) -> bool:
        """Another process holds the lock."""
        return _code(error) in _BUSY

    def translate(self, error: Exception) -> EpochalError:
        """Our own error; SQLite's text often quotes the statement and is left out."""
        code = _code(error)
        if code in _BUSY:
            return UnavailableError(
                f"The database file {self.path.name!r} stayed locked by another process; try again"
            )
        if code in _DISK:
            return UnavailableError(
                f"The database file {self.path.name!r} cannot be used: {_DISK[code]}"
            )
        if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
            return InvalidParameterError(
                f"The file {self.path.name!r} is not an SQLite database, or it is damaged"
            )
        if isinstance(error, (OverflowError, UnicodeEncodeError)) or code == sqlite3.SQLITE_TOOBIG:
            return InvalidParameterError(
                "A value cannot be stored: integers must fit into 64 bits, text must be valid "
                "Unicode and shorter than 1 GB"
            )
        if "pattern too complex" in str(error):
            return InvalidParameterError("A LIKE pattern is longer than 50,000 bytes; shorten it")
        return EpochalError("The database refused an operation; the server's log says more")

    def close(self) -> None:
        """Remove the file of an in-memory database."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def _code(error: Exception) -> int:
    """SQLite's primary result code, 0 if the error is not SQLite's."""
    code: Any = getattr(error, "sqlite_errorcode", 0)
    return int(code or 0) & 0xFF


def _fold(text: str | None) -> str | None:
    return fold(text) if isinstance(text, str) else text


def _matches(pattern: str, text: str | None) -> bool | None:
    return None if text is None else compiled(pattern).search(text) is not None


# What statements need and SQLite lacks; see `sql.dialect`.
_FUNCTIONS: tuple[tuple[str, int, Callable[..., Any]], ...] = (
    ("fold", 1, _fold),
    ("matches", 2, _matches),
    ("number", 1, read_number),
)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging; SQLite's own busy timeout does not cover this switch."""
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
                return
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _code(error) not in _BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
