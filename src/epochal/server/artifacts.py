"""Listings and files of runs and of the proxy. Files pass through in pieces."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from epochal.errors import InvalidParameterError
from epochal.server.downloads import page_headers, send_file
from epochal.server.exchange import EVERY_ANSWER
from epochal.server.uploads import receive_file
from epochal.wire import artifacts as wire
from epochal.wire.decoding import decode_query
from epochal.wire.encoding import EMPTY
from epochal.wire.endpoints import UPLOAD_LIMIT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from epochal.server.blocking import Threads
    from epochal.server.exchange import Exchange
    from epochal.services import Services

    Stream = Callable[[Services, Threads, Exchange], Awaitable[None]]


def _list_run(services: Services, asked: wire.ListArtifacts) -> bytes:
    return wire.encode_run_listing(*services.artifacts.list_run(asked.run_id, asked.path))


def _list_root(services: Services, asked: wire.ListRoot) -> bytes:
    return wire.encode_root_listing(services.artifacts.list_root(asked.path))


async def _download_run(services: Services, threads: Threads, exchange: Exchange) -> None:
    asked = _asked_file(exchange)
    opening = partial(services.artifacts.open_run, asked.run_id, asked.path)
    await send_file(opening, threads, exchange)


async def _download_root(services: Services, threads: Threads, exchange: Exchange) -> None:
    await send_file(partial(services.artifacts.open_root, exchange.tail), threads, exchange)


async def _upload_run(services: Services, threads: Threads, exchange: Exchange) -> None:
    asked = _asked_file(exchange)
    begin = partial(services.artifacts.write_run, asked.run_id, asked.path)
    await receive_file(begin, threads, exchange, UPLOAD_LIMIT)
    await exchange.answer_json(b"")


async def _upload_file(services: Services, threads: Threads, exchange: Exchange) -> None:
    """What MLflow's `upload-artifact` does, for files of any size."""
    asked = _asked_file(exchange)
    begin = partial(services.artifacts.write_run, asked.run_id, asked.path)
    await receive_file(begin, threads, exchange, None)
    await exchange.answer_json(EMPTY)


def _delete_file(services: Services, asked: wire.DeleteFile) -> bytes:
    services.artifacts.delete_run(asked.run_id, asked.path)
    return EMPTY


async def _show_page(services: Services, threads: Threads, exchange: Exchange) -> None:
    """A logged page or document for a frame: its scripts run, and reach nothing."""
    asked = _asked_file(exchange)
    page_headers(asked.path)  # before the file is opened
    opening = partial(services.artifacts.open_run, asked.run_id, asked.path)
    await send_file(opening, threads, exchange, page_headers)


async def _upload_root(services: Services, threads: Threads, exchange: Exchange) -> None:
    begin = partial(services.artifacts.write_root, exchange.tail)
    await receive_file(begin, threads, exchange, None)
    await exchange.answer(b"", EVERY_ANSWER)


async def _delete_root(services: Services, threads: Threads, exchange: Exchange) -> None:
    await threads.run(services.artifacts.delete_root, exchange.tail)
    await exchange.answer_json(EMPTY)


def _asked_file(exchange: Exchange) -> wire.RunFile:
    asked = decode_query(wire.RunFile, exchange.query())
    if not asked.path:
        raise InvalidParameterError("Missing value for required parameter 'path'.")
    return asked


ANSWERS: dict[str, Callable[[Services, Any], bytes]] = {
    "artifacts/list": _list_run,
    "artifacts/delete": _delete_file,
    "proxy/list": _list_root,
}

STREAMS: dict[str, Stream] = {
    "get-artifact": _download_run,
    "upload-artifact": _upload_run,
    "artifacts/upload": _upload_file,
    "artifacts/page": _show_page,
    "proxy/download": _download_root,
    "proxy/upload": _upload_root,
    "proxy/delete": _delete_root,
}
