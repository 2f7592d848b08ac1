"""Whether the server is there, and what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.server.exchange import EVERY_ANSWER
from epochal.wire.endpoints import LOG_LIMIT
from epochal.wire.server_info import SPOKEN_VERSION, encode_about, encode_server_info

if TYPE_CHECKING:
    from epochal.server.artifacts import Stream
    from epochal.server.blocking import Threads
    from epochal.server.exchange import Exchange, Header
    from epochal.services import Services

_TEXT: tuple[Header, ...] = ((b"content-type", b"text/plain; charset=utf-8"), *EVERY_ANSWER)


async def _health(_services: Services, _threads: Threads, exchange: Exchange) -> None:
    await exchange.answer(b"OK", _TEXT)


async def _version(_services: Services, _threads: Threads, exchange: Exchange) -> None:
    await exchange.answer(SPOKEN_VERSION.encode(), _TEXT)


async def _server_info(services: Services, _threads: Threads, exchange: Exchange) -> None:
    transfers = services.transfers
    body = encode_server_info(
        uploads=transfers.signs_uploads(), downloads=transfers.signs_downloads()
    )
    await exchange.answer_json(body)


async def _about(_services: Services, _threads: Threads, exchange: Exchange) -> None:
    await exchange.answer_json(encode_about(_own_version(), LOG_LIMIT))


def _own_version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("epochal")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "0+unknown"


STREAMS: dict[str, Stream] = {
    "health": _health,
    "version": _version,
    "server-info": _server_info,
    "about": _about,
}
