"""What is written to an object store: small files in one request, large ones as they come."""

from __future__ import annotations

import contextlib
import hashlib
import queue
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

from epochal.blobs.folder import check_digest
from epochal.errors import EpochalError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from epochal.blobs.bucket import Bucket
    from epochal.rules.paths import ArtifactPath

HELD_BYTES = 8 << 20
WAITING_PIECES = 4
_LOOK_S = 0.5  # how often a writer that waits for the store looks whether it gave up


class Finish(Protocol):
    """Makes a file of what was written. Called once, when all bytes are known."""

    def __call__(self, written: Written, /) -> None:
        """Keep the bytes by `written.send()`, or have no need of them."""
        ...


class Written:
    """All bytes of a file that may not be in the store yet."""

    def __init__(self, bucket: Bucket, key: str) -> None:
        self.bucket, self.key = bucket, key
        self.size = 0
        self.sha256 = ""
        self.held: list[bytes] = []
        self.sending: Sending | None = None
        self.is_stored = False

    def send(self) -> None:
        """See to it that the object is in the store."""
        if self.sending is not None:
            self.sending.finish()
        else:
            self.bucket.put(self.key, b"".join(self.held))
        self.is_stored = True

    def forget(self) -> None:
        """See to it that the object is not in the store."""
        sending, self.sending = self.sending, None
        if sending is not None and not self.is_stored:
            self.is_stored = not sending.stop()
        if self.is_stored:
            self.bucket.delete([self.key])
            self.is_stored = False


class SpooledWriter:
    """A `BlobWriter` that sends its bytes to one key of a bucket."""

    def __init__(self, path: ArtifactPath, bucket: Bucket, key: str, finish: Finish) -> None:
        self._path = path
        self._written = Written(bucket, key)
        self._finish = finish
        self._hash = hashlib.sha256()
        self._is_open = True

    def write(self, chunk: bytes) -> None:
        """Append bytes; waits while the store is slow."""
        written = self._written
        self._hash.update(chunk)
        written.size += len(chunk)
        written.held.append(chunk)
        if written.sending is None and written.size > HELD_BYTES:
            written.sending = Sending(written.bucket, written.key)
        if written.sending is not None:
            held, written.held = written.held, []
            for piece in held:
                written.sending.give(piece)

    def commit(self, sha256: str | None = None) -> None:
        """Send what is left; the file appears."""
        self._written.sha256 = self._hash.hexdigest()
        try:
            check_digest(self._path, sha256, self._written.sha256)
            self._finish(self._written)
        except EpochalError:
            self.abort()
            raise
        self._is_open = False

    def abort(self) -> None:
        """Forget what was written."""
        if self._is_open:
            self._is_open = False
            with contextlib.suppress(EpochalError):  # the first error says more
                self._written.forget()


class StoppedError(Exception):
    """Raised into the library, so that it forgets the parts that it sent."""


class Sending:
    """A thread that hands the library one piece after the other."""

    def __init__(self, bucket: Bucket, key: str) -> None:
        self._key = key
        self._pieces: queue.Queue[bytes | None] = queue.Queue(WAITING_PIECES)
        self._is_stopped = False
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="epochal-upload")
        self._outcome = self._pool.submit(bucket.put, key, self._iter())

    def give(self, piece: bytes | None) -> None:
        """Hand over a piece, None for the end. Raises what the store has against it."""
        while True:
            if self._outcome.done():
                self._outcome.result()
                raise UnavailableError(f"The artifact store gave up on {self._key!r}")
            try:
                self._pieces.put(piece, timeout=_LOOK_S)
            except queue.Full:
                continue
            return

    def finish(self) -> None:
        """Wait until the store has all of it."""
        self.give(None)
        self._pool.shutdown(wait=True)
        self._outcome.result()

    def stop(self) -> bool:
        """Break off; False when the object had been finished already."""
        self._is_stopped = True
        while not self._outcome.done():
            with contextlib.suppress(queue.Empty):
                self._pieces.get_nowait()
            with contextlib.suppress(queue.Full):
                self._pieces.put(None, timeout=_LOOK_S / 10)
        self._pool.shutdown(wait=True)
        return self._outcome.exception() is not None

    def _iter(self) -> Iterator[bytes]:
        while True:
            piece = self._pieces.get()
            if self._is_stopped:
                raise StoppedError
            if piece is None:
                return
            yield bytes(piece)
