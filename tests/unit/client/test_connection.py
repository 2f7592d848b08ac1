"""HTTP to a server that misbehaves in every way."""

from __future__ import annotations

import io
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from epochal.client.connection import Connections, error_of
from epochal.errors import (
    ConnectionLostError,
    InvalidParameterError,
    NotFoundError,
    PermissionDeniedError,
    UnauthenticatedError,
    UnavailableError,
)


class Unruly(BaseHTTPRequestHandler):
    """Answers by the list that its server keeps; an int is a status, a function does it all."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((self.command, self.path, dict(self.headers), body))
        plan = self.server.plan.pop(0) if self.server.plan else 200
        if callable(plan):
            plan(self)
            return
        status, content = plan if isinstance(plan, tuple) else (plan, b"{}")
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = answer  # noqa: N815 - the names that the library calls

    def log_message(self, *_):
        """Keep quiet."""


def hang_up(handler):
    handler.close_connection = True


def cut_short(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"x" * 10)
    handler.close_connection = True


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Unruly)
    server.plan, server.seen = [], []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def connections(server, monkeypatch):
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_TIMEOUT", "1")
    connections = Connections(f"http://127.0.0.1:{server.server_port}/prefix")
    yield connections
    connections.close()


def test_lines_are_kept(server, connections):
    """Requests follow each other on one connection, below the prefix of the address."""
    for _ in range(3):
        assert connections.request("GET", "/a").status == 200
    assert [path for _, path, _, _ in server.seen] == ["/prefix/a"] * 3
    assert len(connections._idle) == 1


@pytest.mark.parametrize("fault", [hang_up, 503, 502, 429])
def test_passing_faults_are_repeated(server, connections, fault):
    """A broken line or a busy server is tried again."""
    server.plan = [fault, fault]
    assert connections.request("POST", "/a", b"{}").status == 200
    assert len(server.seen) == 3


def test_what_must_not_be_repeated_is_not(server, connections):
    """A request that may have been acted on fails instead of being sent twice."""
    server.plan = [hang_up]
    with pytest.raises(ConnectionLostError, match="broke"):
        connections.request("POST", "/a", b"{}", is_repeatable=False)
    assert len(server.seen) == 1


def test_patience_ends(server, connections):
    """A server that stays busy is reported after the allowed retries."""
    server.plan = [503] * 10
    with pytest.raises(UnavailableError):
        connections.request("GET", "/a", retries=2)
    assert len(server.seen) == 3


def test_silence_is_a_lost_connection(server, connections):
    """A server that never answers costs the time limit and no more."""
    server.plan = [lambda _: time.sleep(1.5)]
    began = time.monotonic()
    with pytest.raises(ConnectionLostError, match="timed out"):
        connections.request("GET", "/a", retries=0)
    assert time.monotonic() - began < 1.4


def test_nobody_listens():
    """An address without a server says that it cannot be reached."""
    lost = Connections("http://127.0.0.1:9")
    with pytest.raises(ConnectionLostError, match=r"127\.0\.0\.1:9"):
        lost.request("GET", "/", retries=0)


def test_uploads_start_again(server, connections):
    """A file whose upload broke is sent again from where it stood."""
    for size in (100_000, 1_000_000):
        server.plan = [hang_up]
        content = io.BytesIO(b"skipped" + b"x" * size)
        content.seek(7)
        moved = []
        answer = connections.upload("/f", content, size, {}, on_progress=moved.append)
        assert answer.status == 200
        assert [len(body) for *_, body in server.seen[-2:]] == [size, size]
        assert sum(moved) == size


def test_files_that_shrink_are_named(server, connections):
    """A file that is cut while it is being sent is an error, and not a shorter artifact."""
    with pytest.raises(InvalidParameterError, match="shorter"):
        connections.upload("/f", io.BytesIO(b"x" * 10), 20, {})
    with pytest.raises(InvalidParameterError, match="shorter"):
        connections.upload("/f", io.BytesIO(b"x" * 10), 1_000_000, {})


def test_short_downloads_are_noticed(server, connections):
    """A file that ends too early is an error, never a shorter file."""
    server.plan = [cut_short]
    with connections.download("/f") as stream, pytest.raises(ConnectionLostError, match="broke"):
        list(iter(lambda: stream.read(64), b""))


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (404, b'{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "gone"}', NotFoundError),
        (
            400,
            b'{"error_code": "INVALID_PARAMETER_VALUE", "message": "no"}',
            InvalidParameterError,
        ),
        (401, b"You are not logged in", UnauthenticatedError),
        (403, b"<html>Forbidden</html>", PermissionDeniedError),
        (403, b"{}", PermissionDeniedError),
        (404, b"<Error><Code>NoSuchKey</Code></Error>", NotFoundError),
        (507, b"", UnavailableError),
    ],
)
def test_errors_are_told_apart(server, connections, status, body, error):
    """JSON errors keep their code; pages of proxies are told by their status."""
    server.plan = [(status, body)]
    found = error_of(connections.request("GET", "/a"))
    assert isinstance(found, error)
    server.plan = [(status, body)]
    with pytest.raises(error):
        connections.download("/f")


def test_credentials_go_along(server, monkeypatch):
    """From the environment, from the address, or as a token; never in messages."""
    port = server.server_port
    monkeypatch.setenv("MLFLOW_TRACKING_TOKEN", "secret")
    tokened = Connections(f"http://127.0.0.1:{port}")
    monkeypatch.setenv("MLFLOW_TRACKING_USERNAME", "ada")
    monkeypatch.setenv("MLFLOW_TRACKING_PASSWORD", "pass")
    basic = Connections(f"http://127.0.0.1:{port}")
    named = Connections(f"http://bob:p%40ss@127.0.0.1:{port}")
    for connections in (tokened, basic, named):
        connections.request("GET", "/")
        connections.close()
    sent = [headers["Authorization"] for _, _, headers, _ in server.seen]
    assert sent == ["Bearer secret", "Basic YWRhOnBhc3M=", "Basic Ym9iOnBAc3M="]
    assert "bob" not in named.address


@pytest.mark.parametrize("uri", ["ftp://host", "http://", "host:5000"])
def test_addresses_that_are_none(uri):
    """A URI that names no server is refused before anything is sent."""
    with pytest.raises(InvalidParameterError, match="names no server"):
        Connections(uri)
