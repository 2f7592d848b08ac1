"""From a path and a method to an endpoint of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from epochal.errors import EndpointNotFoundError, InvalidParameterError, MethodNotAllowedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from epochal.wire.endpoints import Endpoint

_TAIL = "{path}"


class Routes:
    """All paths of the table. Paths are matched whole, after being decoded exactly once."""

    def __init__(self, endpoints: Iterable[Endpoint], static_prefix: str = "") -> None:
        self._exact: dict[str, dict[str, Endpoint]] = {}
        self._open: dict[str, dict[str, Endpoint]] = {}
        for endpoint in endpoints:
            for path in endpoint.paths:
                table = self._open if path.endswith(_TAIL) else self._exact
                methods = table.setdefault(static_prefix + path.removesuffix(_TAIL), {})
                for method in endpoint.methods:
                    if method in methods:
                        raise ValueError(f"{method} {path} stands in the table twice")
                    methods[method] = endpoint

    def find(self, path: str, raw_path: bytes, method: str) -> tuple[Endpoint, str] | None:
        """The endpoint for a request and what follows its fixed part; None for no such path.

        Raises:
            MethodNotAllowedError: the path is there, but not for this method.
            InvalidParameterError: the path is no UTF-8.

        """
        methods = self._exact.get(path)
        if methods is not None:
            return _for_method(methods, method, path), ""
        decoded = _decode(raw_path) if b"%" in raw_path or not raw_path.isascii() else path
        for fixed, methods in self._open.items():
            if decoded.startswith(fixed):
                return _for_method(methods, method, decoded), decoded[len(fixed) :]
        return None

    def methods(self, path: str) -> list[str]:
        """What a path can be asked with. Raises EndpointNotFoundError."""
        for fixed, methods in (*self._exact.items(), *self._open.items()):
            if path == fixed or (fixed in self._open and path.startswith(fixed)):
                return list(methods)
        raise EndpointNotFoundError(path)


def _for_method(methods: dict[str, Endpoint], method: str, path: str) -> Endpoint:
    endpoint = methods.get(method)
    if endpoint is None:
        raise MethodNotAllowedError(method, path, list(methods))
    return endpoint


def _decode(raw_path: bytes) -> str:
    try:
        return unquote_to_bytes(raw_path).decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidParameterError(
            f"The path {raw_path.decode('latin-1')!r} is not understood: it must be "
            "percent-encoded UTF-8"
        ) from None
