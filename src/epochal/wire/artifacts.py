"""Requests and responses about the files of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

import msgspec

from epochal.entities import FileInfo
from epochal.errors import InvalidParameterError
from epochal.wire.decoding import Message
from epochal.wire.encoding import decode_response, encode, without_unset
from epochal.wire.numbers import Int64  # noqa: TC001 - msgspec reads annotations
from epochal.wire.runs import RunMessage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import Offer, SignedUpload


class ListArtifacts(RunMessage):
    """`page_token` is read and ignored: a listing is never cut."""

    path: str = ""
    page_token: str = ""


class ListRoot(Message):
    """A listing below the server's own root."""

    path: str = ""


class RunFile(RunMessage):
    """One file of a run, for download and upload."""

    path: str = ""


class CreateUpload(Message):
    """Begin an upload in parts; `path` is a file's name in the folder that the URL names."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("path", "num_parts")

    path: str = ""
    num_parts: Int64 = 0


class UploadedPart(Message):
    """One part that the store has acknowledged."""

    part_number: Int64 = 0
    number: Int64 = 0  # as our own client says it
    etag: str = ""
    url: str = ""


class EndUpload(Message):
    """Complete an upload from its parts, or abort it."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("path", "upload_id")

    path: str = ""
    upload_id: str = ""
    parts: list[UploadedPart] = msgspec.field(default_factory=list[UploadedPart])


class OfferFile(Message):
    """A file that a client would send: what to do is the answer."""

    run_id: str = ""
    uri: str = ""
    path: str = ""
    size: Int64 = 0
    sha256: str = ""


class EndOffer(Message):
    """The parts of a file that was sent past the server."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("parts",)

    parts: list[UploadedPart] = msgspec.field(default_factory=list[UploadedPart])


class SentFile(OfferFile):
    """Which file they are the parts of, as the URL to complete it says."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("upload_id",)

    upload_id: str = ""


class SignDownload(RunMessage):
    """A URL for a file of a run."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_id", "path")

    path: str = ""
    expiration: Int64 = 900


class SignUpload(RunMessage):
    """A URL that takes a file of a run."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_id", "path")

    path: str = ""
    model_id: str = ""
    expiration: Int64 = 900


class DeleteFile(RunMessage):
    """A file of a run, or a folder with all below it."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_id", "path")

    path: str = ""


class FetchArchive(RunMessage):
    """A folder as one zip file."""

    path: str = ""


def etags_of(parts: Sequence[UploadedPart]) -> list[tuple[int, str]]:
    """The numbers and marks of parts. Raises InvalidParameterError for one without."""
    found = [(part.part_number or part.number, part.etag) for part in parts]
    for number, etag in found:
        if number < 1 or not etag:
            raise InvalidParameterError(
                "Each of the parts needs its part_number, from 1 on, and the etag that the store "
                "answered with"
            )
    return found


def encode_upload(upload: SignedUpload) -> bytes:
    """The answer to `mpu/create`."""
    credentials = [
        {"url": part.url, "part_number": part.number, "headers": dict(part.headers)}
        for part in upload.parts
    ]
    return encode({"upload_id": upload.upload_id, "credentials": credentials})


def encode_presigned(url: str, info: FileInfo) -> bytes:
    """The answer to `presigned`."""
    return encode(without_unset({"url": url, "headers": {}, "file_size": info.file_size}))


def encode_signed_url(url: str, info: FileInfo | None = None) -> bytes:
    """The answer to the two that sign URLs for files of runs."""
    size = info.file_size if info else None
    return encode(without_unset({"presigned_url": url, "headers": {}, "file_size": size}))


def encode_offer(offer: Offer, asked: OfferFile) -> bytes:
    """The answer to `artifacts/transfer`."""
    fields: dict[str, Any] = {"state": offer.state}
    if offer.state == "direct":
        fields["parts"] = [
            {
                "number": part.number,
                "url": part.url,
                "offset": part.offset,
                "size": part.size,
                "headers": dict(part.headers),
            }
            for part in offer.parts
        ]
        names = {"run_id": asked.run_id, "uri": asked.uri, "path": asked.path}
        given = {name: value for name, value in names.items() if value}
        query = urlencode({**given, "upload_id": offer.upload_id or ""})
        fields["complete_url"] = f"/api/epochal/v1/artifacts/transfer/complete?{query}"
    return encode(fields)


def encode_run_listing(root_uri: str, files: Sequence[FileInfo]) -> bytes:
    """The answer to `artifacts/list`."""
    return encode(without_unset({"root_uri": root_uri, "files": [_file(f) for f in files]}))


def encode_root_listing(files: Sequence[FileInfo]) -> bytes:
    """The answer to a listing of the proxy."""
    return encode(without_unset({"files": [_file(file) for file in files]}))


def _file(file: FileInfo) -> dict[str, Any]:
    size = None if file.is_dir else file.file_size
    return without_unset({"path": file.path, "is_dir": file.is_dir, "file_size": size})


class _File(msgspec.Struct):
    path: str
    is_dir: bool = False
    file_size: int | None = None


class _Listing(msgspec.Struct):
    root_uri: str = ""
    files: list[_File] = msgspec.field(default_factory=list[_File])


def decode_listing(body: bytes) -> tuple[str, list[FileInfo]]:
    """Read a listing of either kind: the root's URI, empty for the proxy, and the files."""
    found = decode_response(_Listing, body)
    return found.root_uri, [FileInfo(f.path, f.is_dir, f.file_size) for f in found.files]
