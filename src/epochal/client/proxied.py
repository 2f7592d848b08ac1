"""Artifacts behind a server: through its proxy, or in a folder that this machine sees too."""

from __future__ import annotations

import mimetypes
import os
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote, urlsplit

from epochal.client.connection import error_of
from epochal.client.places import OBJECT_EXAMPLES, find_files
from epochal.client.transfers.offers import Offers, Outgoing
from epochal.client.web_files import open_url
from epochal.errors import NotSupportedError
from epochal.rules.locations import PROXIED
from epochal.rules.paths import ArtifactPath
from epochal.wire.artifacts import decode_listing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from epochal.client.connection import Connections
    from epochal.client.transfers.incoming import Incoming
    from epochal.client.transport import Files
    from epochal.entities import FileInfo
    from epochal.errors import EpochalError

ROUTE = "/api/2.0/mlflow-artifacts/artifacts"
HTTP_ERROR = 400


class ProxiedFiles:
    """Finds, for an artifact URI that a server names, the way to its files."""

    def __init__(self, connections: Connections, is_ours: Callable[[], bool]) -> None:
        self._connections = connections
        self._offers = Offers(connections, is_ours)

    def at(self, uri: str) -> Files:
        """The files below a URI.

        Raises:
            NotSupportedError: neither the server nor the file system leads there.

        """
        found = find_files(uri)
        if found is not None:
            return found
        parts = urlsplit(uri)
        if parts.scheme == PROXIED and parts.netloc in {"", self._netloc}:
            return self._folder(parts.path.lstrip("/"))
        proxy = f"{self._connections.address}{ROUTE}/"
        if uri.startswith(proxy):
            return self._folder(uri[len(proxy) :])
        raise NotSupportedError(
            f"Artifacts at {uri!r} cannot be reached from here; this client reaches {PROXIED}:/ "
            f"through the server, {OBJECT_EXAMPLES} by itself, and file:/ folders of this machine"
        )

    def _folder(self, path: str) -> ProxiedFolder:
        return ProxiedFolder(self._connections, ArtifactPath.parse(path), self._offers)

    @property
    def _netloc(self) -> str:
        return urlsplit(self._connections.address).netloc


class ProxiedFolder:
    """One folder behind the proxy of a server."""

    is_near = False

    def __init__(
        self, connections: Connections, root: ArtifactPath, offers: Offers | None = None
    ) -> None:
        self._connections = connections
        self._root = root
        self._offers = offers

    def list_artifacts(self, path: str) -> list[FileInfo]:
        """What lies directly below a path; the proxy itself names files without folders."""
        below = ArtifactPath.parse(path)
        query = quote(str(self._root.joined(below)), safe="")
        answer = self._connections.request("GET", f"{ROUTE}?path={query}")
        if answer.status >= HTTP_ERROR:
            raise error_of(answer)
        found = decode_listing(answer.body)[1]
        if len(found) == 1 and not found[0].is_dir and found[0].path == below.name:
            return self._unless_file(found, below)
        return [_below(entry, below) for entry in found]

    def _unless_file(self, found: list[FileInfo], path: ArtifactPath) -> list[FileInfo]:
        """Some servers list a file as the only entry of itself; tell that from `a/a`."""
        siblings = self.list_artifacts(str(path.parent)) if path.segments else []
        is_folder = any(entry.path == str(path) and entry.is_dir for entry in siblings)
        return [_below(entry, path) for entry in found] if is_folder else []

    def open_artifact(self, path: str, start: int = 0) -> Incoming:
        """The bytes of a file, as they come."""
        return open_url(self._connections, self._url(path), start)

    def write_artifact(
        self,
        path: str,
        content: BinaryIO,
        on_progress: Callable[[int], None] | None = None,
        sha256: str | None = None,
    ) -> None:
        """Send a file: not at all, in parts or through the proxy, as the server says."""
        start = content.tell()
        size = content.seek(0, os.SEEK_END) - start
        content.seek(start)
        outgoing = Outgoing(
            str(self._root.joined(ArtifactPath.parse(path))), content, size, sha256
        )
        if self._offers is not None and self._offers.send(outgoing, on_progress):
            return
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        answer = self._connections.upload(
            self._url(path), content, size, {"Content-Type": kind}, on_progress=on_progress
        )
        if answer.status >= HTTP_ERROR:
            raise error_of(answer)

    def delete_artifact(self, path: str) -> None:
        """DELETE a file or folder."""
        answer = self._connections.request("DELETE", self._url(path))
        if answer.status >= HTTP_ERROR:
            raise error_of(answer)

    def write_small(self, files: Sequence[tuple[str, bytes]]) -> list[EpochalError | None] | None:
        """Keep several files in one request, where the server knows of it."""
        if self._offers is None:
            return None
        checked = [(str(ArtifactPath.parse(path)), content) for path, content in files]
        return self._offers.send_bundle(str(self._root), checked)

    def take_known(self, path: str, size: int, sha256: str) -> bool:
        """Put a content that the server keeps already under a path; False if it has none."""
        return self._offers is not None and self._offers.is_kept(self._place(path), size, sha256)

    def _url(self, path: str) -> str:
        return f"{ROUTE}/{quote(self._place(path))}"

    def _place(self, path: str) -> str:
        return str(self._root.joined(ArtifactPath.parse(path)))


def _below(entry: FileInfo, folder: ArtifactPath) -> FileInfo:
    from epochal.entities import FileInfo

    name = entry.path.rpartition("/")[2]
    return FileInfo("/".join((*folder.segments, name)), entry.is_dir, entry.file_size)
