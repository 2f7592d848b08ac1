"""From an error to an answer, and back to the same error on the client's side."""

import asyncio
import json
import logging

import pytest

from epochal import errors
from epochal.server.failures import answer_failure, encode_failure, last_resort
from fixtures.exchanges import Line, exchange

LEAVES = [
    errors.InvalidParameterError("bad"),
    errors.SearchSyntaxError("bad filter", 3),
    errors.UnknownFieldError("metric", 2, ["metrics", "params"]),
    errors.ParamChangedError("r", "k", "old", "new"),
    errors.NotActiveError("run", "r"),
    errors.InvalidPathError("../x", "it climbs"),
    errors.AlreadyExistsError("Experiment", "x"),
    errors.NotFoundError("run", "r"),
    errors.EndpointNotFoundError("/x"),
    errors.MethodNotAllowedError("PUT", "/x", ["GET"]),
    errors.UnauthenticatedError("who?"),
    errors.PermissionDeniedError("no"),
    errors.BodyTooLargeError(5),
    errors.NotSupportedError("no"),
    errors.UnavailableError("later"),
    errors.EpochalError("odd"),
]


@pytest.mark.parametrize("error", LEAVES, ids=lambda error: type(error).__name__)
def test_every_leaf_survives_the_wire(error):
    """The client rebuilds the same class, message and details."""
    told = json.loads(encode_failure(error, "id-1"))
    again = errors.from_wire(told, error.status)
    assert type(again) is type(error)
    assert (again.message, again.details) == (error.message, error.details)
    assert (told["error_code"], told["request_id"]) == (error.code, "id-1")


def test_the_status_is_the_leafs():
    """And a wrong method is told the right ones."""
    line = Line()
    error = errors.MethodNotAllowedError("PUT", "/x", ["GET", "POST"])
    asyncio.run(answer_failure(error, exchange(line)))
    assert line.status == 405
    assert line.headers[b"allow"] == b"GET, POST"


def test_values_that_json_cannot_hold_do_not_break_the_answer():
    """Lone surrogates are escaped, foreign objects described."""
    told = json.loads(encode_failure(errors.InvalidPathError("\ud800", "bad"), "id-1"))
    assert told["details"] == {}
    assert "bad" in told["message"]
    told = json.loads(encode_failure(errors.EpochalError("odd", at=object()), "i"))
    assert "object" in told["details"]["at"]


def test_the_last_resort_tells_nothing_but_the_id(caplog):
    """The log has the traceback, under the same id."""
    with caplog.at_level(logging.ERROR, "epochal.server"):
        error = last_resort(ValueError("SELECT secret FROM /var/lib"), exchange())
    told = encode_failure(error, "id-1")
    assert b"SELECT" not in told
    assert b"/var" not in told
    assert b"id-1" in told
    assert error.status == 500
    assert "SELECT secret" in caplog.text
