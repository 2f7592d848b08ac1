"""From an endpoint of the table to the services behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from epochal.entities.user import Permission
from epochal.server import (
    archives,
    artifacts,
    bundles,
    datasets,
    experiments,
    health,
    logged_models,
    metrics,
    registry,
    runs,
    search,
    tables,
    transfers,
    writers,
)
from epochal.server import logging as log_requests
from epochal.server.bodies import read_body
from epochal.server.searches import ENDPOINTS as SEARCHES
from epochal.server.searches import Searches
from epochal.wire.decoding import Message, decode_body, decode_query
from epochal.wire.encoding import EMPTY
from epochal.wire.endpoints import JSON_LIMIT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from epochal.server.artifacts import Stream
    from epochal.server.blocking import Threads
    from epochal.server.exchange import Exchange
    from epochal.server.logging import Accept
    from epochal.services import Services
    from epochal.wire.endpoints import Endpoint

    Handler = Callable[[Endpoint, Exchange], Awaitable[None]]

_ANSWERS = {
    **metrics.ANSWERS,
    **experiments.ANSWERS,
    **runs.ANSWERS,
    **artifacts.ANSWERS,
    **transfers.ANSWERS,
    **datasets.ANSWERS,
    **logged_models.ANSWERS,
    **registry.ANSWERS,
    **writers.ANSWERS,
    **tables.ANSWERS,
    **search.ANSWERS,
}
_EXACT_ANSWERS = {**runs.EXACT_ANSWERS, **metrics.EXACT_ANSWERS}
_PACKED_ANSWERS = {**metrics.PACKED_ANSWERS, **tables.PACKED_ANSWERS}
_STREAMS = {
    **artifacts.STREAMS,
    **archives.STREAMS,
    **bundles.STREAMS,
    **datasets.STREAMS,
    **transfers.STREAMS,
    **health.STREAMS,
}


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Calls the services for an endpoint: hot ones on the loop, the others on threads."""

    services: Services
    threads: Threads
    handlers: dict[str, Handler]
    searches: Searches

    @classmethod
    def over(cls, endpoints: Iterable[Endpoint], services: Services, threads: Threads) -> Dispatch:
        """Find a handler for every endpoint.

        Raises:
            LookupError: an endpoint has no handler, no permission or no message to decode.

        """
        dispatch = cls(services, threads, {}, Searches(threads))
        for endpoint in endpoints:
            if endpoint.permission not in get_args(Permission):
                raise LookupError(f"The endpoint {endpoint.name!r} names no permission")
            dispatch.handlers[endpoint.name] = dispatch.handler_for(endpoint)
        return dispatch

    def handler_for(self, endpoint: Endpoint) -> Handler:
        """What answers an endpoint. Raises LookupError when nothing does."""
        name = endpoint.name
        if name in log_requests.ACCEPTS:
            return self._logging(log_requests.ACCEPTS[name])
        if name in _STREAMS:
            return self._streaming(_STREAMS[name])
        if endpoint.message is None or name not in _ANSWERS | _EXACT_ANSWERS | _PACKED_ANSWERS:
            raise LookupError(f"The endpoint {name!r} has no handler or no message")
        if name in _PACKED_ANSWERS:
            return self._packing(endpoint.message, _PACKED_ANSWERS[name])
        if name in _EXACT_ANSWERS:
            return self._answering(endpoint.message, _EXACT_ANSWERS[name], takes_exact=True)
        return self._answering(endpoint.message, _ANSWERS[name], takes_exact=False)

    def _logging(self, accept: Accept) -> Handler:
        async def handle(endpoint: Endpoint, exchange: Exchange) -> None:
            body = await read_body(exchange, endpoint.limit_bytes or JSON_LIMIT)
            await log_requests.log(accept, self.services, self.threads, body, exchange)
            await exchange.answer_json(EMPTY)

        return handle

    def _streaming(self, stream: Stream) -> Handler:
        async def handle(_: Endpoint, exchange: Exchange) -> None:
            await stream(self.services, self.threads, exchange)

        return handle

    def _answering(
        self, message: type[Message], answer: Callable[..., bytes], *, takes_exact: bool
    ) -> Handler:
        def work(body: bytes, exchange: Exchange) -> bytes:
            options: dict[str, Any] = {"exact": exchange.is_ours} if takes_exact else {}
            return answer(self.services, _decode(message, body, exchange), **options)

        async def handle(endpoint: Endpoint, exchange: Exchange) -> None:
            body = await read_body(exchange, endpoint.limit_bytes or JSON_LIMIT)
            await exchange.answer_json(await self._run(endpoint, work, body, exchange))

        return handle

    async def _run(
        self,
        endpoint: Endpoint,
        work: Callable[[bytes, Exchange], bytes],
        body: bytes,
        exchange: Exchange,
    ) -> bytes:
        run = self.searches.run if endpoint.name in SEARCHES else self.threads.run
        return await run(work, body, exchange)

    def _packing(self, message: type[Message], answer: Callable[..., bytes]) -> Handler:
        def work(body: bytes, exchange: Exchange) -> bytes:
            asked = _decode(message, body, exchange)
            return answer(self.services, asked, packed=exchange.wants_packed)

        async def handle(endpoint: Endpoint, exchange: Exchange) -> None:
            body = await read_body(exchange, endpoint.limit_bytes or JSON_LIMIT)
            answered = await self._run(endpoint, work, body, exchange)
            if exchange.wants_packed:
                await exchange.answer_packed(answered)
            else:
                await exchange.answer_json(answered)

        return handle


def _decode(message: type[Message], body: bytes, exchange: Exchange) -> Message:
    if exchange.method == "GET" and (exchange.scope["query_string"] or not body):
        return decode_query(message, exchange.query())
    return decode_body(message, body)
