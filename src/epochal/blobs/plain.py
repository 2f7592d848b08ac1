"""Artifacts in an object store, one object per file, as every other client lays them out."""

from __future__ import annotations

import secrets
import threading
from typing import TYPE_CHECKING, BinaryIO, cast

from epochal.blobs.multipart import required
from epochal.blobs.objects import OBJECTS, PACKS
from epochal.blobs.spool import SpooledWriter
from epochal.entities import FileInfo, SignedUpload
from epochal.errors import InvalidParameterError, InvalidPathError, NotFoundError
from epochal.ports.blobs import OpenFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from epochal.blobs.bucket import Bucket
    from epochal.blobs.multipart import Multipart
    from epochal.blobs.spool import Written
    from epochal.rules.paths import ArtifactPath

_RESERVED = frozenset({OBJECTS, PACKS})
_KNOWN_FOLDERS = 4096


class PlainBlobs:
    """A `BlobStore` and a `SigningStore` on a bucket. Its folders are what keys have in common.

    An object store would let a file stand where a folder is. That is looked for before each
    write, so two writers at one instant may still bring it about; both files can be read then.
    """

    def __init__(self, bucket: Bucket, multipart: Multipart | None = None) -> None:
        self._bucket = bucket
        self._multipart = multipart
        self._lock = threading.Lock()
        self._folders: set[str] = set()  # seen to be no files

    def list_folder(self, folder: ArtifactPath) -> list[FileInfo]:
        """Entries directly below `folder`, by name; none for a missing folder or a file."""
        if _is_reserved(folder):
            return []
        objects, prefixes = self._bucket.list_folder(str(folder))
        found = [
            FileInfo(info.key, is_dir=False, file_size=info.size)
            for info in objects
            if info.key != str(folder) and not info.key.endswith("/")
        ]
        found += [FileInfo(prefix.rstrip("/"), is_dir=True) for prefix in prefixes]
        visible = (info for info in found if info.path not in _RESERVED)
        return sorted(visible, key=lambda info: info.path)

    def find(self, path: ArtifactPath) -> FileInfo | None:
        """The entry at `path`, or None."""
        check_reserved(path)
        if not path.segments:
            return FileInfo("", is_dir=True)
        found = self._bucket.find(str(path))
        if found is not None:
            return FileInfo(str(path), is_dir=False, file_size=found.size, etag=_mark(found.etag))
        is_folder = self._bucket.holds_below(str(path))
        return FileInfo(str(path), is_dir=True) if is_folder else None

    def open_file(self, path: ArtifactPath) -> OpenFile:
        """A file, from the start."""
        check_reserved(path)
        try:
            found, stream = self._bucket.open(str(path))
        except NotFoundError:
            if not path.segments or self._bucket.holds_below(str(path)):
                raise InvalidParameterError(
                    f"{str(path)!r} is a folder; name a file in it"
                ) from None
            raise
        info = FileInfo(str(path), is_dir=False, file_size=found.size, etag=_mark(found.etag))
        return OpenFile(info, cast("BinaryIO", stream))

    def open_read(self, path: ArtifactPath) -> BinaryIO:
        """The bytes of a file, from the start."""
        return self.open_file(path).stream

    def open_write(self, path: ArtifactPath) -> SpooledWriter:
        """A writer whose object appears under `path` on commit."""
        self._check_free(path)
        return SpooledWriter(path, self._bucket, str(path), self._finish)

    def link(self, path: ArtifactPath, sha256: str, size: int) -> bool:
        """Nothing is kept once here."""
        del path, sha256, size
        return False

    def delete(self, path: ArtifactPath) -> None:
        """Remove a file or a folder with all below it; absent ones are no error."""
        check_reserved(path)
        with self._lock:
            self._folders.clear()
        below = [info.key for info in self._bucket.iter_below(str(path))]
        if path.segments:
            below.append(str(path))
        self._bucket.delete([key for key in below if key.partition("/")[0] not in _RESERVED])

    def local_path(self, path: ArtifactPath) -> Path | None:
        """Nowhere on this machine."""
        del path
        return None

    @property
    def takes_parts(self) -> bool:
        """Whether it has the keys to sign them."""
        return self._multipart is not None

    def sign_read(self, path: ArtifactPath, expires_s: int) -> tuple[str, FileInfo]:
        """A URL that gives the file's bytes."""
        opened = self.open_file(path)
        opened.stream.close()
        return self._bucket.sign("GET", str(path), expires_s), opened.info

    def sign_write(self, path: ArtifactPath, expires_s: int) -> str:
        """A URL that takes the file's bytes."""
        self._check_free(path)
        return self._bucket.sign("PUT", str(path), expires_s)

    def sign_parts(self, path: ArtifactPath, parts: int, expires_s: int) -> SignedUpload:
        """Begin an upload in parts."""
        self._check_free(path)
        return required(self._multipart).begin(path, str(path), parts, expires_s)

    def complete_parts(
        self, path: ArtifactPath, upload_id: str, etags: Sequence[tuple[int, str]]
    ) -> None:
        """Join the parts."""
        upload = required(self._multipart)
        key, store_id = upload.open_id(path, upload_id)
        self._check_free(path)
        upload.complete(key, store_id, etags)

    def abort_parts(self, path: ArtifactPath, upload_id: str) -> None:
        """Forget the parts."""
        upload = required(self._multipart)
        upload.abort(*upload.open_id(path, upload_id))

    def _finish(self, written: Written) -> None:
        written.send()

    def _check_free(self, path: ArtifactPath) -> None:
        """Raises InvalidParameterError where a folder or, on the way, a file stands."""
        check_reserved(path)
        if self._bucket.holds_below(str(path)):
            raise InvalidParameterError(f"{str(path)!r} is a folder; it cannot be a file too")
        folder = path.parent
        while folder.segments and str(folder) not in self._folders:
            if self._bucket.find(str(folder)) is not None:
                raise InvalidParameterError(
                    f"{str(path)!r} cannot be written: a file stands where a folder is needed"
                )
            with self._lock:
                if len(self._folders) > _KNOWN_FOLDERS:
                    self._folders.clear()
                self._folders.add(str(folder))
            folder = folder.parent


def new_object_key() -> str:
    """A name for a content that nobody has had and nobody will guess."""
    name = secrets.token_hex(16)
    return f"{OBJECTS}/{name[:2]}/{name[2:]}"


def _is_reserved(path: ArtifactPath) -> bool:
    return bool(path.segments) and path.segments[0] in _RESERVED


def check_reserved(path: ArtifactPath) -> None:
    """Raises InvalidPathError for what a store keeps for itself."""
    if _is_reserved(path):
        raise InvalidPathError(str(path), f"the name {path.segments[0]!r} is reserved")


def _mark(etag: str | None) -> str | None:
    """The store's mark as ours; only what can stand in a header."""
    return etag if etag and etag.isascii() and '"' not in etag else None
