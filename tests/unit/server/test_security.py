"""Which requests may be looked at."""

import pytest

from epochal.errors import InvalidParameterError, PermissionDeniedError
from epochal.server.security import WILDCARDS, Authority, build_gate, check_content_type, is_packed
from fixtures.exchanges import exchange


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("localhost", Authority("localhost")),
        ("LocalHost:80", Authority("localhost", 80)),
        ("tracker.example.:443", Authority("tracker.example", 443)),
        ("[::1]:5000", Authority("[::1]", 5000)),
        ("", None),
        ("a b", None),
        ("a:b", None),
        ("a:70000", None),
        ("a/b", None),
        ("user@host", None),
        ("::1", None),
        ("*.example", None),
        ("-a", None),
    ],
)
def test_authorities_are_parsed_whole(text, parsed):
    """What is no host, or host and port, is nothing."""
    assert Authority.parse(text) == parsed


@pytest.mark.parametrize("bound", ["127.0.0.1", *WILDCARDS, "tracker.example", "fe80::1"])
def test_loopback_names_are_always_known(bound):
    """And the bound name, unless it stands for all."""
    gate = build_gate(bound)
    for name in ("localhost", "127.0.0.1", "[::1]"):
        gate.check_host(exchange(headers={"Host": name}))
    shown = f"[{bound}]" if ":" in bound else bound
    if bound in WILDCARDS:
        with pytest.raises(PermissionDeniedError):
            gate.check_host(exchange(headers={"Host": shown}))
    else:
        gate.check_host(exchange(headers={"Host": shown}))


@pytest.mark.parametrize("name", ["*.example", "http://a", "a/b", "a b", "a:port"])
def test_patterns_and_addresses_are_no_hosts(name):
    """They are refused at the start, with what would be right."""
    with pytest.raises(InvalidParameterError, match="without patterns"):
        build_gate("127.0.0.1", [name])


@pytest.mark.parametrize(
    "origin", ["*", "tracker.example", "https://a/", "https://*.a", "ftp://a"]
)
def test_origins_are_given_as_browsers_do(origin):
    """Anything else is refused at the start."""
    with pytest.raises(InvalidParameterError, match="origin"):
        build_gate("127.0.0.1", [], [origin])


@pytest.mark.parametrize(
    ("host", "origin", "passes"),
    [
        ("localhost:5000", "http://localhost:5000", True),
        ("tracker.example", "https://tracker.example", True),
        ("tracker.example:443", "https://tracker.example", True),
        ("localhost:5000", "http://localhost:3000", False),
        ("localhost:5000", "http://127.0.0.1:5000", False),
        ("localhost:5000", "null", False),
        ("localhost:5000", "file://", False),
        ("localhost:5000", "http://localhost:x", False),
    ],
)
def test_a_page_is_ours_if_it_came_from_here(host, origin, passes):
    """The origin names the same host and port as the request."""
    gate = build_gate("127.0.0.1")
    asked = exchange(headers={"Host": host, "Origin": origin})
    if passes:
        gate.check_change(asked)
    else:
        with pytest.raises(PermissionDeniedError):
            gate.check_change(asked)


@pytest.mark.parametrize(
    ("kind", "given", "passes"),
    [
        ("json", "application/json", True),
        ("json", "Application/JSON; charset=utf-8", True),
        ("json", "text/plain", False),
        ("json", "application/x-msgpack", False),
        ("packed", "application/x-msgpack", True),
        ("packed", "application/json", True),
        ("packed", "text/plain", False),
        ("raw", "text/plain", True),
        ("none", "", True),
    ],
)
def test_content_types_are_what_the_endpoint_takes(kind, given, passes):
    """Parameters such as the charset are tolerated."""
    asked = exchange(headers={"Content-Type": given})
    if passes:
        check_content_type(asked, kind)
    else:
        with pytest.raises(InvalidParameterError, match="Content-Type"):
            check_content_type(asked, kind)


def test_message_pack_is_told_by_its_type():
    """Everything else is read as JSON."""
    assert is_packed(exchange(headers={"Content-Type": "application/x-msgpack"}))
    assert not is_packed(exchange(headers={"Content-Type": "application/json"}))
