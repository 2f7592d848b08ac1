"""Artifacts that the server keeps in an object store: contents once, paths in an index.

A content lies under a name of its own below `.objects/`, and the index of the tracking store
says which paths have it. So the same bytes are stored once, a file is replaced or linked by
one row, and a listing asks a database. Files that others wrote under their plain keys, as
MLflow's server does, are found where the index knows nothing.
"""

from __future__ import annotations

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, cast

from epochal.blobs.multipart import required
from epochal.blobs.objects import OBJECTS
from epochal.blobs.plain import PlainBlobs, check_reserved, new_object_key
from epochal.blobs.spool import SpooledWriter
from epochal.entities import FileInfo, SignedUpload
from epochal.errors import InvalidParameterError, NotFoundError, NotSupportedError
from epochal.ports.blobs import OpenFile, StoredObject
from epochal.ports.file_index import KeptObject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from epochal.blobs.bucket import Bucket, ObjectInfo
    from epochal.blobs.multipart import Multipart
    from epochal.blobs.spool import Written
    from epochal.ports.file_index import FileIndex, IndexEntry
    from epochal.rules.paths import ArtifactPath

_PAGE = 500  # objects whose use is asked at once


class IndexedBlobs:
    """A `BlobStore` that keeps equal contents once, and a `SigningStore`."""

    def __init__(
        self, bucket: Bucket, index: FileIndex, multipart: Multipart | None = None
    ) -> None:
        self._bucket = bucket
        self._index = index
        self._multipart = multipart
        self._plain = PlainBlobs(bucket)
        # One at a time: what this process does not come to, a check of the store does.
        self._later = ThreadPoolExecutor(1, thread_name_prefix="epochal-digest")

    def list_folder(self, folder: ArtifactPath) -> list[FileInfo]:
        """Entries directly below `folder`, by name; none for a missing folder or a file."""
        found = {info.path: info for info in self._plain.list_folder(folder)}
        for entry in self._index.list_folder(folder):
            path = f"{folder}/{entry.name}" if folder.segments else entry.name
            found[path] = _info(path, entry)
        return [found[path] for path in sorted(found)]

    def find(self, path: ArtifactPath) -> FileInfo | None:
        """The entry at `path`, or None."""
        entry = self._entry(path)
        return self._plain.find(path) if entry is None else _info(str(path), entry)

    def open_file(self, path: ArtifactPath) -> OpenFile:
        """A file, from the start."""
        entry = self._entry(path)
        if entry is None:
            return self._plain.open_file(path)
        if entry.content is None:
            raise InvalidParameterError(f"{str(path)!r} is a folder; name a file in it")
        stream = self._bucket.stream(entry.content.key, entry.content.size)
        return OpenFile(_info(str(path), entry), cast("BinaryIO", stream))

    def open_read(self, path: ArtifactPath) -> BinaryIO:
        """The bytes of a file, from the start."""
        return self.open_file(path).stream

    def open_write(self, path: ArtifactPath) -> SpooledWriter:
        """A writer whose file appears under `path` on commit."""
        self._check_free(path)

        def finish(written: Written) -> None:
            if self.link(path, written.sha256, written.size):
                written.forget()
                return
            written.send()
            content = KeptObject(written.key, written.size, written.sha256)
            if self._index.put(path, content, _now_ms()) != written.key:
                written.forget()  # somebody else was faster with the same content

        return SpooledWriter(path, self._bucket, new_object_key(), finish)

    def link(self, path: ArtifactPath, sha256: str, size: int) -> bool:
        """Let a content that is kept appear under `path`; False when it is not kept here."""
        check_reserved(path)
        return self._index.link(path, sha256, size, _now_ms())

    def delete(self, path: ArtifactPath) -> None:
        """Remove a file or a folder with all below it; absent ones are no error."""
        check_reserved(path)
        self._index.delete(path, _now_ms())
        self._plain.delete(path)

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
        entry = self._entry(path)
        if entry is None or entry.content is None:
            return self._plain.sign_read(path, expires_s)
        return self._bucket.sign("GET", entry.content.key, expires_s), _info(str(path), entry)

    def sign_write(self, path: ArtifactPath, expires_s: int) -> str:
        """Raises NotSupportedError: a file written so would not be in the index."""
        del expires_s
        raise NotSupportedError(
            f"{str(path)!r} is written through this server, or in parts; no one URL takes it"
        )

    def sign_parts(self, path: ArtifactPath, parts: int, expires_s: int) -> SignedUpload:
        """Begin an upload in parts."""
        self._check_free(path)
        return required(self._multipart).begin(path, new_object_key(), parts, expires_s)

    def complete_parts(
        self, path: ArtifactPath, upload_id: str, etags: Sequence[tuple[int, str]]
    ) -> None:
        """Join the parts; the file appears. Its digest is worked out afterwards.

        What a client says of bytes that this server has not seen is not believed: its file
        might be linked to by others.
        """
        upload = required(self._multipart)
        key, store_id = upload.open_id(path, upload_id)
        self._check_free(path)
        upload.complete(key, store_id, etags)
        found = self._bucket.find(key)
        if found is None:
            raise NotFoundError("upload", upload_id)
        self._index.put(path, KeptObject(key, found.size), _now_ms())
        self._later.submit(self._settle, key)

    def abort_parts(self, path: ArtifactPath, upload_id: str) -> None:
        """Forget the parts."""
        upload = required(self._multipart)
        upload.abort(*upload.open_id(path, upload_id))

    def iter_objects(self) -> Iterator[StoredObject]:
        """All contents in the bucket, also those that no row of the index tells of."""
        listed = self._bucket.iter_below(OBJECTS)
        while page := list(islice(listed, _PAGE)):
            known = self._index.find_kept([info.key for info in page])
            for info in page:
                content, is_used = known.get(info.key, (None, False))
                sha256 = content.sha256 if content else None
                yield StoredObject(info.key, info.size, sha256, is_used, _age_s(info))

    def sweep(self, name: str, grace_s: float) -> bool:
        """Remove a content that no path has, if it is older than the grace; say whether."""
        known = self._index.find_kept([name])
        if name in known:
            may_go = self._index.forget(name, _now_ms() - int(grace_s * 1000))
        else:  # the server died between sending it and noting it, or is in between now
            found = self._bucket.find(name) if name.startswith(f"{OBJECTS}/") else None
            may_go = found is not None and _age_s(found) >= grace_s
        if may_go:
            self._bucket.delete([name])
        return may_go

    def verify(self, name: str) -> str | None:
        """Read a content again; what is wrong with it, None if nothing is."""
        kept = self._index.find_kept([name]).get(name)
        if kept is None:
            return "no file has it"
        content = kept[0]
        size, sha256 = self._hash(name)
        if size != content.size:
            return f"it has {size} bytes instead of {content.size}"
        if content.sha256 is None:
            self._index.settle(name, sha256, _now_ms())
        elif content.sha256 != sha256:
            return f"its content has the SHA-256 {sha256} instead of {content.sha256}"
        return None

    def _settle(self, key: str) -> None:
        _, sha256 = self._hash(key)
        self._index.settle(key, sha256, _now_ms())

    def _hash(self, key: str) -> tuple[int, str]:
        found, size = hashlib.sha256(), 0
        for piece in self._bucket.read(key, 0):
            found.update(piece)
            size += len(piece)
        return size, found.hexdigest()

    def _entry(self, path: ArtifactPath) -> IndexEntry | None:
        check_reserved(path)
        return self._index.find(path) if path.segments else None

    def _check_free(self, path: ArtifactPath) -> None:
        check_reserved(path)
        self._index.check_free(path)


def _info(path: str, entry: IndexEntry) -> FileInfo:
    content = entry.content
    if content is None:
        return FileInfo(path, is_dir=True)
    mark = content.sha256 or content.key.rpartition("/")[2]
    return FileInfo(path, is_dir=False, file_size=content.size, sha256=content.sha256, etag=mark)


def _age_s(info: ObjectInfo) -> float:
    return (datetime.now(UTC) - info.changed).total_seconds()


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
