"""What the application does with what it cannot answer."""

import asyncio

from epochal.server.app import App, Options
from epochal.server.security import build_gate
from fixtures.exchanges import Line


class Broken:
    """Services that fail in a way that nobody foresaw."""

    def __getattr__(self, name) -> None:
        raise ZeroDivisionError(f"secret {name}")


def app():
    return App(Broken(), Options(build_gate("127.0.0.1")))


def ask(path, line, **scope):
    headers = [(b"host", b"localhost")]
    asked = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode()}
    asked |= {"query_string": b"experiment_id=0", "headers": headers, **scope}
    asyncio.run(app()(asked, line.receive, line.send))
    return line


def test_an_unforeseen_failure_is_json_without_its_cause(caplog):
    """The log has the cause."""
    line = ask("/api/2.0/mlflow/experiments/get", Line())
    assert line.status == 500
    assert b"INTERNAL_ERROR" in line.body
    assert b"secret" not in line.body
    assert "ZeroDivisionError" in caplog.text


def test_a_client_that_hangs_up_gets_no_answer(caplog):
    """And is no failure."""
    assert ask("/api/2.0/mlflow/experiments/get", Line(gone=True)).heard == []
    assert not caplog.text


def test_web_sockets_are_closed():
    """Nothing here speaks them."""
    line = Line()
    asyncio.run(app()({"type": "websocket"}, line.receive, line.send))
    assert line.heard == [{"type": "websocket.close", "code": 1000}]
