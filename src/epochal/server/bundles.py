"""Many small files in one request; each is kept, or refused, by itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from epochal.errors import EpochalError
from epochal.server.bodies import read_body
from epochal.server.failures import encode_failure
from epochal.wire.bundles import decode_bundle, encode_outcome
from epochal.wire.endpoints import BUNDLE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from epochal.server.blocking import Threads
    from epochal.server.exchange import Exchange
    from epochal.services import Services
    from epochal.wire.bundles import SmallFile

    Stream = Callable[[Services, Threads, Exchange], Awaitable[None]]

AT_ONCE = 6  # threads that wait for one disk: what they write is synced together


async def _keep_bundle(services: Services, threads: Threads, exchange: Exchange) -> None:
    bundle = decode_bundle(await read_body(exchange, BUNDLE_LIMIT))

    async def keep(shares: Sequence[SmallFile]) -> list[bytes | None]:
        return await threads.run(_keep_files, services, bundle.folder, shares)

    size = max(1, -(-len(bundle.files) // AT_ONCE))
    starts = range(0, len(bundle.files), size)
    outcomes = await asyncio.gather(*(keep(bundle.files[at : at + size]) for at in starts))
    await exchange.answer_json(encode_outcome([error for part in outcomes for error in part]))


def _keep_files(services: Services, folder: str, files: Sequence[SmallFile]) -> list[bytes | None]:
    return [_keep_file(services, folder, file) for file in files]


def _keep_file(services: Services, folder: str, file: SmallFile) -> bytes | None:
    try:
        path = f"{folder.rstrip('/')}/{file.path}" if folder else file.path
        writer = services.artifacts.write_root(path)
        try:
            writer.write(file.content)
            writer.commit()
        finally:
            writer.abort()
    except EpochalError as error:
        return encode_failure(error, "")
    return None


STREAMS: dict[str, Stream] = {"artifacts/bundle": _keep_bundle}
