"""The contract of tables on every database."""

from __future__ import annotations

import pytest

from epochal.sql.database import open_database
from epochal.sql.store import SqlStore
from epochal.testing.tables import TableContract


class TestSqlite(TableContract):
    """SQLite in a file."""

    @pytest.fixture
    def store(self, tmp_path):
        store = SqlStore(open_database(f"sqlite:///{tmp_path / 'store.db'}"))
        yield store
        store.close()


class TestPostgresql(TableContract):
    """A real PostgreSQL server."""

    @pytest.fixture
    def store(self, postgresql_url):
        store = SqlStore(open_database(postgresql_url))
        yield store
        store.close()
