"""Which names and pages a server answers to."""

import http.client

import pytest

ASKED = {"experiment_ids": []}


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:1", "127.0.0.1:9999", "[::1]:80", "LOCALHOST", "localhost."]
)
def test_loopback_names_are_ours_at_any_port(api, host):
    """A tunnel changes the port."""
    assert api.ask("GET", "/version", headers={"Host": host}).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "localhost:99999",
        "localhost:x",
        "localhost@evil.example",
        "127.0.0.2",
        "*",
        "local host",
    ],
)
def test_other_names_are_not(api, host):
    """Names are compared whole, never by pattern."""
    answer = api.ask("GET", "/version", headers={"Host": host})
    assert answer.status in {400, 403}


def test_two_host_headers_are_refused(server):
    """A proxy in front may have looked at the other one."""
    line = http.client.HTTPConnection("127.0.0.1", server.port)
    line.putrequest("GET", "/version", skip_host=True)
    line.putheader("Host", "evil.example")
    line.putheader("Host", "localhost")
    line.endheaders()
    assert line.getresponse().status == 403
    line.close()


def test_our_own_page_may_change_things(api):
    """Its origin is the name that it asked by."""
    for host in (f"127.0.0.1:{api.port}", "localhost:8080"):
        headers = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
        assert api.post("runs/create", {"experiment_id": "0"}, **headers).status == 200


def test_further_names_can_be_allowed(start_server):
    """With their port, if one is named."""
    api = start_server(hosts=["tracker.example", "other.example:8080"])
    for host, status in (
        ("tracker.example", 200),
        ("tracker.example:443", 200),
        ("other.example:8080", 200),
        ("other.example", 403),
        ("sub.tracker.example", 403),
    ):
        assert api.ask("GET", "/version", headers={"Host": host}).status == status


def test_any_name_can_be_allowed(start_server):
    """By whoever protects the server otherwise."""
    api = start_server(hosts=["*"])
    assert api.ask("GET", "/version", headers={"Host": "anything.example"}).status == 200


def test_listed_pages_may_use_the_server(start_server):
    """They are asked about first by the browser, and may read what they get."""
    page = "http://localhost:3000"
    api = start_server(origins=[page])
    path = "/api/2.0/mlflow/runs/create"
    preflight = {"Origin": page, "Access-Control-Request-Method": "POST"}
    asked = api.ask("OPTIONS", path, headers=preflight)
    assert asked.status == 204
    assert asked.headers["access-control-allow-origin"] == page
    assert "POST" in asked.headers["access-control-allow-methods"]
    answer = api.post("runs/create", {"experiment_id": "0"}, Origin=page)
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == page


def test_other_pages_get_no_leave(api):
    """The preflight says nothing that a browser could take for a yes."""
    asked = api.ask(
        "OPTIONS", "/api/2.0/mlflow/runs/create", headers={"Origin": "https://evil.example"}
    )
    assert "access-control-allow-origin" not in asked.headers
    read = api.post("runs/search", ASKED, Origin="https://evil.example")
    assert "access-control-allow-origin" not in read.headers
