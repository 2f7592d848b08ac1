"""HTTP to one server: kept-alive connections, time limits, credentials, repetition."""

from __future__ import annotations

import base64
import contextlib
import random
import ssl
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import TYPE_CHECKING, Any, BinaryIO, Self, TypeVar, cast
from urllib.parse import unquote, urlsplit

from epochal.client.environment import is_set, number, variable
from epochal.errors import (
    ConnectionLostError,
    EpochalError,
    InvalidParameterError,
    UnavailableError,
    from_wire,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from epochal.client.transfers.bodies import Body

T = TypeVar("T")

TIMEOUT_S = 120.0
MAX_RETRIES = 5  # with waits of 0.2, 0.4, … seconds: a server that restarts is waited for
FIRST_WAIT_S = 0.2
MAX_WAIT_S = 10.0
MAX_IDLE = 8  # connections kept for later
PASSING_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})
HTTP_OK_END = 300
NO_ROOM_STATUS = 507
_CODES = {  # of answers that are no JSON of ours, such as those of proxies and object stores
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "RESOURCE_DOES_NOT_EXIST",
    501: "NOT_IMPLEMENTED",
    NO_ROOM_STATUS: "TEMPORARILY_UNAVAILABLE",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class _NotSentError(ConnectionLostError):
    """No connection came about, so the server cannot have acted: repeating is always safe."""


class Connections:
    """Connections to one server. Safe from many threads; each request has a line of its own."""

    def __init__(self, uri: str, *, is_anonymous: bool = False, max_idle: int = MAX_IDLE) -> None:
        """Take the address, credentials and limits; nothing is connected yet.

        Args:
            uri: the server's address.
            is_anonymous: whether the environment's credentials, which are for the tracking
                server, are kept from it.
            max_idle: how many lines are kept for later requests.

        Raises:
            InvalidParameterError: the URI names no server.

        """
        parts = urlsplit(uri)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise InvalidParameterError(f"{uri!r} names no server; use http://host:port")
        self.is_secure = parts.scheme == "https"
        self.host = parts.hostname
        self.port = parts.port or (443 if self.is_secure else 80)
        self.prefix = parts.path.rstrip("/")
        self.address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{self.prefix}"
        self._headers = {"User-Agent": "epochal-client"}
        if parts.username is not None or not is_anonymous:
            self._headers |= _credentials(parts.username, parts.password)
        self._timeout_s = number("HTTP_REQUEST_TIMEOUT", TIMEOUT_S)
        self._retries = int(number("HTTP_REQUEST_MAX_RETRIES", MAX_RETRIES))
        self._context = _tls() if self.is_secure else None
        self._max_idle = max_idle
        self._idle: list[HTTPConnection] = []
        self._lock = threading.Lock()

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        is_repeatable: bool = True,
        retries: int | None = None,
    ) -> Answer:
        """Send one request and read its whole answer, whatever its status but 5xx and 429.

        Args:
            method: of HTTP.
            path: below the server's address, with the query.
            body: what is sent.
            headers: further ones.
            is_repeatable: whether a request whose answer was lost may be sent again.
            retries: how often; what the environment says if None.

        Raises:
            ConnectionLostError: no answer came.
            EpochalError: the server is out of order, or busy.

        """

        def attempt() -> Answer:
            answer = self._exchange(method, path, body, headers or {}, is_fresh=not is_repeatable)
            if answer.status in PASSING_STATUS:
                raise _failure(answer)
            return answer

        return self._repeated(attempt, is_repeatable=is_repeatable, retries=retries)

    def upload(
        self,
        path: str,
        content: BinaryIO,
        size: int,
        headers: Mapping[str, str],
        *,
        retries: int | None = None,
        on_progress: Callable[[int], None] | None = None,
    ) -> Answer:
        """PUT `size` bytes from where `content` stands; all of them again if the line breaks.

        Raises:
            ConnectionLostError: no answer came.
            InvalidParameterError: the content ended early.
            EpochalError: the server is out of order, or busy.

        """
        from epochal.client.transfers import bodies

        if size <= bodies.WHOLE_BYTES:
            data = bodies.read_exactly(content, size)
            answer = self.request("PUT", path, data, headers, retries=retries)
            if on_progress:
                on_progress(size)
            return answer
        start = content.tell()

        def attempt() -> Answer:
            body = bodies.Body(content, start, size, on_progress)
            answer = self._pour(path, body, {**headers, "Content-Length": str(size)})
            if answer.status in PASSING_STATUS:
                body.take_back()
                raise _failure(answer)
            return answer

        return self._repeated(attempt, is_repeatable=True, retries=retries)

    def _pour(self, path: str, body: Body, headers: Mapping[str, str]) -> Answer:
        """One PUT on a new line: on a kept one that died, much would be sent for nothing."""
        connection = self._connect()
        try:
            connection.putrequest("PUT", self.prefix + path, skip_accept_encoding=True)
            for name, value in {**self._headers, **headers}.items():
                connection.putheader(name, value)
            connection.endheaders()
            broke = body.send(connection.sock)
            response = connection.getresponse()  # a refusal may come before all was sent
            answer = Answer(response.status, response.read(), dict(response.headers.items()))
        except (OSError, HTTPException) as fault:
            connection.close()
            body.take_back()
            raise self._lost(fault) from None
        except BaseException:
            connection.close()
            raise
        if broke is not None:
            connection.close()
            if answer.status < HTTP_OK_END:
                raise self._lost(broke)
            return answer
        self._give_back(connection, response)
        return answer

    def download(
        self, path: str, headers: Mapping[str, str] | None = None, *, retries: int | None = None
    ) -> Download:
        """The body that answers a GET, still to be read; whoever asks closes it."""

        def attempt() -> Download:
            connection = self._take()
            if connection is not None:
                with contextlib.suppress(ConnectionLostError):
                    return self._begin(connection, path, headers or {})
            return self._begin(self._connect(), path, headers or {})

        return self._repeated(attempt, is_repeatable=True, retries=retries)

    def _begin(
        self, connection: HTTPConnection, path: str, headers: Mapping[str, str]
    ) -> Download:
        try:
            connection.request("GET", self.prefix + path, headers={**self._headers, **headers})
            response = connection.getresponse()
            if response.status < HTTP_OK_END:
                return Download(connection, response, path, self._give_back)
            answer = Answer(response.status, response.read(), dict(response.headers.items()))
        except (OSError, HTTPException) as fault:
            connection.close()
            raise self._lost(fault) from None
        self._give_back(connection, response)
        raise _failure(answer)

    def close(self) -> None:
        """Close all idle connections. Idempotent."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _repeated(
        self, attempt: Callable[[], T], *, is_repeatable: bool, retries: int | None
    ) -> T:
        """Try again after faults that pass, with growing waits and as often as allowed."""
        left = self._retries if retries is None else retries
        wait_s = FIRST_WAIT_S
        while True:
            try:
                return attempt()
            except EpochalError as fault:
                is_safe = is_repeatable or isinstance(fault, _NotSentError)
                if left <= 0 or not is_safe or not _may_pass(fault):
                    if isinstance(fault, _NotSentError):  # which users need not tell apart
                        raise ConnectionLostError(fault.message) from None
                    raise
                asked_s = fault.details.get("retry_after_s", 0.0)
            left -= 1
            time.sleep(min(max(wait_s * random.uniform(0.8, 1.2), asked_s), MAX_WAIT_S))  # noqa: S311 - spreads clients out
            wait_s *= 2

    def _exchange(
        self,
        method: str,
        path: str,
        body: bytes | BinaryIO | None,
        headers: Mapping[str, str],
        *,
        is_fresh: bool,
    ) -> Answer:
        """One request and its answer, on a kept line or on a new one."""
        connection = None if is_fresh else self._take()
        is_kept = connection is not None
        connection = connection or self._connect()
        try:
            connection.request(method, self.prefix + path, body, {**self._headers, **headers})
            response = connection.getresponse()
            answer = Answer(response.status, response.read(), dict(response.headers.items()))
        except (OSError, HTTPException) as fault:
            connection.close()
            if is_kept and not isinstance(fault, TimeoutError):
                # The server closed a line that was idle for long; a new one tells the truth.
                return self._exchange(method, path, body, headers, is_fresh=True)
            raise self._lost(fault) from None
        except BaseException:
            connection.close()
            raise
        self._give_back(connection, response)
        return answer

    def _connect(self) -> HTTPConnection:
        connection = (
            HTTPSConnection(self.host, self.port, timeout=self._timeout_s, context=self._context)
            if self.is_secure
            else HTTPConnection(self.host, self.port, timeout=self._timeout_s)
        )
        try:
            connection.connect()
        except OSError as fault:
            connection.close()
            raise _NotSentError(f"{self.address} cannot be reached: {fault}") from None
        return connection

    def _lost(self, fault: Exception) -> ConnectionLostError:
        reason = str(fault) or type(fault).__name__
        return ConnectionLostError(f"The line to {self.address} broke: {reason}")

    def _take(self) -> HTTPConnection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _give_back(self, connection: HTTPConnection, response: HTTPResponse) -> None:
        with self._lock:
            if not response.will_close and len(self._idle) < self._max_idle:
                self._idle.append(connection)
                return
        connection.close()


class Download:
    """The body of a response, read piece by piece; notices when it ends too early.

    A line whose body was read to its end is kept for the next request.
    """

    def __init__(
        self,
        connection: HTTPConnection,
        response: HTTPResponse,
        path: str,
        give_back: Callable[[HTTPConnection, HTTPResponse], None],
    ) -> None:
        self._connection: HTTPConnection | None = connection
        self._response = response
        self._path = path
        self._give_back = give_back
        self.status = response.status
        length = response.getheader("Content-Length")
        self._missing = int(length) if length and length.isdecimal() else None

    def header(self, name: str) -> str | None:
        """A header of the response, None if it has none of that name."""
        return self._response.getheader(name)

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, all that remain if it is negative. Raises ConnectionLostError."""
        try:
            data = self._response.read(None if size < 0 else size)
        except (OSError, HTTPException) as fault:
            raise self._broken(str(fault)) from None
        self._note(len(data), is_at_end=size < 0 or (not data and bool(size)))
        return data

    def readinto(self, buffer: memoryview) -> int:
        """Fill a buffer as far as the body goes; 0 at its end. Raises ConnectionLostError."""
        try:
            count = self._response.readinto(buffer)
        except (OSError, HTTPException) as fault:
            raise self._broken(str(fault)) from None
        self._note(count, is_at_end=not count)
        return count

    def _note(self, count: int, *, is_at_end: bool) -> None:
        if self._missing is None:
            return
        self._missing -= count
        if self._missing > 0 and is_at_end:
            raise self._broken(f"{self._missing} bytes did not come")

    def _broken(self, reason: str) -> ConnectionLostError:
        return ConnectionLostError(f"The download of {self._path!r} broke off: {reason}")

    def close(self) -> None:
        """Keep the line if nothing is left on it, else close it. Idempotent."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        if self._response.isclosed():  # http.client closes a response that was read to its end
            self._give_back(connection, self._response)
            return
        self._response.close()
        connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _may_pass(fault: EpochalError) -> bool:
    return isinstance(fault, ConnectionLostError) or "retry_after_s" in fault.details


def _failure(answer: Answer) -> EpochalError:
    """What a status of 400 and above says; passing ones say in `details` how long to wait."""
    error = error_of(answer)
    if answer.status in PASSING_STATUS:
        asked = answer.headers.get("Retry-After", "")
        passing = UnavailableError(error.message)
        passing.details["retry_after_s"] = float(asked) if asked.isdecimal() else 0.0
        return passing
    return error


def error_of(answer: Answer) -> EpochalError:
    """The error that a server's answer describes, whether it is JSON or a page."""
    import json

    try:
        payload: Any = json.loads(answer.body)
    except ValueError:
        payload = None
    if not isinstance(payload, dict) or "error_code" not in payload:
        text = answer.body[:200].decode("utf-8", "replace").strip()
        reason = f"HTTP {answer.status}: {text}"
        if answer.status == NO_ROOM_STATUS:
            reason = f"The server has no room left on its disk ({reason})"
        payload = {"error_code": _CODES.get(answer.status), "message": reason}
    return from_wire(cast("dict[str, Any]", payload), answer.status)


def _credentials(user: str | None, password: str | None) -> dict[str, str]:
    """The header that says who asks: from the URI, else from the environment."""
    token = variable("TRACKING_TOKEN")
    if user is not None:
        user, password = unquote(user), unquote(password or "")
    else:
        user, password = variable("TRACKING_USERNAME"), variable("TRACKING_PASSWORD")
    if user is not None:
        pair = base64.b64encode(f"{user}:{password or ''}".encode()).decode()
        return {"Authorization": f"Basic {pair}"}
    return {"Authorization": f"Bearer {token}"} if token else {}


def _tls() -> ssl.SSLContext:
    if is_set("TRACKING_INSECURE_TLS"):
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    else:
        context = ssl.create_default_context(cafile=variable("TRACKING_SERVER_CERT_PATH"))
    certificate = variable("TRACKING_CLIENT_CERT_PATH")
    if certificate:
        context.load_cert_chain(certificate)
    return context
