"""Files that need not pass through the server: equal ones are there, others take signed URLs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from epochal.entities import Offer, SignedPart
from epochal.errors import InvalidParameterError, NotSupportedError
from epochal.ports.blobs import SigningStore
from epochal.rules.paths import ArtifactPath
from epochal.services.artifacts import file_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import FileInfo, SignedUpload
    from epochal.ports.blobs import BlobStore
    from epochal.ports.tracking import TrackingStore
    from epochal.services.locations import ArtifactRoots

DIRECT_BYTES = 32 << 20  # what is smaller passes through the server in less time than asking
PART_BYTES = 16 << 20
MAX_PARTS = 1000  # of an upload that we plan; parts grow with the file beyond that
EXPIRES_S = 900
UPLOAD_EXPIRES_S = 6 * 3600  # a large file on a slow line; each part has to begin within
MAX_EXPIRES_S = 604_800
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class WantedTransfer:
    """A file that a client has: where it should appear, and what it is."""

    path: str
    size: int
    sha256: str | None = None
    run_id: str | None = None
    uri: str | None = None


@dataclass(frozen=True, slots=True)
class Transfers:
    """Signed URLs and links, for the proxy's root and for runs.

    With `trusts_digests` whoever names the digest of a content gets a link to it. That gives
    nothing away only where everybody who may write may also read everything; a server with
    permissions has to leave it off. With `is_direct` clients may reach the object store.
    """

    store: TrackingStore
    roots: ArtifactRoots
    trusts_digests: bool = False
    is_direct: bool = True

    def offer(self, wanted: WantedTransfer) -> Offer:
        """How a file may be sent with the least work.

        Raises:
            NotFoundError, InvalidPathError, InvalidParameterError, PermissionDeniedError.

        """
        _check_wanted(wanted)
        store, path = self.locate(wanted)
        if self._is_stored(store, path, wanted):
            return Offer("stored")
        if wanted.size < DIRECT_BYTES or not self.signs_uploads(store):
            return Offer("proxy")
        part_size = max(PART_BYTES, -(-wanted.size // MAX_PARTS))
        count = -(-wanted.size // part_size)
        try:
            upload = _signing(store).sign_parts(path, count, UPLOAD_EXPIRES_S)
        except NotSupportedError:
            return Offer("proxy")
        parts = [_planned(part, part_size, wanted.size) for part in upload.parts]
        return Offer("direct", parts, upload.upload_id)

    def complete(
        self, wanted: WantedTransfer, upload_id: str, etags: Sequence[tuple[int, str]]
    ) -> None:
        """Make a file of the parts that were sent. Raises InvalidParameterError."""
        store, path = self.locate(wanted)
        _signing(store).complete_parts(path, upload_id, etags)

    def begin_parts(self, path: str, parts: int) -> SignedUpload:
        """Begin an upload in parts below the server's root. Raises NotSupportedError."""
        return self._default().sign_parts(_file(path), parts, UPLOAD_EXPIRES_S)

    def complete_parts(self, path: str, upload_id: str, etags: Sequence[tuple[int, str]]) -> None:
        """Make a file of the parts. Raises NotSupportedError, InvalidParameterError."""
        self._default().complete_parts(_file(path), upload_id, etags)

    def abort_parts(self, path: str, upload_id: str) -> None:
        """Forget the parts. Raises NotSupportedError."""
        self._default().abort_parts(_file(path), upload_id)

    def sign_root_read(self, path: str) -> tuple[str, FileInfo]:
        """A URL for a file below the server's root. Raises NotFoundError, NotSupportedError."""
        return self._default().sign_read(_file(path), EXPIRES_S)

    def sign_run_read(self, run_id: str, path: str, expires_s: int) -> tuple[str, FileInfo]:
        """A URL for a file of a run. Raises NotFoundError, NotSupportedError."""
        store, full = self.locate(WantedTransfer(path, 0, run_id=run_id))
        return self._reaching(store).sign_read(full, _lifetime(expires_s))

    def sign_run_write(self, run_id: str, path: str, expires_s: int) -> str:
        """A URL that takes a file of a run. Raises NotFoundError, NotSupportedError."""
        store, full = self.locate(WantedTransfer(path, 0, run_id=run_id))
        return self._reaching(store).sign_write(full, _lifetime(expires_s))

    def signs_uploads(self, store: BlobStore | None = None) -> bool:
        """Whether clients can send files past this server."""
        return self.is_direct and _can_take_parts(self.roots.default if store is None else store)

    def signs_downloads(self) -> bool:
        """Whether clients can fetch files past this server."""
        return self.is_direct and isinstance(self.roots.default, SigningStore)

    def locate(self, wanted: WantedTransfer) -> tuple[BlobStore, ArtifactPath]:
        """The store and the path there of a file. Raises InvalidParameterError and others."""
        if wanted.run_id and wanted.uri:
            raise InvalidParameterError("Give one of run_id and uri, not both")
        uri = wanted.uri
        if wanted.run_id:
            uri = self.store.get_run(wanted.run_id).info.artifact_uri
            file_path(ArtifactPath.parse(wanted.path), wanted.path)
        if not uri:
            raise InvalidParameterError("Missing value for required parameter 'run_id' or 'uri'.")
        store, root = self.roots.resolve(uri)
        path = root.joined(ArtifactPath.parse(wanted.path))
        return store, file_path(path, wanted.path or uri)

    def _is_stored(self, store: BlobStore, path: ArtifactPath, wanted: WantedTransfer) -> bool:
        if not wanted.sha256 or not wanted.size or not self.trusts_digests:
            return False
        return store.link(path, wanted.sha256.lower(), wanted.size)

    def _default(self) -> SigningStore:
        return self._reaching(self.roots.default)

    def _reaching(self, store: BlobStore) -> SigningStore:
        if not self.is_direct:
            raise NotSupportedError(
                "Multipart upload is not supported for the current artifact repository: this "
                "server was started with --no-direct-transfers; use the artifact proxy"
            )
        return _signing(store)


def _signing(store: BlobStore) -> SigningStore:
    if not isinstance(store, SigningStore):
        # The beginning is what MLflow's client looks for before it falls back to one PUT.
        raise NotSupportedError(
            "Multipart upload is not supported for the current artifact repository, and neither "
            "are signed URLs: it is a folder; use the artifact proxy"
        )
    return store


def _can_take_parts(store: BlobStore) -> bool:
    return isinstance(store, SigningStore) and store.takes_parts


def _planned(part: SignedPart, size: int, total: int) -> SignedPart:
    offset = (part.number - 1) * size
    return SignedPart(part.number, part.url, offset, min(size, total - offset), part.headers)


def _file(path: str) -> ArtifactPath:
    return file_path(ArtifactPath.parse(path), path)


def _lifetime(expires_s: int) -> int:
    if not 1 <= expires_s <= MAX_EXPIRES_S:
        raise InvalidParameterError(
            f"Invalid expiration {expires_s}: it must be 1 to {MAX_EXPIRES_S} seconds"
        )
    return expires_s


def _check_wanted(wanted: WantedTransfer) -> None:
    if wanted.size < 0:
        raise InvalidParameterError(f"Invalid size {wanted.size}: it is the count of bytes")
    if wanted.sha256 and not _SHA256.fullmatch(wanted.sha256.lower()):
        raise InvalidParameterError(
            f"Invalid sha256 {wanted.sha256!r}: it must be 64 hexadecimal digits"
        )
