"""A file on its way to this machine."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Callable

PIECE_BYTES = 1 << 20


class Source(Protocol):
    """What bytes are read from, one stretch after the other."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Fill a buffer as far as possible; 0 at the end. Raises ConnectionLostError."""
        ...

    def close(self) -> None:
        """Let go of it. Idempotent."""
        ...


@dataclass(frozen=True, slots=True)
class Incoming:
    """The bytes of one artifact from `start` on, and what is known of the whole file."""

    source: Source
    start: int = 0
    """Where the bytes begin: 0 as well when somewhere else was asked for and is not offered."""
    size: int | None = None
    """Of the whole file, in bytes."""
    sha256: str | None = None
    """Of the whole file, in hexadecimal, if the store knows it."""
    tag: str | None = None
    """Changes when the file does."""

    def read_all(self) -> bytes:
        """Everything from `start` on, in memory."""
        data = bytearray()
        self.pour(data.extend)
        return bytes(data)

    def pour(self, take: Callable[[memoryview], object], *, buffers: int = 1) -> None:
        """Hand over everything, piece by piece.

        A piece is valid until as many more came as there are `buffers`.
        """
        ring = [memoryview(bytearray(PIECE_BYTES)) for _ in range(buffers)]
        for buffer in cycle(ring):
            count = self.source.readinto(buffer)
            if not count:
                return
            take(buffer[:count])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.source.close()
