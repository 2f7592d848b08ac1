"""What an object store may do wrong, and what a client hears of it."""

import http.server
import threading
import time

import pytest

from epochal.blobs import bucket as module
from epochal.blobs.bucket import Bucket
from epochal.blobs.credentials import S3Login, parse_address
from epochal.blobs.plain import PlainBlobs
from epochal.errors import NotFoundError, PermissionDeniedError, UnavailableError
from epochal.rules.paths import ArtifactPath
from epochal.testing.blobs import put, read


class Faulty(http.server.BaseHTTPRequestHandler):
    """A line to the real store that answers as it is told instead."""

    protocol_version = "HTTP/1.1"
    fault = ""
    target = 0

    def log_message(self, *_):
        pass

    def _answer(self):
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size)
        if self.fault.isdigit():
            self._send(int(self.fault), b"<Error><Code>Fault</Code></Error>")
        elif self.fault == "slow":
            time.sleep(8)
            self.close_connection = True
        elif self.fault == "broken":
            self.close_connection = True
        else:
            self._pass_on(body)

    def _pass_on(self, body):
        line = http.client.HTTPConnection("127.0.0.1", self.target, timeout=30)
        line.request(self.command, self.path, body, dict(self.headers))
        answer = line.getresponse()
        told = answer.read()
        kept = {"etag", "last-modified", "content-type", "content-range"}
        headers = {k: v for k, v in answer.getheaders() if k.lower() in kept}
        length = answer.headers.get("Content-Length", len(told))
        line.close()
        if self.fault == "short" and self.command == "GET" and "list-type" not in self.path:
            self._send(answer.status, told[: len(told) // 2], headers, length)
            self.close_connection = True
        else:
            self._send(answer.status, told, headers, length)

    def _send(self, status, body, headers=None, length=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = _answer  # noqa: N815 - names of the library


@pytest.fixture
def faulty(moto):
    """A handler class in front of moto, its server running, and the store behind it."""
    handler = type("Handler", (Faulty,), {"target": moto.port})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_: None
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    handler.login = S3Login(
        "us-east-1",
        f"http://127.0.0.1:{server.server_port}",
        moto.login.access_key,
        moto.login.secret_key,
    )
    yield handler
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch):
    from datetime import timedelta

    patience = {**module._PATIENCE, "max_retries": 1, "retry_timeout": timedelta(seconds=5)}
    monkeypatch.setattr(module, "_PATIENCE", patience)
    client = module._client

    def hurried(**options):
        return {**client(**options), "read_timeout": timedelta(seconds=4)}

    monkeypatch.setattr(module, "_client", hurried)


@pytest.fixture
def store(faulty, moto):
    return PlainBlobs(Bucket(parse_address(moto.new_uri()), faulty.login))


def finish(writer):
    try:
        writer.write(b"x")
        writer.commit()
    finally:
        writer.abort()


FAULTS = [
    ("403", PermissionDeniedError),
    ("500", UnavailableError),
    ("503", UnavailableError),
    ("slow", UnavailableError),
    ("broken", UnavailableError),
]


@pytest.mark.parametrize(("fault", "error"), FAULTS)
def test_each_fault_is_the_right_error_and_leaves_nothing(store, faulty, fault, error):
    """Reading, listing, and writing before the first byte or in the middle of a file."""
    put(store, "old", b"old")
    half = store.open_write(ArtifactPath.parse("half"))
    half.write(b"x" * (9 << 20))
    faulty.fault = fault
    with pytest.raises(error) as caught:
        read(store, "old")
    assert "127.0.0.1" not in str(caught.value)
    with pytest.raises(error):
        store.list_folder(ArtifactPath())
    with pytest.raises(error):
        put(store, "new", b"new")
    with pytest.raises(error):
        finish(half)
    faulty.fault = ""
    assert [info.path for info in store.list_folder(ArtifactPath())] == ["old"]
    assert read(store, "old") == b"old"


def test_a_body_that_ends_early_is_never_passed_off_as_whole(store, faulty):
    """Half a file is an error, not a file."""
    put(store, "x", b"0123456789" * 1000)
    faulty.fault = "short"
    with pytest.raises(UnavailableError):
        read(store, "x")


def test_a_bucket_that_is_not_there_is_said(moto):
    """On writing; there is nothing to read in it."""
    store = PlainBlobs(Bucket(parse_address("s3://no-such-bucket/x"), moto.login))
    with pytest.raises((UnavailableError, NotFoundError), match="bucket"):
        put(store, "x", b"x")


def test_a_store_without_ranges_is_read_from_the_start(rclone):
    """It answers with the whole file; what was not asked for is dropped."""
    bucket = rclone.bucket()
    bucket.put("x", bytes(range(256)) * 10_000)
    _, stream = bucket.open("x")
    stream.seek(2_000_000)
    assert stream.read() == (bytes(range(256)) * 10_000)[2_000_000:]
