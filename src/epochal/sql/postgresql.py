"""PostgreSQL through psycopg 3, imported only when a store of this kind is opened."""

from __future__ import annotations

import contextlib
import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from epochal.errors import (
    EpochalError,
    InvalidParameterError,
    NotSupportedError,
    UnavailableError,
)
from epochal.sql.database import D, Rows
from epochal.sql.dialect import POSTGRESQL

try:
    import psycopg
    from psycopg import conninfo, errors
    from psycopg.types.numeric import FloatDumper, Int8Dumper
except ImportError as missing:  # pragma: no cover - the test environment has it
    raise NotSupportedError(
        "A postgresql:// store needs psycopg; install it with `pip install 'epochal[postgresql]'`"
    ) from missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from psycopg.abc import Buffer

    from epochal.sql.database import Deferred

CONNECT_TIMEOUT_S = 10
CANCEL_TIMEOUT_S = 2
_BEGIN = {
    "reader": b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    "writer": b"BEGIN",
    "owner": b"BEGIN",
}


class _NullingFloatDumper(FloatDumper):
    """Binds NaN as NULL, as SQLite does by itself."""

    def dump(self, obj: float) -> Buffer | None:
        return None if math.isnan(obj) else super().dump(obj)


@lru_cache(maxsize=4096)
def translate_placeholders(sql: str) -> bytes:
    """The statement as psycopg takes it: `%s` for `?`, and `%` doubled."""
    return sql.replace("%", "%%").replace("?", "%s").encode()


class PostgresqlSession:
    """One psycopg connection; transactions are opened and closed by hand."""

    dialect = POSTGRESQL

    def __init__(
        self,
        connection: psycopg.Connection[tuple[Any, ...]],
        begin: bytes,
        known_keys: dict[tuple[int, str, str], int],
    ) -> None:
        self.callbacks: list[Callable[[], None]] = []
        self.deferrals: dict[type[Any], Deferred] = {}
        self.known_keys = known_keys
        self._connection = connection
        self._begin = begin

    def execute(self, sql: str, params: Sequence[object] = ()) -> Rows:
        """Run one statement and fetch all it returns."""
        cursor = self._connection.execute(translate_placeholders(sql), params)
        rows = Rows(cursor.fetchall() if cursor.description else ())
        rows.rowcount = cursor.rowcount
        return rows

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement once per row, pipelined."""
        with self._connection.cursor() as cursor:
            cursor.executemany(translate_placeholders(sql), rows)

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
        self._connection.execute(b"COMMIT")

    def rollback(self) -> None:
        """Forget the transaction, if there is one."""
        if self.is_usable and self._connection.info.transaction_status != _IDLE:
            self._connection.execute(b"ROLLBACK")

    def interrupt(self) -> None:
        """Ask the server to let the statement that runs now fail; asked again if that is lost."""
        with contextlib.suppress(psycopg.Error):
            self._connection.cancel_safe(timeout=CANCEL_TIMEOUT_S)

    def close(self) -> None:
        """Release the connection."""
        self._connection.close()

    @property
    def is_usable(self) -> bool:
        """Whether the line to the server still stands."""
        return not (self._connection.closed or self._connection.broken)


_IDLE = psycopg.pq.TransactionStatus.IDLE


class PostgresqlDriver:
    """Connections to one PostgreSQL database."""

    dialect = POSTGRESQL
    errors: tuple[type[Exception], ...] = (psycopg.Error, UnicodeEncodeError)

    def __init__(self, url: str) -> None:
        """Take a URL as libpq understands it; what it leaves out is libpq's default."""
        try:
            self._settings = conninfo.conninfo_to_dict(url)
        except psycopg.Error as error:  # its text repeats the URL, and so the password
            raise InvalidParameterError(
                "The store's PostgreSQL URL cannot be understood; give "
                "postgresql://user:password@host:5432/database, special characters %-encoded"
            ) from error
        self._settings.setdefault("connect_timeout", CONNECT_TIMEOUT_S)
        self._settings.setdefault("application_name", "epochal")
        self._conninfo = conninfo.make_conninfo("", **self._settings)
        self._known_keys: dict[tuple[int, str, str], int] = {}

    def connect(self, kind: str) -> PostgresqlSession:
        """A new connection."""
        connection = psycopg.connect(self._conninfo, autocommit=True)
        connection.adapters.register_dumper(float, _NullingFloatDumper)
        # psycopg picks int2, int4 or int8 by value, and each choice would be prepared separately.
        connection.adapters.register_dumper(int, Int8Dumper)
        if kind == "owner" and connection.info.parameter_status("server_encoding") != "UTF8":
            connection.close()
            raise InvalidParameterError(
                "The PostgreSQL database is not encoded in UTF-8; create one with "
                "CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0"
            )
        if kind == "writer":  # a server that comes back may have lost its last commits
            self._known_keys.clear()
        # A filter of 300 clauses took 5 s, nearly all of it compiling, and takes 0.1 s without.
        connection.execute(b"SET jit = off")
        return PostgresqlSession(connection, _BEGIN[kind], self._known_keys)

    def is_transient(self, error: Exception) -> bool:
        """A deadlock, a lost line, a server that starts or stops."""
        if isinstance(error, (errors.SerializationFailure, errors.DeadlockDetected)):
            return True
        return isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError))

    def translate(self, error: Exception) -> EpochalError:
        """Our own error; PostgreSQL's text often quotes the statement and is left out."""
        if isinstance(error, (psycopg.DataError, UnicodeEncodeError)):
            return InvalidParameterError(
                "A value cannot be stored: integers must fit into 64 bits, text must be valid "
                "Unicode without NUL characters"
            )
        if isinstance(error, errors.InsufficientPrivilege):
            return UnavailableError(
                f"The database user lacks a right on {self._place}; grant it SELECT, INSERT, "
                "UPDATE and DELETE, and CREATE for the first start"
            )
        if isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError)):
            return UnavailableError(f"Cannot reach {self._place}{self._reason(error)}")
        return EpochalError("The database refused an operation; the server's log says more")

    def close(self) -> None:
        """Nothing is shared by the connections."""

    @property
    def _place(self) -> str:
        host = self._settings.get("host") or self._settings.get("hostaddr") or "the local socket"
        return f"PostgreSQL at {host}:{self._settings.get('port') or 5432}"

    def _reason(self, error: Exception) -> str:
        """The first line of libpq's explanation, which tells a wrong password from a dead host."""
        lines = str(error).strip().splitlines()
        password = self._settings.get("password")
        if not lines or error.__class__ is not psycopg.OperationalError:
            return ""
        return ": " + (lines[0].replace(str(password), "***") if password else lines[0])
