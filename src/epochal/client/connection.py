"""HTTP to one server: kept-alive connections, time limits, credentials, repetition."""

from __future__ import annotations

import base64
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

T = TypeVar("T")

TIMEOUT_S = 120.0
MAX_RETRIES = 5  # with waits of 0.2, 0.4, … seconds: a server that restarts is waited for
FIRST_WAIT_S = 0.2
MAX_WAIT_S = 10.0
MAX_IDLE = 8  # connections kept for later
PASSING_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})
HTTP_OK_END = 300


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

    def __init__(self, uri: str) -> None:
        """Take the address, credentials and limits; nothing is connected yet.

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
        self._headers = {"User-Agent": "epochal-client"} | _credentials(
            parts.username, parts.password
        )
        self._timeout_s = number("HTTP_REQUEST_TIMEOUT", TIMEOUT_S)
        self._retries = int(number("HTTP_REQUEST_MAX_RETRIES", MAX_RETRIES))
        self._context = _tls() if self.is_secure else None
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

    def upload(self, path: str, content: BinaryIO, size: int, content_type: str) -> Answer:
        """PUT a file, read from where it stands; read again from there if the line breaks."""
        start = content.tell()

        def attempt() -> Answer:
            content.seek(start)
            headers = {"Content-Type": content_type, "Content-Length": str(size)}
            answer = self._exchange("PUT", path, content, headers, is_fresh=True)
            if answer.status in PASSING_STATUS:
                raise _failure(answer)
            return answer

        return self._repeated(attempt, is_repeatable=True, retries=None)

    def download(self, path: str) -> Download:
        """The body that answers a GET, still to be read; whoever asks closes it."""

        def attempt() -> Download:
            connection = self._connect()
            try:
                connection.request("GET", self.prefix + path, headers=self._headers)
                response = connection.getresponse()
                if response.status < HTTP_OK_END:
                    return Download(connection, response, path)
                answer = Answer(response.status, response.read())
            except (OSError, HTTPException) as fault:
                connection.close()
                raise self._lost(fault) from None
            connection.close()
            raise _failure(answer)

        return self._repeated(attempt, is_repeatable=True, retries=None)

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
            if not response.will_close and len(self._idle) < MAX_IDLE:
                self._idle.append(connection)
                return
        connection.close()


class Download:
    """The body of a response, read piece by piece; notices when it ends too early."""

    def __init__(self, connection: HTTPConnection, response: HTTPResponse, path: str) -> None:
        self._connection = connection
        self._response = response
        self._path = path
        length = response.getheader("Content-Length")
        self._missing = int(length) if length and length.isdecimal() else None

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, all that remain if it is negative. Raises ConnectionLostError."""
        try:
            data = self._response.read(None if size < 0 else size)
        except (OSError, HTTPException) as fault:
            raise self._broken(str(fault)) from None
        if self._missing is not None:
            self._missing -= len(data)
            if self._missing > 0 and (size < 0 or (not data and size)):
                raise self._broken(f"{self._missing} bytes did not come")
        return data

    def _broken(self, reason: str) -> ConnectionLostError:
        return ConnectionLostError(f"The download of {self._path!r} broke off: {reason}")

    def close(self) -> None:
        """Close the line."""
        self._response.close()
        self._connection.close()

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
    if not isinstance(payload, dict):
        text = answer.body[:200].decode("utf-8", "replace").strip()
        code = {401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED"}.get(answer.status)
        payload = {"error_code": code, "message": f"HTTP {answer.status}: {text}"}
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
