"""SHA-256 of what passes by; of long contents on a thread beside the one that receives."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from queue import Queue
    from threading import Thread

_QUEUED = 4
RING = _QUEUED + 2  # buffers to receive into in turn: those queued, one hashed, one being filled


class Checksum:
    """The digest of pieces, in the order that they are given. For one thread."""

    def __init__(self, *, is_long: bool) -> None:
        self._hash = sha256()
        self._is_long = is_long
        self._pieces: Queue[memoryview | bytes | None] | None = None
        self._thread: Thread | None = None

    def update(self, piece: memoryview | bytes) -> None:
        """Add a piece; a long content's must stay as it is until `RING` more were added."""
        if not self._is_long:
            self._hash.update(piece)
            return
        if self._pieces is None:
            self._start()
        if self._pieces is not None:
            self._pieces.put(piece)

    def _start(self) -> None:
        from queue import Queue
        from threading import Thread

        self._pieces = Queue(_QUEUED)
        self._thread = Thread(target=self._run, name="epochal-checksum", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while self._pieces is not None and (piece := self._pieces.get()) is not None:
            self._hash.update(piece)

    def hexdigest(self) -> str:
        """The digest of all pieces so far."""
        self.close()
        return self._hash.hexdigest()

    def close(self) -> None:
        """Finish what is queued and end the thread. Idempotent."""
        if self._pieces is not None and self._thread is not None:
            self._pieces.put(None)
            self._thread.join()
            self._pieces = self._thread = None
