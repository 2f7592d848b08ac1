from __future__ import annotations

import os
import threading

import pytest

from epochal.errors import EpochalError, InvalidParameterError, UnavailableError
from epochal.sql import database as module
from epochal.sql.database import open_database

ADD = "INSERT INTO writers (writer, sequence, seen_ms) VALUES (?, 1, 1)"


def add(name):
    return lambda connection: connection.execute(ADD, (name,))


def names(database):
    with database.read() as connection:
        return [row[0] for row in connection.execute("SELECT writer FROM writers ORDER BY 1")]


@pytest.mark.parametrize(
    "url", ["mysql://u:secret@h/d", "store.db", "", "sqlite:/x.db", "http://secret@x"]
)
def test_an_unknown_url_is_refused_without_repeating_it(url):
    """The refusal shows what would be right, never a password."""
    with pytest.raises(InvalidParameterError, match="sqlite:///") as refused:
        open_database(url)
    assert "secret" not in str(refused.value)


def test_what_was_written_is_read(any_database):
    """Once the future completes, every reader sees the row."""
    any_database.write(add("a")).result()
    assert names(any_database) == ["a"]


def test_a_reader_sees_one_snapshot(any_database):
    """Writes that come while one reads are not seen until the next read."""
    with any_database.read() as connection:
        before = connection.execute("SELECT count(*) FROM writers").first()
        any_database.write(add("late")).result()
        assert connection.execute("SELECT count(*) FROM writers").first() == before
    assert names(any_database) == ["late"]


def test_readers_cannot_write(any_database):
    """A statement that writes fails on a reader, and the pool goes on working."""
    with pytest.raises(EpochalError), any_database.read() as connection:
        connection.execute(ADD, ("never",))
    assert names(any_database) == []


def test_errors_never_show_sql(any_database):
    """A broken statement becomes our error, without its text."""
    with pytest.raises(EpochalError) as failed, any_database.read() as connection:
        connection.execute("SELECT secret_column FROM runs")
    assert "secret_column" not in str(failed.value)
    error = any_database.write(lambda c: c.execute("SELEKT 1")).exception()
    assert isinstance(error, EpochalError)
    assert "SELEKT" not in str(error)


def test_rows_know_how_many_were_changed(any_database):
    """`rowcount` counts changed rows, and a statement without an answer has no rows."""
    for name in "abc":
        any_database.write(add(name)).result()
    changed = any_database.write(lambda c: c.execute("DELETE FROM writers WHERE writer <> 'a'"))
    assert changed.result() == []
    assert changed.result().rowcount == 2
    assert changed.result().first() is None


def test_more_readers_than_connections_wait_for_each_other(any_database, monkeypatch):
    """Reading is bounded: whoever finds all connections busy waits, and at last is told so."""
    with monkeypatch.context() as patched:
        patched.setattr(module, "READER_PATIENCE_S", 0.05)
        for _ in range(module.MAX_READERS):
            any_database._places.acquire()
        with pytest.raises(UnavailableError, match="busy"), any_database.read():
            pass
        for _ in range(module.MAX_READERS):
            any_database._places.release()
    threads = [threading.Thread(target=names, args=[any_database]) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(any_database._idle) <= module.IDLE_READERS


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning")
def test_a_forked_process_goes_on_with_connections_of_its_own(any_database):
    """Both the child and its parent read and write after a fork."""
    any_database.write(add("before")).result()
    assert names(any_database) == ["before"]
    child = os.fork()
    if child == 0:
        status = 1
        try:
            any_database.write(add("child")).result(30)
            status = 0 if names(any_database) == ["before", "child"] else 2
            any_database.close()
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    any_database.write(add("parent")).result()
    assert names(any_database) == ["before", "child", "parent"]


def test_accepted_work_is_written_when_the_interpreter_ends(any_url, start_python):
    """A script that forgets to close its database loses nothing."""
    code = """
import sys
from epochal.sql.database import open_database
database = open_database(sys.argv[1])
for n in range(500):
    database.write(lambda c, n=n: c.execute("INSERT INTO writers VALUES (?, 1, 1)", (str(n),)))
"""
    process = start_python(code, any_url)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (0, "")
    database = open_database(any_url)
    assert len(names(database)) == 500
    database.close()
