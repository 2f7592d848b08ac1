"""Answers about versioned datasets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from epochal.entities import FileInfo
from epochal.ports.blobs import OpenFile
from epochal.server.bodies import read_body
from epochal.server.downloads import send_file
from epochal.wire import datasets as wire
from epochal.wire.decoding import decode_query
from epochal.wire.encoding import EMPTY, encode
from epochal.wire.endpoints import CHUNKS_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.server.artifacts import Stream
    from epochal.server.blocking import Threads
    from epochal.server.exchange import Exchange
    from epochal.services import Services

DEFAULT_PAGE = 100


def _search(services: Services, asked: wire.SearchDatasets) -> bytes:
    size = DEFAULT_PAGE if asked.max_results is None else asked.max_results
    return wire.encode_datasets(services.datasets.search(asked.contains, size, asked.page_token))


def _get(services: Services, asked: wire.GetDataset) -> bytes:
    return wire.encode_dataset(services.datasets.get(asked.name))


def _versions(services: Services, asked: wire.ListVersions) -> bytes:
    size = DEFAULT_PAGE if asked.max_results is None else asked.max_results
    return wire.encode_versions(services.datasets.versions(asked.name, size, asked.page_token))


def _version(services: Services, asked: wire.GetVersion) -> bytes:
    return wire.encode_version(services.datasets.version(asked.name, asked.version))


def _diff(services: Services, asked: wire.CompareVersions) -> bytes:
    return encode(services.datasets.diff(asked.a, asked.b))


def _lineage(services: Services, asked: wire.GetVersion) -> bytes:
    readers = services.datasets.lineage(asked.name, asked.version)
    if asked.version is None:
        return wire.encode_lineage(None, readers)
    return wire.encode_lineage(services.datasets.version(asked.name, asked.version), readers)


def _rows(services: Services, asked: wire.ReadRows) -> bytes:
    limit = DEFAULT_PAGE if asked.limit is None else asked.limit
    page = services.datasets.rows(asked.name, asked.version, asked.start or 0, limit)
    return encode({"columns": page.columns, "rows": page.rows, "total": page.total})


def _missing(services: Services, asked: wire.FindMissing) -> bytes:
    found = services.datasets.find_missing(wire.read_digests(asked.chunks))
    return wire.encode_missing(found)


def _commit(services: Services, asked: wire.CommitVersion) -> bytes:
    done = services.datasets.commit(asked.draft(), wire.read_digests(asked.chunks))
    if done.version is None:
        return wire.encode_missing(done.missing)
    return wire.encode_version(done.version, is_new=done.is_new)


def _delete(services: Services, asked: wire.GetVersion) -> bytes:
    services.datasets.delete(asked.name, asked.version)
    return EMPTY


async def _upload(services: Services, threads: Threads, exchange: Exchange) -> None:
    body = await read_body(exchange, CHUNKS_LIMIT)
    stored = await threads.run(services.datasets.upload, body)
    await exchange.answer_json(encode({"new_bytes": stored}))


async def _download(services: Services, threads: Threads, exchange: Exchange) -> None:
    asked = decode_query(wire.GetVersion, exchange.query())
    opening = partial(_open, services, asked.name, asked.version)
    await send_file(opening, threads, exchange)


def _open(services: Services, name: str, version: int | None) -> OpenFile:
    found = services.datasets.version(name, version)
    stream = services.datasets.open(found.name, found.version)
    info = FileInfo(found.file_name, is_dir=False, file_size=found.size_bytes)
    return OpenFile(info, stream)


ANSWERS: dict[str, Callable[..., bytes]] = {
    "datasets/search": _search,
    "datasets/get": _get,
    "datasets/versions": _versions,
    "datasets/version": _version,
    "datasets/diff": _diff,
    "datasets/lineage": _lineage,
    "datasets/rows": _rows,
    "datasets/missing": _missing,
    "datasets/commit": _commit,
    "datasets/delete": _delete,
}
STREAMS: dict[str, Stream] = {"datasets/upload": _upload, "datasets/download": _download}
