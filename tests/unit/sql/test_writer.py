from __future__ import annotations

import threading

import pytest

from epochal.errors import NotFoundError, UnavailableError

ADD = "INSERT INTO writers (writer, sequence, seen_ms) VALUES (?, 1, 1)"


@pytest.fixture
def hold(any_database):
    """Keep the writer busy until the test lets go, so that what follows is one group."""
    gate = threading.Event()
    any_database.write(lambda _: gate.wait(30))
    yield gate.set
    gate.set()


def count(database):
    with database.read() as connection:
        return connection.execute("SELECT count(*) FROM writers")[0][0]


def add(connection, name):
    connection.execute(ADD, (name,))
    return name


def test_waiting_work_shares_one_transaction(any_database, hold):
    """All that waits is committed together: nobody sees a part of it."""
    seen = []

    def look(_):
        seen.append(count(any_database))

    futures = [any_database.write(lambda c, n=n: add(c, str(n))) for n in range(50)]
    futures.insert(25, any_database.write(look))
    hold()
    for future in futures:
        future.result()
    assert seen == [0]
    assert count(any_database) == 50


@pytest.mark.parametrize("fault", ["ours", "sql", "value"])
def test_a_failing_piece_takes_nothing_along(any_database, hold, fault):
    """The others of its group are stored, itself not, whatever the reason."""

    def fail(connection):
        add(connection, "half")
        if fault == "ours":
            raise NotFoundError("run", "r")
        if fault == "sql":
            connection.execute("SELECT no_such_thing")
        connection.execute(ADD, ("lone \ud800",))

    good = [any_database.write(lambda c, n=n: add(c, str(n))) for n in range(5)]
    bad = any_database.write(fail)
    good += [any_database.write(lambda c, n=n: add(c, str(n))) for n in range(5, 10)]
    hold()
    assert [future.result() for future in good] == [str(n) for n in range(10)]
    assert bad.exception() is not None
    assert count(any_database) == 10


def test_promises_are_kept_only_after_the_commit(any_database, hold):
    """`after_commit` is called once per stored piece, and never for one that failed."""
    kept = []

    def work(connection, name):
        connection.after_commit(lambda: kept.append(name))
        add(connection, name)
        if name == "bad":
            raise NotFoundError("run", name)

    futures = [any_database.write(lambda c, n=n: work(c, n)) for n in ("a", "bad", "b")]
    hold()
    assert [future.exception() is None for future in futures] == [True, False, True]
    assert kept == ["a", "b"]


def test_cancelled_work_is_not_done(any_database, hold):
    """A future cancelled while it waits leaves no trace."""
    future = any_database.write(lambda c: add(c, "never"))
    assert future.cancel()
    hold()
    any_database.write(lambda c: add(c, "done")).result()
    assert count(any_database) == 1


def test_a_piece_may_ask_for_another(any_database):
    """Work that asks for more work is no deadlock, if it does not wait for it."""
    inner = any_database.write(lambda _: any_database.write(lambda c: add(c, "inner"))).result()
    assert inner.result() == "inner"


def test_a_closed_writer_refuses(any_database):
    """Closing finishes what waits; what comes later fails at once."""
    waiting = [any_database.write(lambda c, n=n: add(c, str(n))) for n in range(100)]
    any_database.close()
    assert all(future.done() for future in waiting)
    with pytest.raises(UnavailableError, match="closed"):
        any_database.write(lambda c: add(c, "late")).result()
