"""The ASGI application: every request passes security, then auth, then reaches a service."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from epochal.auth.permissions import authorize
from epochal.entities.user import LOCAL_USER
from epochal.errors import (
    BodyTooLargeError,
    EndpointNotFoundError,
    EpochalError,
    NotSupportedError,
)
from epochal.server.blocking import Threads
from epochal.server.bodies import BodyTooSlowError, drain
from epochal.server.dispatch import Dispatch
from epochal.server.exchange import EVERY_ANSWER, ClientGoneError, Exchange
from epochal.server.failures import answer_failure, last_resort
from epochal.server.pages import Pages
from epochal.server.routes import Routes
from epochal.server.security import Gate, check_content_type
from epochal.wire.endpoints import ENDPOINTS, PROXY, Endpoint

if TYPE_CHECKING:
    from epochal.server.exchange import Receive, Scope, Send
    from epochal.services import Services

_PROBES = frozenset({"health"})  # asked by machines that know an address and no name


@dataclass(frozen=True, slots=True)
class Options:
    """What an administrator chooses when starting a server."""

    gate: Gate
    static_prefix: str = ""
    serve_artifacts: bool = True


class App:
    """Answers HTTP. One instance belongs to one event loop; its end closes the services."""

    def __init__(self, services: Services, options: Options) -> None:
        self._services = services
        self._options = options
        self._threads = Threads()
        self._dispatch = Dispatch.over(ENDPOINTS, services, self._threads)
        self._routes = Routes(ENDPOINTS, options.static_prefix)
        self._pages = Pages(options.static_prefix)
        self._marks = itertools.count(1)
        self._start = secrets.token_hex(6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live through one life of the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            request_id = f"{self._start}-{next(self._marks):x}"
            await self._answer(Exchange(scope, receive, send, request_id))
        else:  # a WebSocket: nothing here speaks it
            await send({"type": "websocket.close", "code": 1000})

    def stop_searches(self) -> None:
        """Call off the searches that still run. To be called from the event loop."""
        self._dispatch.searches.stop()

    async def _answer(self, exchange: Exchange) -> None:
        try:
            await self._handle(exchange)
        except ClientGoneError:
            return
        except EpochalError as error:
            await _refuse(error, exchange)
        except Exception as fault:  # noqa: BLE001 - the last resort: the client gets JSON
            await _refuse(last_resort(fault, exchange), exchange)

    async def _handle(self, exchange: Exchange) -> None:
        scope, gate = exchange.scope, self._options.gate
        path: str = scope["path"]
        exchange.extra = gate.check_origin(exchange)
        if scope["method"] == "OPTIONS":
            gate.check_host(exchange)
            await self._preflight(exchange, path)
            return
        found = self._routes.find(path, scope.get("raw_path") or b"", exchange.method)
        if found is None:
            gate.check_host(exchange)
            await self._show_page(exchange, path)
            return
        endpoint, exchange.tail = found
        if endpoint.name not in _PROBES:
            gate.check_host(exchange)
        self._admit(endpoint, exchange)
        await self._dispatch.handlers[endpoint.name](endpoint, exchange)

    def _admit(self, endpoint: Endpoint, exchange: Exchange) -> None:
        """Raise unless this caller may ask this, from where the request comes."""
        authorize(LOCAL_USER, endpoint.permission)
        if endpoint.changes_state:
            self._options.gate.check_change(exchange)
        if exchange.method != "GET":
            check_content_type(exchange, endpoint.body)
        if endpoint.prefixes is PROXY and not self._options.serve_artifacts:
            raise NotSupportedError(
                "This server does not serve artifacts (it was started with "
                "--no-serve-artifacts); read and write them where they lie"
            )

    async def _show_page(self, exchange: Exchange, path: str) -> None:
        if exchange.method != "GET":
            raise EndpointNotFoundError(path)
        await self._pages.answer(exchange, path)

    async def _preflight(self, exchange: Exchange, path: str) -> None:
        """Tell a listed foreign page what it may ask; others get no leave, so ask nothing."""
        methods = ", ".join([*self._routes.methods(path), "OPTIONS"]).encode()
        headers = ((b"allow", methods), *EVERY_ANSWER)
        if exchange.extra:
            asked = exchange.headers.get(b"access-control-request-headers", b"content-type")
            headers = (
                *headers,
                (b"access-control-allow-methods", methods),
                (b"access-control-allow-headers", asked),
                (b"access-control-max-age", b"600"),
            )
        await exchange.begin(204, headers)
        await exchange.send_piece(b"", is_last=True)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Wait for the end; then finish what was accepted before the store is closed."""
        while True:
            event = await receive()
            if event["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            else:
                # Not on a thread of the pool: closing ends what keeps these busy.
                await asyncio.to_thread(self._services.close)
                self._threads.close()
                await send({"type": "lifespan.shutdown.complete"})
                return


async def _refuse(error: EpochalError, exchange: Exchange) -> None:
    if exchange.is_answering:  # too late for another status; a broken line is honest
        raise ConnectionAbortedError(error.message)
    if isinstance(error, BodyTooLargeError | BodyTooSlowError):
        exchange.extra += ((b"connection", b"close"),)
        exchange.after_answer = drain
    await answer_failure(error, exchange)
