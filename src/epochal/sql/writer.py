"""The one thread of a process that writes to its database."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from epochal.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.sql.database import Connection, Driver, Session

T = TypeVar("T")
Outcome = tuple[Any, Exception | None]

GROUP_SIZE = 512  # pieces of work in one transaction; more would only make the first ones wait
PATIENCE_S = 30.0  # how long a transaction is tried again while others hold the database
LONGEST_PAUSE_S = 0.1


class _Piece:
    __slots__ = ("future", "joins", "work")

    def __init__(self, work: Callable[[Connection], Any], *, joins: bool) -> None:
        self.work = work
        self.joins = joins  # it does not mind what others have put off
        self.future: Future[Any] = Future()


class Writer:
    """Takes pieces of work from any thread and commits all that wait as one transaction.

    One `fsync` serves the whole group. A piece that fails takes nothing else along: the group
    is first tried plainly, and only if a piece fails again with a savepoint around each.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._session: Session | None = None
        self._queue: SimpleQueue[_Piece | None] = SimpleQueue()
        self._lock = threading.Lock()  # orders `submit` against `close`
        self._is_open = True
        self._thread = threading.Thread(target=self._run, name="epochal-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], T], *, joins: bool = False) -> Future[T]:
        """Accept work at once; its future completes after the commit, or fails."""
        piece = _Piece(work, joins=joins)
        with self._lock:
            if self._is_open:
                self._queue.put(piece)
                return piece.future
        piece.future.set_exception(UnavailableError("The store is closed"))
        return piece.future

    def close(self) -> None:
        """Finish what was accepted and end the thread. Idempotent."""
        with self._lock:
            if self._is_open:
                self._is_open = False
                self._queue.put(None)
        if self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        is_last = False
        while not is_last:
            group, is_last = self._next_group()
            if group:
                self._write(group)
        self._drop_session()

    def _next_group(self) -> tuple[list[_Piece], bool]:
        """Everything that waits, at least one piece; and whether the queue ends with it."""
        group: list[_Piece] = []
        piece = self._queue.get()
        while piece is not None:
            if piece.future.set_running_or_notify_cancel():
                group.append(piece)
            if len(group) >= GROUP_SIZE:
                return group, False
            try:
                piece = self._queue.get_nowait()
            except Empty:
                return group, False
        return group, True

    def _write(self, group: list[_Piece]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        pause = 0.001
        while True:
            try:
                outcomes = self._attempt(group)
            except Exception as error:  # noqa: BLE001 - it goes to the futures, as in an executor
                if not self._may_retry(error) or time.monotonic() > deadline:
                    outcomes = [(None, error)] * len(group)
                    break
                time.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 - spreads the waiting
                pause = min(2 * pause, LONGEST_PAUSE_S)
            else:
                break
        for piece, (result, error) in zip(group, outcomes, strict=True):
            if error is None:
                piece.future.set_result(result)
            else:
                piece.future.set_exception(self._explain(error))

    def _may_retry(self, error: Exception) -> bool:
        return isinstance(error, self._driver.errors) and self._driver.is_transient(error)

    def _explain(self, error: Exception) -> Exception:
        if not isinstance(error, self._driver.errors):
            return error
        explained = self._driver.translate(error)
        explained.__cause__ = error
        return explained

    def _attempt(self, group: list[_Piece]) -> list[Outcome]:
        session = self._session or self._driver.connect("writer")
        self._session = session
        session.callbacks.clear()
        session.deferrals.clear()
        try:
            outcomes = self._plainly(session, group) or self._one_by_one(session, group)
        except BaseException:
            self._abandon(session)
            raise
        self._commit(session)
        for callback in session.callbacks:
            callback()
        return outcomes

    def _plainly(self, session: Session, group: list[_Piece]) -> list[Outcome] | None:
        """Run the group without savepoints; None if a piece failed, then nothing is left of it."""
        session.begin()
        try:
            outcomes: list[Outcome] = []
            for piece in group:
                if not piece.joins:
                    _flush(session)
                outcomes.append((piece.work(session), None))
            _flush(session)
        except Exception as error:
            if self._may_retry(error):
                raise
            session.rollback()
            session.callbacks.clear()
            session.deferrals.clear()
            return None
        return outcomes

    def _one_by_one(self, session: Session, group: list[_Piece]) -> list[Outcome]:
        session.begin()
        return [self._isolated(session, piece) for piece in group]

    def _isolated(self, session: Session, piece: _Piece) -> Outcome:
        session.execute("SAVEPOINT piece")
        promised = len(session.callbacks)
        try:
            result = piece.work(session)
            _flush(session)
        except Exception as error:
            if self._may_retry(error):
                raise
            session.execute("ROLLBACK TO SAVEPOINT piece")
            session.execute("RELEASE SAVEPOINT piece")
            del session.callbacks[promised:]
            session.deferrals.clear()
            return None, error
        session.execute("RELEASE SAVEPOINT piece")
        return result, None

    def _commit(self, session: Session) -> None:
        try:
            session.commit()
        except self._driver.errors as error:
            was_cut = not session.is_usable
            self._abandon(session)
            if not was_cut:
                raise
            # Nobody knows whether it was stored; only the caller knows if repeating is safe.
            raise UnavailableError(
                "The connection to the database broke during a commit; what was being written "
                "may or may not be stored"
            ) from error

    def _abandon(self, session: Session) -> None:
        try:
            session.rollback()
        except self._driver.errors:
            self._drop_session()
            return
        if not session.is_usable:
            self._drop_session()

    def _drop_session(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None


def _flush(session: Session) -> None:
    """Run what was put off."""
    while session.deferrals:
        _, deferred = session.deferrals.popitem()
        deferred.flush(session)
