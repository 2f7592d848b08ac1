"""The table of endpoints."""

from typing import get_args

import pytest

from epochal.entities.user import Permission
from epochal.errors import InvalidParameterError
from epochal.wire.decoding import decode_query
from epochal.wire.endpoints import ENDPOINTS


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_every_endpoint_is_complete(endpoint):
    """It names a permission, absolute paths, a body limit unless it streams, and a message."""
    assert endpoint.permission in get_args(Permission)
    assert all(path.startswith("/") for path in endpoint.paths)
    assert endpoint.limit_bytes or endpoint.body == "raw"
    if endpoint.message is not None:
        try:
            decode_query(endpoint.message, {"unheard_of": ["x"]})
        except InvalidParameterError as refused:
            assert "Missing value" in str(refused)  # noqa: PT017 - not all messages refuse


def test_names_are_unique():
    """Dispatch finds a handler by the name."""
    names = [endpoint.name for endpoint in ENDPOINTS]
    assert len(names) == len(set(names))


def test_no_path_answers_one_method_twice():
    """One request has one meaning."""
    asked = [
        (method, path)
        for endpoint in ENDPOINTS
        for path in endpoint.paths
        for method in endpoint.methods
    ]
    assert len(asked) == len(set(asked))


def test_what_changes_something_is_never_a_get():
    """A link or an image can then not change anything."""
    assert all("GET" not in endpoint.methods for endpoint in ENDPOINTS if endpoint.changes_state)
