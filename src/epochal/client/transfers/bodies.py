"""What is sent in one request: a stretch of a file, straight from the disk where it can be."""

from __future__ import annotations

import io
import ssl
from typing import TYPE_CHECKING, BinaryIO

from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

WHOLE_BYTES = 256 << 10  # up to here a body is read into memory and sent on a kept line
_SLICE_BYTES = 8 << 20  # between two reports of progress


def read_exactly(content: BinaryIO, size: int) -> bytes:
    """The next `size` bytes. Raises InvalidParameterError when there are fewer."""
    data = content.read(size)
    if len(data) < size:
        raise _cut_short(size - len(data))
    return data


def _cut_short(missing: int) -> InvalidParameterError:
    return InvalidParameterError(
        f"A file became shorter while it was being sent: {missing} bytes are missing. "
        "Log it again when nobody writes it any more"
    )


class Body:
    """`size` bytes of a file from `start` on, sent at most once."""

    def __init__(
        self,
        content: BinaryIO,
        start: int,
        size: int,
        on_progress: Callable[[int], None] | None = None,
    ) -> None:
        self._content = content
        self._start = start
        self._size = size
        self._on_progress = on_progress
        self._sent = 0

    def send(self, line: socket.socket) -> OSError | None:
        """Send everything; what broke the line, if something did: an answer may wait behind it.

        Raises:
            InvalidParameterError: the file ended early; the request cannot be completed.

        """
        self._content.seek(self._start)
        try:
            while self._sent < self._size:
                count = self._send_slice(line, min(_SLICE_BYTES, self._size - self._sent))
                if not count:
                    raise _cut_short(self._size - self._sent)
                self._note(count)
        except OSError as fault:
            return fault
        return None

    def _send_slice(self, line: socket.socket, size: int) -> int:
        if not isinstance(line, ssl.SSLSocket) and _has_descriptor(self._content):
            return line.sendfile(self._content, self._start + self._sent, size)
        data = self._content.read(size)
        line.sendall(data)
        return len(data)

    def take_back(self) -> None:
        """Take back the progress that was reported, since all has to be sent again."""
        self._note(-self._sent)

    def _note(self, count: int) -> None:
        self._sent += count
        if self._on_progress:
            self._on_progress(count)


def _has_descriptor(content: BinaryIO) -> bool:
    try:
        content.fileno()
    except (io.UnsupportedOperation, AttributeError):
        return False
    return True
