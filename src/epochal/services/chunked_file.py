"""The content of a version: many chunks in many files, read as one file."""

from __future__ import annotations

import hashlib
import io
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO, Self, cast

from epochal.errors import CorruptDataError, NotFoundError
from epochal.rules.paths import ArtifactPath

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.ports.blobs import BlobStore
    from epochal.ports.datasets import ChunkPlace

BUFFER_BYTES = 256 * 1024


class ChunkedFile(io.RawIOBase):
    """Reads chunk by chunk, each checked against its digest. For one thread at a time."""

    def __init__(self, store: BlobStore, places: Sequence[ChunkPlace]) -> None:
        super().__init__()
        self._store = store
        self._places = places
        self._ends = list(accumulate(place.size for place in places))
        self._at = 0
        self._chunk: tuple[int, bytes] = (-1, b"")
        self._pack: tuple[str, BinaryIO] | None = None

    @classmethod
    def over(cls, store: BlobStore, places: Sequence[ChunkPlace]) -> BinaryIO:
        """A buffered file of chunks in their order."""
        return cast("BinaryIO", io.BufferedReader(cls(store, places), BUFFER_BYTES))

    @property
    def size(self) -> int:
        """Bytes in all."""
        return self._ends[-1] if self._ends else 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, counted from the start, from here, or from the end."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """Where the next byte is read from."""
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # pyright: ignore[reportIncompatibleMethodOverride] - memoryviews are what readers hand in
        """Fill a buffer as far as chunks go. Raises CorruptDataError."""
        view, filled = memoryview(buffer).cast("B"), 0
        while filled < len(view) and self._at < self.size:
            number = bisect_right(self._ends, self._at)
            data = self._load(number)
            skip = self._at - (self._ends[number] - len(data))
            piece = data[skip : skip + len(view) - filled]
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
            self._at += len(piece)
        return filled

    def close(self) -> None:
        """Close the file that was read last."""
        if self._pack is not None:
            self._pack[1].close()
            self._pack = None
        super().close()

    def __enter__(self) -> Self:
        return self

    def _load(self, number: int) -> bytes:
        if self._chunk[0] != number:
            place = self._places[number]
            stream = self._open(place.pack)
            stream.seek(place.start)
            data = stream.read(place.size)
            if hashlib.sha256(data).hexdigest() != place.digest:
                raise CorruptDataError("dataset", f"a chunk of {place.pack!r} was changed")
            self._chunk = (number, data)
        return self._chunk[1]

    def _open(self, pack: str) -> BinaryIO:
        if self._pack is None or self._pack[0] != pack:
            if self._pack is not None:
                self._pack[1].close()
                self._pack = None
            try:
                self._pack = (pack, self._store.open_read(ArtifactPath.parse(pack)))
            except NotFoundError:
                raise CorruptDataError("dataset", f"the file {pack!r} is gone") from None
        return self._pack[1]
