"""The contract of views on every database."""

from __future__ import annotations

import pytest

from epochal.sql.database import open_database
from epochal.sql.store import SqlStore
from epochal.testing.views import ViewContract


class TestSqlite(ViewContract):
    """SQLite in a file."""

    @pytest.fixture
    def store(self, tmp_path):
        store = SqlStore(open_database(f"sqlite:///{tmp_path / 'store.db'}"))
        yield store
        store.close()


class TestPostgresql(ViewContract):
    """A real PostgreSQL server."""

    @pytest.fixture
    def store(self, postgresql_url):
        store = SqlStore(open_database(postgresql_url))
        yield store
        store.close()
