"""What is read is stopped in time."""

from __future__ import annotations

import math
import threading
import time

import pytest

from epochal.errors import InvalidParameterError, SearchTooSlowError, UnavailableError
from epochal.ports.cancellation import Cancellation
from epochal.sql.watch import read_limit

ENDLESS = {
    "sqlite": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT sum(x) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}


def read_endlessly(database, *, limited=False):
    with database.read(limited=limited) as connection:
        connection.execute(ENDLESS[database.dialect.name])


def test_a_search_has_a_time_limit(any_database):
    """It is refused by name, what is no search goes on, and the pool works afterwards."""
    any_database._watch.limit_s = 0.3
    start = time.monotonic()
    with pytest.raises(SearchTooSlowError, match=r"longer than 0\.3 seconds"):
        read_endlessly(any_database, limited=True)
    assert time.monotonic() - start < 5
    with any_database.read(limited=True) as connection:
        assert connection.execute("SELECT 1") == [(1,)]


def test_what_nobody_wants_is_stopped(any_database):
    """While it is read, and before."""
    wanted = Cancellation()
    threading.Timer(0.3, wanted.cancel, ["nobody waits"]).start()
    for _ in range(2):
        with wanted.covering(), pytest.raises(UnavailableError, match="nobody waits"):
            read_endlessly(any_database)


def test_closing_stops_readers(any_database):
    """The process ends although somebody asked for something endless."""
    threading.Timer(0.3, any_database.close).start()
    with pytest.raises(UnavailableError, match="closed"):
        read_endlessly(any_database)


@pytest.mark.parametrize(("text", "limit"), [("", 30), ("2.5", 2.5), ("0", math.inf)])
def test_the_limit_is_a_setting(text, limit):
    """In seconds; 0 is none."""
    assert read_limit({"EPOCHAL_SEARCH_TIMEOUT_S": text}) == limit


@pytest.mark.parametrize("text", ["soon", "-1", "nan"])
def test_a_limit_is_a_number(text):
    """Anything else is refused with the name of the setting."""
    with pytest.raises(InvalidParameterError, match="EPOCHAL_SEARCH_TIMEOUT_S"):
        read_limit({"EPOCHAL_SEARCH_TIMEOUT_S": text})
