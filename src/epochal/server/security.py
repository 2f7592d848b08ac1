"""Whether a request may be looked at: which name it came to, and from whose page.

A page from elsewhere in the user's browser can reach a server on this machine. It cannot
choose the Host header of an honest name (that stops DNS rebinding), and the browser tells
its origin on everything that could change something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from epochal.errors import InvalidParameterError, PermissionDeniedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from epochal.server.exchange import Exchange, Header
    from epochal.wire.endpoints import BodyKind

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
WILDCARDS = ("0.0.0.0", "::", "")  # noqa: S104 - recognised here, bound only when asked for
ANY_HOST = "*"
MAX_PORT = 65_535
_AUTHORITY = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?)\.?(?::(\d{1,5}))?")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_JSON = b"application/json"
_PACKED = (b"application/x-msgpack", b"application/msgpack", _JSON)


@dataclass(frozen=True, slots=True)
class Authority:
    """A host, and a port if one is named."""

    host: str
    port: int | None = None

    @classmethod
    def parse(cls, text: str) -> Authority | None:
        """Read `name`, `name:port` or `[v6]:port`; None for anything else."""
        match = _AUTHORITY.fullmatch(text.lower())
        if match is None:
            return None
        port = int(match[2]) if match[2] else None
        return None if port is not None and port > MAX_PORT else cls(match[1], port)


@dataclass(frozen=True, slots=True)
class Gate:
    """The names that this server answers to and the foreign pages that may use it.

    A host without a port stands for the host at any port: behind a tunnel the port differs,
    and only the name protects against rebinding.
    """

    hosts: frozenset[Authority]
    origins: frozenset[str] = frozenset()
    any_host: bool = False
    _seen: set[bytes] = field(default_factory=set[bytes], compare=False, repr=False)

    def check_host(self, exchange: Exchange) -> None:
        """Raises PermissionDeniedError for a Host that is not on the list, or two of them."""
        given = exchange.headers.get(b"host")
        if given in self._seen and _count(exchange, b"host") == 1:
            return
        if self.any_host:
            return
        text = (given or b"").decode("latin-1")
        authority = Authority.parse(text)
        if authority is None or _count(exchange, b"host") != 1 or not self._knows(authority):
            raise PermissionDeniedError(
                f"Invalid Host header {text!r}: this server does not answer to that name. If it "
                "should, start it with --allowed-hosts and the name"
            )
        if given is not None and len(self._seen) < len(self.hosts) + 64:
            self._seen.add(given)  # only names that passed, so the set stays small

    def check_origin(self, exchange: Exchange) -> tuple[Header, ...]:
        """The headers that let a listed foreign page read the answer; none for all others."""
        origin = exchange.header(b"origin")
        if origin is None or origin not in self.origins:
            return ()
        return (
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-allow-credentials", b"true"),
            (b"access-control-expose-headers", b"x-request-id"),
        )

    def check_change(self, exchange: Exchange) -> None:
        """Raises PermissionDeniedError when a foreign page asks for a change."""
        origin = exchange.header(b"origin")
        if origin is not None:
            if origin in self.origins or _is_same_origin(origin, exchange.header(b"host")):
                return
            raise PermissionDeniedError(
                f"Cross-origin request blocked: pages of {origin!r} may not change anything "
                "here. If they should, start the server with --cors-allowed-origins"
            )
        site = exchange.headers.get(b"sec-fetch-site")
        if site not in {None, b"same-origin", b"none"}:
            raise PermissionDeniedError("Cross-origin request blocked")

    def _knows(self, given: Authority) -> bool:
        return given in self.hosts or Authority(given.host) in self.hosts


def build_gate(bound_host: str, hosts: Iterable[str] = (), origins: Iterable[str] = ()) -> Gate:
    """The gate of a server that listens at `bound_host`.

    Raises:
        InvalidParameterError: an entry is no host, or no origin such as https://host:port.

    """
    known = {Authority(name) for name in LOOPBACK}
    if bound_host not in WILDCARDS:
        known.add(_parse_host(f"[{bound_host}]" if ":" in bound_host else bound_host))
    listed = [name.strip() for name in hosts if name.strip()]
    known |= {_parse_host(name) for name in listed if name != ANY_HOST}
    checked = frozenset(_parse_origin(origin.strip()) for origin in origins if origin.strip())
    return Gate(frozenset(known), checked, any_host=ANY_HOST in listed)


def check_content_type(exchange: Exchange, kind: BodyKind) -> None:
    """Raises InvalidParameterError when a body is not said to be what the endpoint takes.

    A foreign page's form cannot say `application/json` without asking for leave first.
    """
    if kind not in {"json", "packed"}:
        return
    given = exchange.headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if given != _JSON and not (kind == "packed" and given in _PACKED):
        wanted = "application/json" + (" or application/x-msgpack" if kind == "packed" else "")
        raise InvalidParameterError(
            f"Bad Request. Content-Type should be {wanted}; "
            f"{given.decode('latin-1') or 'none'!r} was given"
        )


def is_packed(exchange: Exchange) -> bool:
    """Whether a body is MessagePack rather than JSON."""
    return b"msgpack" in exchange.headers.get(b"content-type", b"")


def _count(exchange: Exchange, name: bytes) -> int:
    headers = exchange.scope["headers"]
    if len(exchange.headers) == len(headers):  # no name comes twice
        return int(name in exchange.headers)
    return sum(1 for given, _ in headers if given == name)


def _is_same_origin(origin: str, host: str | None) -> bool:
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return False
    ours = Authority.parse(host or "")
    default = _DEFAULT_PORTS.get(parts.scheme)
    theirs = Authority.parse(parts.netloc)
    if ours is None or theirs is None or default is None:
        return False
    return theirs.host == ours.host and (port or default) == (ours.port or default)


def _parse_host(text: str) -> Authority:
    parsed = Authority.parse(text)
    if parsed is None:
        raise InvalidParameterError(
            f"Invalid allowed host {text!r}: give a name or address such as 'tracker.example', "
            "'tracker.example:5000' or '[::1]', without patterns, or '*' to allow all"
        )
    return parsed


def _parse_origin(text: str) -> str:
    parts = urlsplit(text)
    if (
        parts.scheme not in _DEFAULT_PORTS
        or Authority.parse(parts.netloc) is None
        or text != f"{parts.scheme}://{parts.netloc}"
    ):
        raise InvalidParameterError(
            f"Invalid allowed origin {text!r}: give it as a browser does, such as "
            "'https://tracker.example' or 'http://localhost:3000', without a path or patterns"
        )
    return text
