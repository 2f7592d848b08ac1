"""From the table to the services."""

from dataclasses import replace

import pytest

from epochal.server.blocking import Threads
from epochal.server.dispatch import Dispatch
from epochal.wire.endpoints import ENDPOINTS


@pytest.fixture
def threads():
    pool = Threads()
    yield pool
    pool.close()


def over(threads, *endpoints):
    return Dispatch.over(endpoints, None, threads)  # type: ignore[arg-type]  # nothing is called


def test_every_endpoint_has_a_handler(threads):
    """The server starts."""
    assert set(over(threads, *ENDPOINTS).handlers) == {endpoint.name for endpoint in ENDPOINTS}


def test_an_endpoint_without_a_handler_stops_the_start(threads):
    """Rather than failing at the first request."""
    with pytest.raises(LookupError, match="no handler"):
        over(threads, replace(ENDPOINTS[0], name="unheard-of"))


def test_an_endpoint_without_a_permission_stops_the_start(threads):
    """Nothing is open by oversight."""
    with pytest.raises(LookupError, match="permission"):
        over(threads, replace(ENDPOINTS[0], permission=""))
