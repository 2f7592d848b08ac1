"""What lets clients send and fetch files past the server: offers, parts, signed URLs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.errors import NotSupportedError
from epochal.server.bodies import read_body
from epochal.services.transfers import WantedTransfer
from epochal.wire import artifacts as wire
from epochal.wire.decoding import decode_body, decode_query
from epochal.wire.encoding import EMPTY
from epochal.wire.endpoints import JSON_LIMIT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from epochal.server.blocking import Threads
    from epochal.server.exchange import Exchange
    from epochal.services import Services
    from epochal.services.transfers import Transfers

    Stream = Callable[[Services, Threads, Exchange], Awaitable[None]]
    Work = Callable[[Transfers, Exchange, bytes], bytes]


def _offer(services: Services, asked: wire.OfferFile) -> bytes:
    return wire.encode_offer(services.transfers.offer(_wanted(asked)), asked)


def _sign_download(services: Services, asked: wire.SignDownload) -> bytes:
    found = services.transfers.sign_run_read(asked.run_id, asked.path, asked.expiration)
    return wire.encode_signed_url(*found)


def _sign_upload(services: Services, asked: wire.SignUpload) -> bytes:
    if asked.model_id:
        raise NotSupportedError("This server signs URLs for the files of runs only; give run_id")
    url = services.transfers.sign_run_write(asked.run_id, asked.path, asked.expiration)
    return wire.encode_signed_url(url)


def _complete_offer(transfers: Transfers, exchange: Exchange, body: bytes) -> bytes:
    file = decode_query(wire.SentFile, exchange.query())
    sent = decode_body(wire.EndOffer, body)
    transfers.complete(_wanted(file), file.upload_id, wire.etags_of(sent.parts))
    return EMPTY


def _create_upload(transfers: Transfers, exchange: Exchange, body: bytes) -> bytes:
    asked = decode_body(wire.CreateUpload, body)
    return wire.encode_upload(
        transfers.begin_parts(_below(exchange.tail, asked.path), asked.num_parts)
    )


def _complete_upload(transfers: Transfers, exchange: Exchange, body: bytes) -> bytes:
    asked = decode_body(wire.EndUpload, body)
    etags = wire.etags_of(asked.parts)
    transfers.complete_parts(_below(exchange.tail, asked.path), asked.upload_id, etags)
    return EMPTY


def _abort_upload(transfers: Transfers, exchange: Exchange, body: bytes) -> bytes:
    asked = decode_body(wire.EndUpload, body)
    transfers.abort_parts(_below(exchange.tail, asked.path), asked.upload_id)
    return EMPTY


def _sign_root(transfers: Transfers, exchange: Exchange, _: bytes) -> bytes:
    return wire.encode_presigned(*transfers.sign_root_read(exchange.tail))


def _wanted(asked: wire.OfferFile) -> WantedTransfer:
    return WantedTransfer(
        asked.path, asked.size, asked.sha256 or None, asked.run_id or None, asked.uri or None
    )


def _below(folder: str, name: str) -> str:
    """The path of a file in the folder that the URL names. MLflow's client sends a local path."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return f"{folder.rstrip('/')}/{base}" if folder else base


def _streaming(work: Work) -> Stream:
    async def stream(services: Services, threads: Threads, exchange: Exchange) -> None:
        body = await read_body(exchange, JSON_LIMIT)
        answer = await threads.run(work, services.transfers, exchange, body)
        await exchange.answer_json(answer)

    return stream


ANSWERS: dict[str, Callable[[Services, Any], bytes]] = {
    "artifacts/transfer": _offer,
    "artifacts/presigned-upload-url": _sign_upload,
    "artifacts/presigned-download-url": _sign_download,
}

STREAMS: dict[str, Stream] = {
    "artifacts/transfer/complete": _streaming(_complete_offer),
    "proxy/mpu-create": _streaming(_create_upload),
    "proxy/mpu-complete": _streaming(_complete_upload),
    "proxy/mpu-abort": _streaming(_abort_upload),
    "proxy/presigned": _streaming(_sign_root),
}
