from __future__ import annotations

import inspect

from epochal.ports.metrics import MetricStore
from epochal.ports.tracking import NewRun, RunChanges, TrackingStore
from epochal.sql.store import SqlStore


def test_the_store_has_every_method_of_both_ports(database):
    """Method by method, with the ports' own signatures."""
    for port in (TrackingStore, MetricStore):
        for name, promised in inspect.getmembers(port, inspect.isfunction):
            if not name.startswith("_"):
                assert inspect.signature(getattr(SqlStore, name)) == inspect.signature(promised)


def test_closing_the_store_closes_its_database(any_database):
    """The store owns its database; closing either twice is harmless."""
    store = SqlStore(any_database)
    store.create_run(NewRun("r", "0", "n", "u", 0))
    store.update_run("r", RunChanges(status="FINISHED"))
    store.close()
    any_database.close()
