"""Databases to look into, and processes that use them as well."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from epochal.sql.database import open_database

SOURCES = str(Path(__file__).parents[3] / "src")


@pytest.fixture
def sqlite_url(tmp_path):
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def database(sqlite_url):
    """A new store on SQLite."""
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request):
    """A place for a new store, on each database."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def any_database(any_url):
    """A new store, on each database."""
    opened = open_database(any_url)
    yield opened
    opened.close()


@pytest.fixture
def start_python():
    """Start a process of its own that runs some code with arguments; ended with the test."""
    started = []

    def start(code, *arguments):
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", code, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": SOURCES},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
