"""Sources on the web."""

import http.server
import threading

import pytest

import epochal
from epochal.data.http_dataset_source import HTTPDatasetSource
from epochal.errors import UnavailableError


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        found = self.path.startswith("/x")
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(b"a,b\n1,2\n" if found else b"")

    def log_message(self, *_):
        pass


@pytest.fixture
def address():
    server = http.server.HTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_it_is_fetched_into_a_folder(address, tmp_path):
    """Under the name that the address ends with."""
    assert epochal.__version__  # the SDK tells datasets how files are fetched
    path = HTTPDatasetSource(f"{address}/x%20y.csv?raw=1").load(str(tmp_path))
    assert path == str(tmp_path / "x y.csv")
    assert (tmp_path / "x y.csv").read_text() == "a,b\n1,2\n"


def test_an_address_that_does_not_answer_is_named(address):
    """The error says which, and why."""
    with pytest.raises(UnavailableError, match="404"):
        HTTPDatasetSource(f"{address}/gone.csv").load()
