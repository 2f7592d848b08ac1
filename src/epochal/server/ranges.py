"""The part of a file that a request asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SINGLE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes `start` up to, not including, `stop`."""

    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start


class UnsatisfiableRangeError(ValueError):
    """The range begins behind the end of the file."""


def parse_range(header: str | None, size: int) -> Span | None:
    """The single range that a `Range` header asks for, None for the whole file.

    Several ranges, other units and rubbish mean the whole file, as HTTP allows.

    Raises:
        UnsatisfiableRangeError: nothing of the range lies in the file.

    """
    match = _SINGLE.fullmatch(header.strip()) if header else None
    if match is None or match.group() == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        length = min(int(last), size)
        span = Span(size - length, size)
    else:
        span = Span(int(first), min(int(last) + 1, size) if last else size)
        if last and int(last) < int(first):
            return None
    if span.start >= span.stop:
        raise UnsatisfiableRangeError
    return span
