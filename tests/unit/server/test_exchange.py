"""One request and its answer."""

import asyncio

import pytest

from epochal.errors import InvalidParameterError
from epochal.server.exchange import ClientGoneError
from fixtures.exchanges import Line, exchange


def test_a_query_is_decoded_once():
    """Repeated keys are lists, escapes are undone, blanks are kept."""
    asked = exchange(query=b"a=1&a=2&b=%252e+%C3%BC&c=").query()
    assert asked == {"a": ["1", "2"], "b": ["%2e ü"], "c": [""]}


@pytest.mark.parametrize("query", [b"a=%ff", b"a=\xff", b"&".join([b"a=1"] * 1001)])
def test_a_query_that_is_not_understood_is_refused(query):
    """No UTF-8, or too much of it."""
    with pytest.raises(InvalidParameterError):
        exchange(query=query).query()


def test_an_answer_carries_the_request_id():
    """And its length."""
    line = Line()
    asyncio.run(exchange(line).answer_json(b"{}"))
    assert (line.status, line.body) == (200, b"{}")
    assert line.headers[b"x-request-id"] == b"id-1"
    assert line.headers[b"content-length"] == b"2"
    assert line.headers[b"cache-control"] == b"no-store"


def test_head_is_answered_as_get():
    """The server drops the body on its way out."""
    assert exchange(method="HEAD").method == "GET"


def test_our_client_is_recognised_by_its_header():
    """Whatever its value."""
    assert exchange(headers={"X-Epochal-Client": "1"}).is_ours
    assert not exchange().is_ours


def test_a_client_that_hangs_up_is_noticed():
    """Nobody is left to answer."""
    with pytest.raises(ClientGoneError):
        asyncio.run(exchange(Line(gone=True)).receive())
