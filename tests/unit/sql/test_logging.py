from __future__ import annotations

import pytest

from epochal.errors import ParamChangedError
from epochal.ports.tracking import Delivery, NewRun, RunLog
from epochal.sql.database import open_database
from epochal.sql.store import SqlStore


@pytest.fixture
def stores(any_url):
    """Two stores on one database, as two servers have it."""
    opened = [SqlStore(open_database(any_url)) for _ in range(2)]
    opened[0].create_run(NewRun("r", "0", "n", "u", 0))
    yield opened
    for store in opened:
        store.close()


def test_servers_agree_on_the_first_value_of_a_param(stores):
    """Of two servers that log one param at once, one wins and the other is refused."""
    futures = [
        (n, store.log(RunLog("r", params={f"p{round_}": str(n)})))
        for round_ in range(30)
        for n, store in enumerate(stores)
    ]
    outcomes = [future.exception() for _, future in futures]
    refused = [error for error in outcomes if error is not None]
    assert all(isinstance(error, ParamChangedError) for error in refused)
    assert len(refused) == 30
    assert len(stores[0].get_run("r").data.params) == 30


def test_servers_share_the_memory_of_deliveries(stores):
    """A batch that one server stored is recognised by the other."""
    for n, store in enumerate(stores):
        store.log(RunLog("r", tags={"by": str(n)}), Delivery("w", 1)).result()
    assert stores[0].get_run("r").data.tags["by"] == "0"


def test_servers_that_tag_in_different_orders_do_not_block_each_other(stores):
    """Tags are written in one order whatever the order in which they were given."""
    names = [f"t{n}" for n in range(20)]
    futures = [
        store.log(RunLog("r", tags=dict.fromkeys(order, str(round_))))
        for round_ in range(20)
        for store, order in zip(stores, (names, names[::-1]), strict=True)
    ]
    for future in futures:
        future.result(60)
    assert {stores[1].get_run("r").data.tags[name] for name in names} == {"19"}
