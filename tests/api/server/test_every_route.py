"""What holds for every route of the table."""

import http.client

import pytest

from epochal.wire.endpoints import ENDPOINTS
from fixtures.api import JSON

ROUTES = [
    pytest.param(endpoint, path, method, id=f"{method} {path}")
    for endpoint in ENDPOINTS
    for path in endpoint.paths
    for method in endpoint.methods
]
POSTS = [
    pytest.param(endpoint, path, id=path)
    for endpoint in ENDPOINTS
    for path in endpoint.paths
    if endpoint.body in {"json", "packed"} and endpoint.message is not None
]
CHANGES = [
    pytest.param(endpoint, path, id=f"{endpoint.methods[0]} {path}")
    for endpoint in ENDPOINTS
    for path in endpoint.paths
    if endpoint.changes_state
]


def concrete(path):
    return path.replace("{path}", "some/file")


def ask(api, endpoint, path, method=None, body=b"{}", **headers):
    method = method or endpoint.methods[-1]  # the one with a body
    kind = JSON if endpoint.body in {"json", "packed"} else {}
    return api.ask(method, concrete(path), body, {**kind, **headers})


@pytest.mark.parametrize(("endpoint", "path", "method"), ROUTES)
def test_an_empty_request_is_answered_or_refused(api, endpoint, path, method):
    """Never with a 5xx but for what is not offered; errors are JSON; headers are set."""
    answer = ask(api, endpoint, path, method, b"{}" if method == "POST" else None)
    if answer.status != 200:
        assert answer.error[0] in {400, 404, 501}
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert answer.headers["vary"] == "Origin"
    assert answer.headers["x-request-id"]


@pytest.mark.parametrize(("endpoint", "path", "method"), ROUTES)
def test_a_foreign_host_is_refused(api, endpoint, path, method):
    """A name that an attacker's DNS points here is not ours."""
    if endpoint.name == "health":
        return
    answer = ask(api, endpoint, path, method, None, Host="evil.example")
    assert answer.error == (403, "PERMISSION_DENIED")


@pytest.mark.parametrize(("endpoint", "path"), CHANGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_foreign_page_changes_nothing(api, endpoint, path, headers):
    """Whatever it sends."""
    answer = ask(api, endpoint, path, endpoint.methods[0], **headers)
    assert answer.error == (403, "PERMISSION_DENIED")


@pytest.mark.parametrize(("endpoint", "path"), POSTS)
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "json"])
def test_a_wrong_content_type_is_refused(api, endpoint, path, kind):
    """These are the types that a foreign page's form can send."""
    answer = ask(api, endpoint, path, **{"Content-Type": kind})
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
    assert "Content-Type" in answer.message


@pytest.mark.parametrize(("endpoint", "path"), POSTS)
@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"\xff", b'{"a":' * 50_000, b"[" * 100_000, b'{"run_id": [[[[]]]]}']
)
def test_a_malformed_body_is_refused(api, endpoint, path, body):
    """With a 400 that says why."""
    answer = ask(api, endpoint, path, body=body)
    if body.startswith(b'{"run_id"') and answer.status == 200:
        return  # a message without that field ignores it
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")


@pytest.mark.parametrize(("endpoint", "path"), POSTS)
def test_a_body_that_says_it_is_too_large_is_refused(server, endpoint, path):
    """Before it is sent."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    line.putrequest(endpoint.methods[-1], concrete(path))
    line.putheader("Content-Type", "application/json")
    line.putheader("Content-Length", str(endpoint.limit_bytes + 1))
    line.endheaders()
    response = line.getresponse()
    assert response.status == 413
    line.close()


@pytest.mark.parametrize(("endpoint", "path", "method"), ROUTES)
def test_other_methods_are_not_allowed(api, endpoint, path, method):
    """405 with the methods that are."""
    answer = api.ask("PROPFIND", concrete(path))
    assert answer.error == (405, "ENDPOINT_NOT_FOUND")
    assert method in answer.headers["allow"]


@pytest.mark.parametrize(
    "path",
    ["/api/2.0/mlflow/none", "/api", "/nowhere", "/api/2.0/mlflow/runs/get/", "//", "/a%20b"],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_unknown_paths_are_json_too(api, path, method):
    """404 with MLflow's code."""
    assert api.ask(method, path).error == (404, "ENDPOINT_NOT_FOUND")
