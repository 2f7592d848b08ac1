from __future__ import annotations

import os
import signal
import sqlite3
import stat
from pathlib import Path

import pytest

from epochal.entities import Metric, Points
from epochal.errors import InvalidParameterError, UnavailableError
from epochal.ports.tracking import NewRun, RunLog
from epochal.sql import writer
from epochal.sql.database import open_database
from epochal.sql.store import SqlStore

LOG = """
import sys
from epochal.entities import Metric, Points
from epochal.ports.tracking import RunLog
from epochal.sql.database import open_database
from epochal.sql.store import SqlStore
url, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = SqlStore(open_database(url))
for n in range(count):
    points = Points.of([Metric(f"{name}/{n % 7}", float(n), n, n)])
    store.log(RunLog("shared", points, {f"{name}{n}": str(n)}, {"last": name})).result()
    print(n, flush=True)
sys.stdin.read()
store.close()
"""


@pytest.fixture
def store(sqlite_url):
    store = SqlStore(open_database(sqlite_url))
    store.create_run(NewRun("shared", "0", "n", "u", 0))
    yield store
    store.close()


def test_processes_that_write_one_file_lose_nothing(store, sqlite_url, start_python):
    """Two scripts of 200 calls each, and this process between them: all of it is there."""
    writers = [start_python(LOG, sqlite_url, name, 200) for name in ("a", "b")]
    for n in range(50):
        store.log(RunLog("shared", params={f"own{n}": "x"})).result()
    for process in writers:
        _, told = process.communicate(timeout=100)
        assert (process.returncode, told) == (0, "")
    data = store.get_run("shared").data
    expected = {f"{name}{n}" for name in "ab" for n in range(200)}
    assert set(data.params) == expected | {f"own{n}" for n in range(50)}
    assert len(store.get_history("shared", "a/3").series) == len(range(3, 200, 7))


def test_what_was_acknowledged_survives_a_kill(store, sqlite_url, start_python):
    """`kill -9` right after a future completed takes nothing that was acknowledged."""
    process = start_python(LOG, sqlite_url, "k", 30)
    acknowledged = [int(process.stdout.readline()) for _ in range(30)]
    process.send_signal(signal.SIGKILL)
    process.wait()
    data = store.get_run("shared").data
    assert set(data.params) == {f"k{n}" for n in acknowledged}
    assert data.metrics == {f"k/{n % 7}": float(n) for n in acknowledged}


def test_processes_that_create_one_store_at_once_both_succeed(sqlite_url, start_python):
    """The first start of several processes on one missing file is no race."""
    code = (
        "import sys; from epochal.sql.database import open_database as o; o(sys.argv[1]).close()"
    )
    processes = [start_python(code, sqlite_url) for _ in range(4)]
    for process in processes:
        _, told = process.communicate(timeout=60)
        assert (process.returncode, told) == (0, "")
    database = open_database(sqlite_url)
    with database.read() as connection:
        assert connection.execute("SELECT count(*) FROM experiments") == [(1,)]
    database.close()


def test_a_file_locked_for_long_is_unavailable(store, tmp_path, monkeypatch):
    """Whoever waits too long for another process is told so; afterwards all works again."""
    monkeypatch.setattr(writer, "PATIENCE_S", 0.2)
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    entry = RunLog("shared", Points.of([Metric("m", 1.0, 0)]))
    with pytest.raises(UnavailableError, match="locked by another process"):
        store.log(entry).result()
    assert store.get_run("shared").info.status == "RUNNING"
    other.execute("ROLLBACK")
    other.close()
    store.log(entry).result()
    assert store.get_run("shared").data.metrics == {"m": 1.0}


def test_every_commit_reaches_the_disk(database):
    """The file is in WAL mode and each commit is synced."""
    pragmas = database.write(
        lambda c: [c.execute(f"PRAGMA {name}")[0][0] for name in ("journal_mode", "synchronous")]
    )
    assert pragmas.result() == ["wal", 2]


def test_a_relative_path_stays_where_it_was(tmp_path, monkeypatch):
    """A store opened by a relative path is not lost when the process changes its folder."""
    monkeypatch.chdir(tmp_path)
    database = open_database("sqlite:///here.db")
    monkeypatch.chdir("/")
    with database.read() as connection:
        assert connection.execute("SELECT count(*) FROM runs") == [(0,)]
    database.close()
    assert (tmp_path / "here.db").exists()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite+pysqlite:///:memory:"])
def test_a_store_in_memory_leaves_nothing(url, tmp_path, monkeypatch):
    """Stores in memory are apart from each other, and gone when closed."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    stores = [SqlStore(open_database(url)) for _ in range(2)]
    stores[0].create_run(NewRun("r", "0", "n", "u", 0))
    assert stores[0].get_run("r").info.run_id == "r"
    assert stores[1].search_datasets(["0"]) == []
    for store in stores:
        store.close()
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path):
    """The refusal names the folder that one should create."""
    with pytest.raises(InvalidParameterError, match=r"absent.*create it"):
        open_database(f"sqlite:///{tmp_path}/absent/x.db")


def test_two_slashes_are_corrected():
    """`sqlite://x.db` is a host to others and a slip here."""
    with pytest.raises(InvalidParameterError, match=r"sqlite:///x\.db"):
        open_database("sqlite://x.db")


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    """A text file stays a text file."""
    path = tmp_path / "notes.db"
    path.write_text("no database at all, and long enough to be read as a header" * 20)
    before = path.read_bytes()
    with pytest.raises(InvalidParameterError, match="not an SQLite database"):
        open_database(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(tmp_path):
    """A database of MLflow's is named as such and not changed by a byte."""
    path = tmp_path / "mlflow.db"
    foreign = sqlite3.connect(path)
    foreign.executescript("CREATE TABLE alembic_version (x); CREATE TABLE experiments (y);")
    foreign.close()
    before = path.read_bytes()
    with pytest.raises(InvalidParameterError, match="MLflow"):
        open_database(f"sqlite:///{path}")
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes anywhere")
def test_a_file_that_may_not_be_written_is_unavailable(tmp_path):
    """A read-only folder is explained, not a crash."""
    Path(tmp_path).chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(UnavailableError):
        open_database(f"sqlite:///{tmp_path}/x.db")


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, "\ud800"])
def test_values_that_do_not_fit_are_refused(database, value):
    """Too large numbers and broken text are the caller's mistake."""
    with pytest.raises(InvalidParameterError, match="64 bits"), database.read() as connection:
        connection.execute("SELECT ?", (value,))


def test_an_endless_pattern_is_refused(database):
    """SQLite has a limit for patterns; beyond it the caller is told."""
    sql = f"SELECT id FROM experiments WHERE {database.dialect.like('name')}"
    with pytest.raises(InvalidParameterError, match="LIKE"), database.read() as connection:
        connection.execute(sql, ("%" * 60_000,))
