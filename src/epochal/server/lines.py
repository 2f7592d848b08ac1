"""Connections as uvicorn serves them, but with each answer leaving in one piece."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    Data = bytes | bytearray | memoryview

_HEAD_STARTS = b"HTTP/1.1 "
_HEAD_ENDS = b"\r\n\r\n"


class Line(HttpToolsProtocol):
    """One connection of a client."""

    def connection_made(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, transport: asyncio.Transport
    ) -> None:
        """Serve it through a transport that keeps head and body together."""
        super().connection_made(WholeAnswers(transport, self.loop))


class WholeAnswers(asyncio.Transport):
    """Sends the head of an answer together with the first piece of its body.

    uvicorn writes them one after the other: two system calls and often two packets, of which
    the second waits 40 ms wherever the client's delayed acknowledgement meets Nagle's algorithm.
    A head that nothing follows leaves at the end of the loop's round.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._head: Data | None = None
        self._is_due = False  # whether the loop was asked for a flush

    def write(self, data: Data) -> None:
        """Send, or hold a head back for a moment."""
        if self._head is not None:
            data, self._head = b"".join((self._head, data)), None
        elif data[:9] == _HEAD_STARTS and data[-4:] == _HEAD_ENDS:
            self._head = data
            if not self._is_due:
                self._is_due = True
                self._loop.call_soon(self._flush)
            return
        self._transport.write(data)

    def writelines(self, list_of_data: Iterable[Data]) -> None:
        """Send several pieces as one."""
        self.write(b"".join(list_of_data))

    def _flush(self) -> None:
        self._is_due = False
        self._release()

    def _release(self) -> None:
        if self._head is not None:
            data, self._head = self._head, None
            self._transport.write(data)

    def close(self) -> None:
        """Close once all is sent."""
        self._release()
        self._transport.close()

    def abort(self) -> None:
        """Close at once."""
        self._transport.abort()

    def write_eof(self) -> None:
        """Close the sending half."""
        self._release()
        self._transport.write_eof()

    def can_write_eof(self) -> bool:
        """Whether the line can be closed by halves."""
        return self._transport.can_write_eof()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Facts about the line."""
        return self._transport.get_extra_info(name, default)

    def is_closing(self) -> bool:
        """Whether it is closed or will be."""
        return self._transport.is_closing()

    def is_reading(self) -> bool:
        """Whether what comes is read."""
        return self._transport.is_reading()

    def pause_reading(self) -> None:
        """Let the client wait."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Go on reading."""
        self._transport.resume_reading()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Hand the line to another protocol."""
        self._transport.set_protocol(protocol)

    def get_protocol(self) -> asyncio.BaseProtocol:
        """Who serves the line."""
        return self._transport.get_protocol()

    def get_write_buffer_size(self) -> int:
        """Bytes that wait to be sent."""
        return self._transport.get_write_buffer_size() + len(self._head or b"")

    def get_write_buffer_limits(self) -> tuple[int, int]:
        """When the protocol is told to pause and to resume."""
        return self._transport.get_write_buffer_limits()

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Say when the protocol is to be told."""
        self._transport.set_write_buffer_limits(high, low)
