"""Cutting bytes where their content says so.

A change moves only the cuts near it: what comes before and after is cut into the same chunks as
ever, and chunks that are known already need not be stored again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from epochal.data.libraries import library

if TYPE_CHECKING:
    from collections.abc import Iterator

AVERAGE_BYTES = 32 * 1024
MIN_BYTES = 8 * 1024
MAX_BYTES = 128 * 1024
DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a file; valid until the next one is asked for, if it was cut from a file."""

    digest: str  # SHA-256 in hexadecimal
    data: memoryview


def cut(content: bytes | memoryview | str) -> Iterator[Chunk]:
    """The chunks of some bytes, or of the file with a path; joined they are the content again.

    Raises:
        NotSupportedError: the library that cuts is not installed.

    """
    cutter = library("pyfastcdc").FastCDC(AVERAGE_BYTES, min_size=MIN_BYTES, max_size=MAX_BYTES)
    pieces = cutter.cut_file(content) if isinstance(content, str) else cutter.cut_buf(content)
    for piece in pieces:
        yield Chunk(hashlib.sha256(piece.data).hexdigest(), piece.data)
