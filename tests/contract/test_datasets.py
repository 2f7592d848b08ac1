"""Every store of versioned datasets keeps the promises of `ports.datasets`."""

import pytest

from epochal.sql.database import open_database
from epochal.sql.dataset_versions import SqlDatasets
from epochal.sql.store import SqlStore
from epochal.testing.datasets import DatasetContract


class _OnDatabase(DatasetContract):
    @pytest.fixture
    def store(self, database):
        return SqlDatasets(database)

    @pytest.fixture
    def tracking(self, database):
        return SqlStore(database)


class TestSqlite(_OnDatabase):
    @pytest.fixture
    def database(self, tmp_path):
        database = open_database(f"sqlite:///{tmp_path}/store.db")
        yield database
        database.close()


class TestPostgresql(_OnDatabase):
    @pytest.fixture
    def database(self, postgresql_url):
        database = open_database(postgresql_url)
        yield database
        database.close()
