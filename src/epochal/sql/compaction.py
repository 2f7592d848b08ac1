"""When and how fresh points move into chunks, in short steps on the writer thread.

Two movements keep both reads and the file small. *Gathering* makes one row of many small rows.
*Compacting* sorts the whole tail into rows of a few keys each and merges these into chunks, a
row and a transaction at a time. It waits until there is something to merge for each key, or a
run with a thousand metrics would rewrite a thousand chunks for a point each.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from epochal.errors import UnavailableError
from epochal.sql.summaries import count_keys, subtract_duplicates
from epochal.sql.tail import gather_tail, measure_tail, merge_tail, sort_tail, take_row

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from epochal.sql.database import Connection

    Work = Callable[[Connection], list[int]]

_LOG = logging.getLogger(__name__)

MANY_ROWS = 512  # of one run's tail, while it runs
MANY_POINTS = 32_768  # of one run's tail, while it runs; 1 MB to read
POINTS_PER_KEY = 64  # worth merging into chunks
MOST_POINTS = 1_048_576  # of one run's tail, however many keys it has; 28 MB to read
WATCHED_RUNS = 65_536  # whose tails are counted in memory
_LOCK = 0x65706F63 << 31  # advisory locks of ours begin here; 2**31 runs have their own


class Compaction:
    """Counts what this process appends and tidies one run's tail at a time.

    Serves many threads. A step that fails ends the tidying of that run: nothing is lost, and
    what is logged next begins another.
    """

    def __init__(self, write: Callable[[Work], Future[list[int]]]) -> None:
        self._write = write
        self._fresh: dict[int, list[int]] = {}  # rows and points since the last tidying, by run
        self._busy: dict[
            int, bool
        ] = {}  # runs that are being tidied, and whether they ended since

    def appended(self, run: int, points: int) -> None:
        """A row of so many points was committed. On the writer thread only."""
        fresh = self._fresh.get(run)
        if fresh is None:
            if len(self._fresh) >= WATCHED_RUNS:
                self._fresh.clear()
            fresh = self._fresh[run] = [0, 0]
        fresh[0] += 1
        fresh[1] += points
        if fresh[0] >= MANY_ROWS or fresh[1] >= MANY_POINTS:
            self.tidy(run)

    def tidy(self, run: int, *, has_ended: bool = False) -> None:
        """Queue the tidying of a run's tail; it happens only if it is worth it."""
        if run in self._busy:
            self._busy[run] |= has_ended
            return
        self._fresh.pop(run, None)
        self._busy[run] = False
        self._queue(run, partial(plan, run=run, has_ended=has_ended))

    def _queue(self, run: int, step: Work) -> None:
        # One step only: what waits meanwhile is written before the next.
        self._write(step).add_done_callback(partial(self._go_on, run))

    def _go_on(self, run: int, done: Future[list[int]]) -> None:
        failure = done.exception()
        if failure is not None and not isinstance(failure, UnavailableError):
            _LOG.warning("Cannot compact the metrics of run %d", run, exc_info=failure)
        rows = [] if failure else done.result()
        if rows:
            self._queue(run, partial(_step, run, rows))
        elif self._busy.pop(run):
            self.tidy(run, has_ended=True)


def _step(run: int, rows: list[int], connection: Connection) -> list[int]:
    """Move one row and say which remain."""
    move(connection, run, rows[0])
    return rows[1:]


def plan(connection: Connection, run: int, *, has_ended: bool) -> list[int]:
    """Gather a run's tail or sort it for compaction; returns the rows to `move`."""
    if not _lock(connection, run):
        return []
    rows, points = measure_tail(connection, run)
    worth_it = min(POINTS_PER_KEY * count_keys(connection, run), MOST_POINTS)
    if not has_ended:
        worth_it = max(worth_it, MANY_POINTS)
    if points and points >= worth_it:
        return sort_tail(connection, run)
    if has_ended:
        subtract_duplicates(connection, run, merge_tail(connection, run))
    elif rows >= MANY_ROWS:
        gather_tail(connection, run)
    return []


def move(connection: Connection, run: int, row: int) -> None:
    """Merge the points of one row of the tail into chunks."""
    from epochal.sql.chunks import add_to_chunks

    if not _lock(connection, run):
        return  # the row stays; whoever holds the lock or comes next will find it
    grouped = take_row(connection, run, row)
    dropped = {key: add_to_chunks(connection, run, key, grouped[key]) for key in sorted(grouped)}
    subtract_duplicates(connection, run, dropped)


def compact(connection: Connection, run: int) -> None:
    """Move a run's whole tail into chunks, in this one transaction."""
    if _lock(connection, run):
        for row in sort_tail(connection, run):
            move(connection, run, row)


def lock_run(connection: Connection, run: int) -> None:
    """Wait until nobody else rewrites a run, and keep others from it as `_lock` does."""
    if connection.dialect.name == "postgresql":
        connection.execute("SELECT pg_advisory_xact_lock(?)", (_LOCK + run,))


def _lock(connection: Connection, run: int) -> bool:
    """Keep other servers from rewriting the same run until the end of the transaction.

    On SQLite whoever writes is alone already. On PostgreSQL waiting could end in a deadlock, as
    one transaction may hold several runs; so whoever comes second leaves it to the first.
    """
    if connection.dialect.name == "sqlite":
        return True
    rows = connection.execute("SELECT pg_try_advisory_xact_lock(?)", (_LOCK + run,))
    return bool(rows[0][0])
