from __future__ import annotations

import pytest

from epochal.sql.compaction import compact
from epochal.sql.database import open_database
from epochal.sql.store import SqlStore
from epochal.testing.metrics import MetricContract


class PackingStore(SqlStore):
    """A store that moves everything into chunks before each read."""

    def pack(self):
        def work(connection):
            for (run,) in connection.execute("SELECT DISTINCT run FROM metric_tail"):
                compact(connection, run)

        self._write(work)

    def get_history(self, *args, **options):
        self.pack()
        return super().get_history(*args, **options)

    def get_histories(self, *args):
        self.pack()
        return super().get_histories(*args)

    def sample(self, *args):
        self.pack()
        return super().sample(*args)

    def draw(self, query):
        self.pack()
        return super().draw(query)

    def rewind(self, *args):
        self.pack()
        return super().rewind(*args)


@pytest.fixture(params=[SqlStore, PackingStore], ids=["fresh", "packed"])
def kind(request):
    return request.param


class TestSqlite(MetricContract):
    @pytest.fixture
    def store(self, kind, tmp_path):
        store = kind(open_database(f"sqlite:///{tmp_path}/store.db"))
        yield store
        store.close()


class TestPostgresql(MetricContract):
    @pytest.fixture
    def store(self, kind, postgresql_url):
        store = kind(open_database(postgresql_url))
        yield store
        store.close()
