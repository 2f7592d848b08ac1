"""One door to SQLite and PostgreSQL: pooled readers and a writer thread that commits in groups.

Statements are written once, with `?` for bound values. Driver errors become leaves of
`epochal.errors` here (in `Database.read` and in the writer) and nowhere else.
"""

from __future__ import annotations

import os
import threading
import weakref
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from epochal.errors import InvalidParameterError, UnavailableError
from epochal.sql.watch import Watch, read_limit
from epochal.sql.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence
    from concurrent.futures import Future

    from epochal.errors import EpochalError
    from epochal.sql.dialect import Dialect

T = TypeVar("T")

IDLE_READERS = 8
MAX_READERS = 24  # PostgreSQL takes 100 connections by default, from all its clients
READER_PATIENCE_S = 30

_forks = [0]  # how often this process is a fork of a fork; asking the system costs 5 µs a call


def _count_fork() -> None:
    _forks[0] += 1


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_count_fork)


class Rows(list[tuple[Any, ...]]):
    """All rows that a statement returned; `rowcount` says how many it changed."""

    __slots__ = ("rowcount",)

    rowcount: int

    def first(self) -> tuple[Any, ...] | None:
        """The first row, or None if there is none."""
        return self[0] if self else None


class Deferred(Protocol):
    """Statements that several pieces of work put off, to be run once for all of them."""

    def __init__(self) -> None: ...

    def flush(self, connection: Connection) -> None:
        """Run them. What is put off afterwards goes into a new instance."""
        ...


D = TypeVar("D", bound=Deferred)


class Connection(Protocol):
    """What statements are given to. Use it only inside the `read` or `write` that handed it out.

    `known_keys` is shared by all connections of one database: (experiment, kind, name) to
    `keys.id`. Only committed rows may enter it; see `after_commit`.
    """

    dialect: Dialect
    known_keys: dict[tuple[int, str, str], int]

    def execute(self, sql: str, params: Sequence[object] = ()) -> Rows:
        """Run one statement. NaN is bound as NULL."""
        ...

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement that returns nothing, once per row."""
        ...

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Call `callback` once what is being written is durable; never if it is rolled back."""
        ...

    def deferred(self, kind: type[D]) -> D:
        """What is put off in this transaction, of one kind; flushed before it commits.

        Only work that was submitted with `joins` may put off anything; other work finds all
        that was put off before it done.
        """
        ...


class Session(Connection, Protocol):
    """A connection as the pool and the writer hold it."""

    callbacks: list[Callable[[], None]]
    deferrals: dict[type[Any], Deferred]

    def begin(self) -> None:
        """Start a transaction: a snapshot on a reader, with the write lock on a writer."""
        ...

    def commit(self) -> None:
        """Make the transaction durable."""
        ...

    def rollback(self) -> None:
        """Forget the transaction, if there is one."""
        ...

    def interrupt(self) -> None:
        """Let the statement that runs now fail. Called from another thread; never raises."""
        ...

    def close(self) -> None:
        """Release the connection. Never raises."""
        ...

    @property
    def is_usable(self) -> bool:
        """Whether the line to the database still stands."""
        ...


class Driver(Protocol):
    """What a database library does for us. `errors` are the exceptions that are its own."""

    dialect: Dialect
    errors: tuple[type[Exception], ...]

    def connect(self, kind: str) -> Session:
        """A new connection: a "reader", a "writer", or the "owner" that migrates."""
        ...

    def is_transient(self, error: Exception) -> bool:
        """Whether the same transaction may pass when tried again: busy, deadlock, line lost."""
        ...

    def translate(self, error: Exception) -> EpochalError:
        """The leaf of our own tree that says what happened, without any SQL."""
        ...

    def close(self) -> None:
        """Release what all connections share."""
        ...


class Database:
    """A database with its connections. One instance serves many threads.

    A process that was forked from one with a database may go on using it: it gets connections
    and a writer of its own, and leaves its parent's alone.
    """

    def __init__(self, driver: Driver) -> None:
        self.dialect = driver.dialect
        self._driver = driver
        self._closed = False
        self._fork_lock = threading.Lock()
        self._inherited: list[object] = []  # connections of our parents; closing would hurt them
        self._start()

    @contextmanager
    def read(self, *, limited: bool = False) -> Generator[Connection]:
        """A connection that sees one snapshot and cannot write. Do not nest.

        It fails with UnavailableError once the store is closed or `ports.cancellation` calls it
        off, and if `limited` with SearchTooSlowError once it takes too long.
        """
        self._notice_fork()
        if not self._places.acquire(timeout=READER_PATIENCE_S):
            raise UnavailableError(
                f"All {MAX_READERS} connections for reading stayed busy for "
                f"{READER_PATIENCE_S} seconds; try again"
            )
        session = reading = None
        try:
            session = self._snapshot()
            reading = self._watch.begin(session, limited=limited)
            yield session
        except self._driver.errors as error:
            if reading is not None and reading.fault is not None:
                raise reading.fault from error
            raise self._driver.translate(error) from error
        finally:
            if reading is not None:
                self._watch.end(reading)
            if session is not None:
                self._put_back(session)
            self._places.release()

    def write(self, work: Callable[[Connection], T], *, joins: bool = False) -> Future[T]:
        """Run `work` in a transaction on the writer thread; the future completes when durable.

        `work` may run more than once (after a rollback) and may share its transaction with
        other pieces of work, each of which succeeds or fails alone. It must not wait for
        another write. Work that `joins` may use `Connection.deferred`.
        """
        self._notice_fork()
        return self._writer.submit(work, joins=joins)

    def close(self) -> None:
        """Stop what is being read, finish what was accepted, release everything. Idempotent."""
        self._closed = True
        self._watch.close()
        self._finalizer()

    def _start(self) -> None:
        self._generation = _forks[0]
        self._places = threading.BoundedSemaphore(MAX_READERS)
        self._idle: list[Session] = []
        self._watch = Watch(read_limit())
        self._writer = Writer(self._driver)
        # At interpreter exit too: what was accepted is written before the process ends.
        self._finalizer = weakref.finalize(
            self, _release, os.getpid(), self._writer, self._idle, self._driver
        )

    def _notice_fork(self) -> None:
        if self._generation == _forks[0]:
            return
        with self._fork_lock:
            if self._generation != _forks[0]:
                self._inherited.append((self._writer, self._idle))
                self._finalizer.detach()
                self._start()

    def _snapshot(self) -> Session:
        while True:
            if self._closed:
                raise UnavailableError("The store is closed")
            try:
                session = self._idle.pop()
            except IndexError:
                session = self._driver.connect("reader")
                session.begin()
                return session
            try:
                session.begin()
            except self._driver.errors as error:
                session.close()  # it died in the pool; a newer one may not have
                if not self._driver.is_transient(error):
                    raise
                continue
            return session

    def _put_back(self, session: Session) -> None:
        try:
            session.rollback()
        except self._driver.errors:
            session.close()
            return
        if session.is_usable and not self._closed and len(self._idle) < IDLE_READERS:
            self._idle.append(session)
        else:
            session.close()


def _release(process: int, writer: Writer, idle: list[Session], driver: Driver) -> None:
    if process != os.getpid():
        return  # a fork that never used the database; all of it is its parent's
    writer.close()
    while idle:
        idle.pop().close()
    driver.close()


def open_driver(url: str) -> Driver:
    """The driver for a store's URL: `sqlite:///path` or `postgresql://…`; connects to nothing.

    Raises:
        InvalidParameterError: no database of ours is spelled like this.

    """
    scheme, separator, rest = url.partition("://")
    family = scheme.partition("+")[0].lower()
    if separator and family == "sqlite":
        from epochal.sql.sqlite import SqliteDriver

        return SqliteDriver(rest)
    if separator and family in {"postgresql", "postgres"}:
        from epochal.sql.postgresql import PostgresqlDriver

        return PostgresqlDriver(f"postgresql://{rest}")
    raise InvalidParameterError(
        f"Cannot open a store at a URL that begins with {scheme[:40]!r}; "
        "give sqlite:///path/to/file.db or postgresql://user@host/database"
    )


def open_database(url: str) -> Database:
    """Open the store at a URL; a new one is made complete first.

    Raises:
        InvalidParameterError: the URL or what lies there is not ours, or of another version.
        UnavailableError: the database cannot be reached.

    """
    from epochal.sql.migrations import prepare

    driver = open_driver(url)
    try:
        prepare(driver)
    except driver.errors as error:
        driver.close()
        raise driver.translate(error) from error
    except BaseException:
        driver.close()
        raise
    return Database(driver)


def upgrade_database(url: str) -> tuple[int, int]:
    """Bring the store at a URL to the newest schema; answers the versions before and after.

    Raises:
        InvalidParameterError: what lies there is no store of ours.
        UnavailableError: the database cannot be reached, or stays in use.

    """
    from epochal.sql.migrations import upgrade

    driver = open_driver(url)
    try:
        return upgrade(driver)
    except driver.errors as error:
        raise driver.translate(error) from error
    finally:
        driver.close()
