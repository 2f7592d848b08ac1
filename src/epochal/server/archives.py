"""A folder as one zip file, made while it is sent: nothing is kept on disk or in memory."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from epochal.server.downloads import PIECE_BYTES, file_headers
from epochal.wire import artifacts as wire
from epochal.wire.decoding import decode_query

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from epochal.ports.blobs import OpenFile
    from epochal.server.blocking import Threads
    from epochal.server.exchange import Exchange
    from epochal.services import Services

    Stream = Callable[[Services, Threads, Exchange], Awaitable[None]]

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip knows no time before; and equal folders make equal zips


async def _send_archive(services: Services, threads: Threads, exchange: Exchange) -> None:
    asked = decode_query(wire.FetchArchive, exchange.query())
    name, files = await threads.run(services.artifacts.open_tree, asked.run_id, asked.path)
    pieces = iter_zip(files)
    headers = [header for header in file_headers(f"{name}.zip") if header[0] != b"accept-ranges"]
    await exchange.begin(200, tuple(headers))
    if exchange.scope["method"] != "HEAD":
        while piece := await threads.run(_next, pieces):
            await exchange.send_piece(piece, is_last=False)
    await exchange.send_piece(b"", is_last=True)


def _next(pieces: Iterator[bytes]) -> bytes:
    return next(pieces, b"")


def iter_zip(files: Iterator[tuple[str, Callable[[], OpenFile]]]) -> Iterator[bytes]:
    """A zip file in pieces. Files are stored as they are: most models do not compress."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for path, opening in files:
            opened = opening()
            entry = zipfile.ZipInfo(path, _EARLIEST)
            entry.external_attr = 0o644 << 16
            with opened.stream as stream, archive.open(entry, "w", force_zip64=True) as target:
                while chunk := stream.read(PIECE_BYTES):
                    target.write(chunk)
                    if sink.size >= PIECE_BYTES:
                        yield sink.take()
    yield sink.take()


class _Sink:
    """Where `zipfile` writes: bytes that are taken away as they come. It cannot seek."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """Nothing is held open."""

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces, self.size = [], 0
        return taken


STREAMS: dict[str, Stream] = {"artifacts/archive": _send_archive}
