"""The built UI, from the package's own files. Nothing else on the disk is ever looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from epochal.errors import EndpointNotFoundError
from epochal.server.exchange import EVERY_ANSWER

if TYPE_CHECKING:
    from epochal.server.exchange import Exchange, Header

STATIC_FOLDER = Path(__file__).parent.parent / "static"
# Our own pages need no inline style. A logged HTML page does, and its sandboxed frame inherits
# this policy: without the word it would be shown unstyled.
_POLICY = (
    b"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    b"connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    b"frame-ancestors 'self'"
)
_FOREVER = b"public, max-age=31536000, immutable"
_HASHED = re.compile(r"-[A-Za-z0-9_-]{8,}\.\w+$")
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
}
_NOT_BUILT = (
    b"<!doctype html><html lang=en><meta charset=utf-8><title>Epochal</title>"
    b"<h1>The web pages were not built</h1><p>This server runs from a source tree without the "
    b"built UI. Run <code>make ui</code> in the checkout and reload this page. The API works "
    b"without it."
)


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the UI, ready to be sent."""

    body: bytes
    headers: tuple[Header, ...]


@dataclass(slots=True)
class Pages:
    """The files of the UI by the path they are asked with.

    They are read at the first request, so that a start costs nothing, and again when the
    index changed, so that a rebuilt UI needs no restart.
    """

    static_prefix: str = ""
    folder: Path = STATIC_FOLDER
    _files: dict[str, Page] = field(default_factory=dict[str, Page])
    _read_at: int = 0

    async def answer(self, exchange: Exchange, path: str) -> None:
        """Answer with a page. Raises EndpointNotFoundError for a path that is none."""
        if path == self.static_prefix and path:
            location = (b"location", f"{self.static_prefix}/".encode())
            await exchange.answer(b"", (location, *EVERY_ANSWER), 308)
            return
        page = self._find(path)
        status = 200 if page.body is not _NOT_BUILT else 503
        await exchange.answer(page.body, page.headers, status)

    def _find(self, path: str) -> Page:
        if not path.startswith(f"{self.static_prefix}/"):
            raise EndpointNotFoundError(path)
        name = path.removeprefix(f"{self.static_prefix}/")
        if name in {"", "index.html"}:
            self._refresh()
            return self._files.get("index.html") or _page("index.html", _NOT_BUILT)
        if not self._read_at:
            self._refresh()
        found = self._files.get(name)
        if found is None:
            raise EndpointNotFoundError(path)
        return found

    def _refresh(self) -> None:
        index = self.folder / "index.html"
        changed = index.stat().st_mtime_ns if index.is_file() else 0
        if changed and changed != self._read_at:
            self._read_at = changed
            self._files = {
                file.relative_to(self.folder).as_posix(): _page(file.name, file.read_bytes())
                for file in self.folder.rglob("*")
                if file.is_file() and file.suffix in _TYPES
            }


def _page(name: str, body: bytes) -> Page:
    suffix = Path(name).suffix
    cache = _FOREVER if _HASHED.search(name) else b"no-cache"
    headers: tuple[Header, ...] = (
        (b"content-type", _TYPES[suffix].encode()),
        (b"cache-control", cache),
        (b"content-security-policy", _POLICY),
        (b"referrer-policy", b"same-origin"),
        *EVERY_ANSWER,
    )
    return Page(body, headers)
