"""The hot path: what logs into runs is accepted on the event loop, without a thread between.

The store's writer completes a future once the points are durable; until then the request
waits, and the loop serves others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.ports.tracking import Delivery, RunLog
from epochal.rules.values import check_batch
from epochal.server.security import is_packed
from epochal.wire import logging as wire
from epochal.wire.decoding import decode_body

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from epochal.server.blocking import Threads
    from epochal.server.exchange import Exchange
    from epochal.services import Services

    Accept = Callable[[Services, bytes, Exchange], Future[None]]

LARGE_BYTES = 128 * 1024  # decoding more than this would hold up the loop for milliseconds


async def log(
    accept: Accept, services: Services, threads: Threads, body: bytes, exchange: Exchange
) -> None:
    """Accept what a body logs and wait until it is durable."""
    if len(body) > LARGE_BYTES:
        accepted = await threads.run(accept, services, body, exchange)
    else:
        accepted = accept(services, body, exchange)
    await threads.result_of(accepted)


def _log_metric(services: Services, body: bytes, _: Exchange) -> Future[None]:
    asked = decode_body(wire.LogMetric, body)
    return services.runs.log(RunLog(asked.run_id, asked.points()))


def _log_param(services: Services, body: bytes, _: Exchange) -> Future[None]:
    asked = decode_body(wire.LogParam, body)
    return services.runs.log(RunLog(asked.run_id, params={asked.key: asked.value}))


def _set_tag(services: Services, body: bytes, _: Exchange) -> Future[None]:
    asked = decode_body(wire.SetTag, body)
    return services.runs.log(RunLog(asked.run_id, tags={asked.key: asked.value}))


def _log_batch(services: Services, body: bytes, _: Exchange) -> Future[None]:
    asked = decode_body(wire.LogBatch, body)
    check_batch(len(asked.metrics), [param.key for param in asked.params], len(asked.tags))
    entry = RunLog(
        asked.run_id,
        asked.points(),
        params={param.key: param.value for param in asked.params},
        tags={tag.key: tag.value for tag in asked.tags},
    )
    return services.runs.log(entry)


def _log_delivery(services: Services, body: bytes, exchange: Exchange) -> Future[None]:
    given = wire.decode_batch(body, packed=is_packed(exchange))
    entry = RunLog(given.run_id, given.points, params=given.params, tags=given.tags)
    return services.runs.log(entry, Delivery(given.writer, given.sequence))


ACCEPTS: dict[str, Accept] = {
    "runs/log-metric": _log_metric,
    "runs/log-parameter": _log_param,
    "runs/set-tag": _set_tag,
    "runs/log-batch": _log_batch,
    "log": _log_delivery,
}
