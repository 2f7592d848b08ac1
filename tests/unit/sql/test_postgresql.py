from __future__ import annotations

import math
import time

import psycopg
import pytest

from epochal.errors import InvalidParameterError, UnavailableError
from epochal.ports.tracking import NewRun, RunLog
from epochal.sql import writer
from epochal.sql.database import open_database, open_driver
from epochal.sql.postgresql import translate_placeholders
from epochal.sql.store import SqlStore


@pytest.fixture
def database(postgresql_url):
    opened = open_database(postgresql_url)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "scheme", ["postgres", "postgresql+psycopg2", "postgresql+psycopg", "POSTGRESQL"]
)
def test_every_spelling_of_the_scheme_means_psycopg(postgresql_url, scheme):
    """MLflow users' URLs work as they are."""
    database = open_database(postgresql_url.replace("postgresql", scheme, 1))
    with database.read() as connection:
        assert connection.execute("SELECT count(*) FROM experiments") == [(1,)]
    database.close()


def test_a_url_without_a_database_takes_libpqs_default(postgresql_server):
    """The name of the user is the name of the database, as with psql."""
    with psycopg.connect(postgresql_server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE epochal")
    database = open_database(f"postgresql://epochal@127.0.0.1:{postgresql_server.port}")
    with database.read() as connection:
        assert connection.execute("SELECT current_database()") == [("epochal",)]
    database.close()


def test_an_unreachable_server_is_named_without_the_password():
    """Host and port are told, the password never."""
    with pytest.raises(UnavailableError) as refused:
        open_database("postgresql://user:sesame%21@127.0.0.1:9/db")
    assert "127.0.0.1:9" in str(refused.value)
    assert "sesame" not in str(refused.value)


@pytest.mark.parametrize("rest", ["u:sesame@h:port/d", "u:ses%zzame@h/d", "u:sesame@h/d?nope=1"])
def test_a_url_that_libpq_cannot_read_is_refused_without_repeating_it(rest):
    """A malformed URL shows how one looks like, and nothing of itself."""
    with pytest.raises((InvalidParameterError, UnavailableError)) as refused:
        open_database(f"postgresql://{rest}")
    assert "sesame" not in str(refused.value)


def test_a_missing_psycopg_names_the_extra(start_python):
    """Without the driver one learns what to install."""
    code = """
import sys
sys.modules["psycopg"] = None
from epochal.errors import NotSupportedError
from epochal.sql.database import open_database
try:
    open_database("postgresql://h/d")
except NotSupportedError as missing:
    print(missing)
"""
    told, errors = start_python(code).communicate(timeout=60)
    assert "pip install 'epochal[postgresql]'" in told, errors


def test_opening_sqlite_does_not_import_psycopg(start_python, tmp_path):
    """Whoever keeps runs in a file does not pay for PostgreSQL, nor for numpy."""
    code = """
import sys
from epochal.sql.database import open_database
from epochal.sql.store import SqlStore
SqlStore(open_database(sys.argv[1])).close()
print([name for name in ("psycopg", "numpy", "sqlalchemy") if name in sys.modules])
"""
    told, errors = start_python(code, f"sqlite:///{tmp_path}/x.db").communicate(timeout=60)
    assert told.strip() == "[]", errors


def test_the_store_comes_back_with_its_server(own_postgresql, monkeypatch):
    """Connections lost in a restart are replaced; while it is down, one is told so."""
    monkeypatch.setattr(writer, "PATIENCE_S", 0.5)
    store = SqlStore(open_database(own_postgresql.create_database()))
    store.create_run(NewRun("r", "0", "n", "u", 0))
    assert store.get_run("r").data.params == {}
    own_postgresql.stop()
    with pytest.raises(UnavailableError):
        store.log(RunLog("r", params={"lost": "1"})).result()
    with pytest.raises(UnavailableError, match=str(own_postgresql.port)):
        store.get_run("r")
    own_postgresql.start()
    store.log(RunLog("r", params={"kept": "1"})).result()
    assert store.get_run("r").data.params == {"kept": "1"}
    store.close()


def test_work_waits_through_a_short_restart(own_postgresql):
    """A server that is back soon costs time, not data."""
    store = SqlStore(open_database(own_postgresql.create_database()))
    store.create_run(NewRun("r", "0", "n", "u", 0))
    own_postgresql.stop()
    future = store.log(RunLog("r", params={"patient": "1"}))
    time.sleep(0.3)
    assert not future.done()
    own_postgresql.start()
    future.result(30)
    assert store.get_run("r").data.params == {"patient": "1"}
    store.close()


def test_a_deadlock_is_resolved_by_trying_again(database, postgresql_url):
    """When two servers wait for each other, the one that PostgreSQL ends begins anew."""
    other = open_database(postgresql_url)
    add = "INSERT INTO writers (writer, sequence, seen_ms) VALUES (?, 1, 1) ON CONFLICT DO NOTHING"

    def both(first, second):
        def work(connection):
            connection.execute(add, (first,))
            time.sleep(0.3)
            connection.execute(add, (second,))

        return work

    futures = [database.write(both("a", "b")), other.write(both("b", "a"))]
    for future in futures:
        future.result(60)
    with database.read() as connection:
        assert len(connection.execute("SELECT writer FROM writers")) == 2
    other.close()


def test_nan_is_bound_as_null_and_infinities_as_themselves(database):
    """NaN is NULL in a column, as SQLite keeps it."""
    with database.read() as connection:
        sql = "SELECT CAST(? AS double precision), CAST(? AS double precision)"
        assert connection.execute(sql, (math.nan, -math.inf)) == [(None, -math.inf)]


@pytest.mark.parametrize(
    ("column", "value"), [("id", 2**63), ("run_id", "a\x00b"), ("run_id", "\ud800")]
)
def test_values_that_do_not_fit_are_refused(database, column, value):
    """Too large numbers, NUL and broken text are the caller's mistake."""
    with pytest.raises(InvalidParameterError, match="64 bits"), database.read() as connection:
        connection.execute(f"SELECT id FROM runs WHERE {column} = ?", (value,))


def test_text_is_ordered_by_bytes(database):
    """Ordering is binary, as on SQLite: digits, capitals, underscore, small letters."""
    sql = "INSERT INTO writers (writer, sequence, seen_ms) VALUES (?, 1, 1)"
    rows = [(name,) for name in ("a", "A_B", "A", "10", "é")]
    database.write(lambda c: c.executemany(sql, rows)).result()
    with database.read() as connection:
        rows = connection.execute("SELECT writer FROM writers ORDER BY writer")
    assert [row[0] for row in rows] == ["10", "A", "A_B", "a", "é"]


def test_a_database_of_another_encoding_is_refused(postgresql_server):
    """Only UTF-8 keeps every text."""
    with psycopg.connect(postgresql_server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(InvalidParameterError, match="UTF-8"):
        open_database(postgresql_server.url("latin"))


def test_placeholders_are_translated_once():
    """`?` becomes `%s`, and a percent sign of the statement is kept."""
    assert translate_placeholders("SELECT ? LIKE 'a%'") == b"SELECT %s LIKE 'a%%'"


def test_a_driver_connects_to_nothing_by_itself():
    """Naming a server is not calling it."""
    open_driver("postgresql://nowhere.invalid/db").close()
