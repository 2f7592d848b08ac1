"""The contract of the registry on every database."""

from __future__ import annotations

import pytest

from epochal.sql.database import open_database
from epochal.sql.registry import SqlRegistry
from epochal.testing.registry import RegistryContract


class TestSqlite(RegistryContract):
    """SQLite in a file."""

    @pytest.fixture
    def registry(self, tmp_path):
        database = open_database(f"sqlite:///{tmp_path / 'store.db'}")
        yield SqlRegistry(database)
        database.close()


class TestPostgresql(RegistryContract):
    """A real PostgreSQL server."""

    @pytest.fixture
    def registry(self, postgresql_url):
        database = open_database(postgresql_url)
        yield SqlRegistry(database)
        database.close()
