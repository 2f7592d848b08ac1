"""Requests and responses about the files of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from epochal.entities import FileInfo
from epochal.wire.decoding import Message
from epochal.wire.encoding import decode_response, encode, without_unset
from epochal.wire.runs import RunMessage

if TYPE_CHECKING:
    from collections.abc import Sequence


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
