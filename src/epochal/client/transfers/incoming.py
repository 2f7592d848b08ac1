"""A file on its way to this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Callable


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

    def pour(self, take: Callable[[memoryview], object], chunk_bytes: int = 1 << 20) -> None:
        """Hand over everything, piece by piece; a piece is valid until the next one comes."""
        buffer = memoryview(bytearray(chunk_bytes))
        while count := self.source.readinto(buffer):
            take(buffer[:count])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.source.close()
