"""Files behind URLs: those of a server's proxy, and any other that one can only read."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote, urlsplit

from epochal.client.connection import Connections
from epochal.client.transfers.incoming import Incoming
from epochal.entities import FileInfo
from epochal.errors import InvalidParameterError, NotFoundError, NotSupportedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from epochal.client.connection import Download

_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_DIGEST = re.compile(r"sha-256=:?([A-Za-z0-9+/]+=*):?", re.IGNORECASE)
PARTIAL_CONTENT = 206


def open_url(connections: Connections, path: str, start: int = 0) -> Incoming:
    """What a GET of a path on a server brings, with what its headers tell of the whole file."""
    headers = {"Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    found = connections.download(path, headers)
    begins, size = 0, _length(found)
    if found.status == PARTIAL_CONTENT:
        match = _RANGE.fullmatch(found.header("Content-Range") or "")
        if match is not None:
            begins = int(match[1])
            size = int(match[2]) if match[2] != "*" else None
    tag = found.header("ETag") or found.header("Last-Modified")
    return Incoming(found, begins, size, sha256_of(found), tag)


def _length(found: Download) -> int | None:
    length = found.header("Content-Length")
    return int(length) if length and length.isdecimal() else None


def sha256_of(found: Download) -> str | None:
    """The digest of the whole content that a server states (RFC 9530, and its forerunner)."""
    stated = found.header("Repr-Digest") or found.header("Digest") or ""
    match = _DIGEST.search(stated)
    if match is None:
        return None
    try:
        return base64.b64decode(match[1], validate=True).hex()
    except binascii.Error:
        return None


class WebFile:
    """One file behind an `http(s)` address, as `Files` that hold it alone and are read only."""

    is_near = False

    def __init__(self, url: str) -> None:
        """Connect nothing yet.

        Raises:
            InvalidParameterError: the address names no file.

        """
        parts = urlsplit(url)
        self._connections = Connections(
            f"{parts.scheme}://{parts.netloc}", is_anonymous=True, max_idle=0
        )
        self.name = unquote(parts.path.rpartition("/")[2])
        if not self.name:
            raise InvalidParameterError(f"{url!r} names no file; only single files can be read")
        self._path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        self._url = url

    def list_artifacts(self, path: str) -> list[FileInfo]:
        """The file itself, at the root."""
        return [] if path else [FileInfo(self.name, is_dir=False)]

    def open_artifact(self, path: str, start: int = 0) -> Incoming:
        """The bytes that the address answers with."""
        if path != self.name:
            raise NotFoundError("artifact", path)
        return open_url(self._connections, self._path, start)

    def write_artifact(
        self,
        path: str,
        content: BinaryIO,
        on_progress: Callable[[int], None] | None = None,
        sha256: str | None = None,
    ) -> None:
        """Raises NotSupportedError."""
        del path, content, on_progress, sha256
        raise self._read_only()

    def write_small(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Nothing: files of the web are read only."""
        del files

    def take_known(self, path: str, size: int, sha256: str) -> bool:
        """Never: nothing is written there."""
        del path, size, sha256
        return False

    def delete_artifact(self, path: str) -> None:
        """Raises NotSupportedError."""
        del path
        raise self._read_only()

    def _read_only(self) -> NotSupportedError:
        return NotSupportedError(f"{self._url} can only be read, not written or deleted")
