"""Listening at an address, from the first request to the last."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import socket
import sys
import threading
from typing import TYPE_CHECKING

from uvicorn.config import Config
from uvicorn.server import Server

from epochal.errors import InvalidParameterError
from epochal.server.connection import Connection

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from epochal.server.app import App

GRACE_S = 10  # how long requests in flight may take once the server is told to stop
SEARCH_GRACE_S = 1
KEEP_ALIVE_S = 75  # longer than clients keep idle lines, so that theirs is the first move
BACKLOG = 1024


class AddressError(InvalidParameterError):
    """The server cannot listen where it was told to."""


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to an address, not yet listening. Raises AddressError.

    It is bound before the store is opened, so that a second server on one port touches nothing.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError, OverflowError) as fault:
        raise AddressError(f"Cannot listen on {host}:{port}: {_reason(fault)}") from None
    try:
        if sys.platform != "win32":  # there it would let two servers share one port
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError as fault:
        bound.close()
        raise AddressError(
            f"Cannot listen on {host}:{port}: {_reason(fault)}; choose another with "
            "--host and --port"
        ) from None
    return bound


def _reason(fault: Exception) -> str:
    return (isinstance(fault, OSError) and fault.strerror) or str(fault)


class Listener(Server):
    """A uvicorn server that says when it is ready and ends quietly when told to stop."""

    def __init__(self, app: App, when_ready: Callable[[], None]) -> None:
        config = Config(
            app,
            loop="uvloop" if sys.platform != "win32" else "asyncio",
            http=Connection,
            ws="none",
            lifespan="on",
            interface="asgi3",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            backlog=BACKLOG,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=GRACE_S,
        )
        super().__init__(config)
        self._app = app
        self._when_ready = when_ready

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Finish the requests in flight; searches get a moment, so that nobody waits for them."""
        asyncio.get_running_loop().call_later(SEARCH_GRACE_S, self._app.stop_searches)
        await super().shutdown(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets)
        if self.started:
            self._when_ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Stop on SIGINT and SIGTERM, and leave it at that.

        uvicorn raises the signal again afterwards, which ends the process with a traceback
        or a signal's status although everything was finished in order.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {
            number: signal.signal(number, self.handle_exit)
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def listen(app: App, bound: socket.socket, when_ready: Callable[[], None]) -> None:
    """Serve until a signal says stop; requests in flight are finished first."""
    _collect_seldom()
    Listener(app, when_ready).run(sockets=[bound])


def _collect_seldom() -> None:
    """Keep the garbage collector from holding requests up.

    By its defaults it looked at all that the program had loaded four times a second, 10 ms
    each. What is loaded by now stays for good; a request leaves hardly any cycles behind.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)  # more than the rows of a page of 1,000 runs
