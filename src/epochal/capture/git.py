"""Which commit a script belongs to, read from the files of the repository itself.

Running `git` would cost more than a whole short run of a script, and it may not be installed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from pathlib import Path

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_MAX_BYTES = 16 << 20  # of `packed-refs`; larger ones are not worth the time
_SECTION = re.compile(r'\[remote "origin"\]\s*(?:[#;].*)?')
_URL = re.compile(r"\s*url\s*=\s*(.*?)\s*")


@dataclass(frozen=True, slots=True)
class Checkout:
    """What a working tree is a checkout of; None for what the repository does not say."""

    commit: str
    branch: str | None = None
    url: str | None = None  # of the remote `origin`, without credentials


def find_checkout(place: Path) -> Checkout | None:
    """The checkout that a file or folder lies in, None if it lies in none with a commit."""
    try:
        for folder in (place, *place.parents):
            if (folder / ".git").exists():
                return _read_checkout(folder / ".git")
    except (OSError, ValueError):
        return None
    return None


def _read_checkout(marker: Path) -> Checkout | None:
    own = _follow(marker)
    shared = own
    if (own / "commondir").is_file():  # a linked worktree
        shared = (own / _read(own / "commondir")).resolve()
    head = _read(own / "HEAD")
    branch = None
    commit: str | None = head
    if head.startswith("ref: "):
        name = head.removeprefix("ref: ").strip()
        branch = name.removeprefix("refs/heads/")
        commit = _find_ref(own, name) or _find_ref(shared, name)
    if commit is None or not _COMMIT.fullmatch(commit):
        return None
    return Checkout(commit, branch, _find_url(shared / "config"))


def _follow(marker: Path) -> Path:
    """The repository's folder; submodules and worktrees have a file that names it."""
    if marker.is_dir():
        return marker
    return (marker.parent / _read(marker).removeprefix("gitdir:").strip()).resolve()


def _find_ref(repository: Path, name: str) -> str | None:
    if ".." in name.split("/"):
        return None
    if (repository / name).is_file():
        return _read(repository / name)
    packed = repository / "packed-refs"
    if not packed.is_file() or packed.stat().st_size > _MAX_BYTES:
        return None
    for line in _read(packed).splitlines():
        commit, _, packed_name = line.partition(" ")
        if packed_name == name:
            return commit
    return None


def _find_url(config: Path) -> str | None:
    if not config.is_file():
        return None
    is_origin = False
    for line in _read(config).splitlines():
        if line.strip().startswith("["):
            is_origin = bool(_SECTION.fullmatch(line.strip()))
        elif is_origin and (match := _URL.fullmatch(line)):
            return without_credentials(match.group(1).strip('"'))
    return None


def without_credentials(url: str) -> str:
    """A URL without the user and password that some people keep in it.

    `git@host:path`, where the user is part of the address and no secret, stays as it is.
    """
    if "://" not in url:
        return url
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").strip()
