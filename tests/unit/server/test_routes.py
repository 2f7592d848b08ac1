"""From a path to an endpoint."""

import pytest

from epochal.errors import (
    EndpointNotFoundError,
    InvalidParameterError,
    MethodNotAllowedError,
)
from epochal.server.routes import Routes
from epochal.wire.endpoints import ENDPOINTS, Endpoint

ROUTES = Routes(ENDPOINTS)
PROXY = "/api/2.0/mlflow-artifacts/artifacts"


def find(path, method="GET", routes=ROUTES):
    from urllib.parse import unquote

    return routes.find(unquote(path), path.encode(), method)


def test_paths_are_matched_whole():
    """Nothing before, nothing after."""
    found = find("/api/2.0/mlflow/runs/get")
    assert found is not None
    assert found[0].name == "runs/get"
    for path in ("/api/2.0/mlflow/runs/get/", "/x/api/2.0/mlflow/runs/get", "/API/2.0/mlflow"):
        assert find(path) is None


def test_what_follows_a_fixed_part_is_decoded_once():
    """An escaped escape stays an escape."""
    found = find(f"{PROXY}/a%20b/50%2525.txt", "PUT")
    assert found is not None
    assert (found[0].name, found[1]) == ("proxy/upload", "a b/50%25.txt")


def test_a_wrong_method_names_the_right_ones():
    """Of this path."""
    with pytest.raises(MethodNotAllowedError) as caught:
        find("/api/2.0/mlflow/experiments/search", "PUT")
    assert caught.value.details["allowed"] == ["GET", "POST"]


def test_a_tail_that_is_no_utf8_is_refused():
    """Rather than replaced by something that another file could have."""
    with pytest.raises(InvalidParameterError):
        ROUTES.find("x", PROXY.encode() + b"/%ff", "GET")


def test_a_prefix_is_part_of_every_path():
    """Without it there is nothing."""
    routes = Routes(ENDPOINTS, "/p")
    assert find("/p/health", routes=routes)
    assert find("/health", routes=routes) is None


def test_methods_of_a_path_are_told():
    """For the preflight of a foreign page."""
    assert ROUTES.methods("/api/2.0/mlflow/runs/create") == ["POST"]
    assert ROUTES.methods(f"{PROXY}/x") == ["GET", "PUT", "DELETE"]
    with pytest.raises(EndpointNotFoundError):
        ROUTES.methods("/nowhere")


def test_two_endpoints_cannot_share_a_path():
    """The table is wrong; the server does not start."""
    twice = Endpoint("a", ("GET",), "x", ("/",), "read")
    with pytest.raises(ValueError, match="twice"):
        Routes([twice, twice])
