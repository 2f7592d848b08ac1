"""The one type for artifact paths; whoever holds one need not check again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from epochal.errors import InvalidPathError

MAX_PATH_LENGTH = 1000  # characters; object stores stop at 1,024 bytes of key
MAX_SEGMENT_BYTES = 255  # what ext4, APFS and NTFS take for one name
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DRIVE = re.compile(r"^[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class ArtifactPath:
    """A relative path below an artifact root, in segments; none of them can climb out.

    Build it with `parse`. The empty path is the root itself.
    """

    segments: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> ArtifactPath:
        """Check a path as a client spelled it, already decoded once by HTTP.

        Raises:
            InvalidPathError: it is absolute, climbs, holds backslashes, `#`, control
                characters, a drive letter, or does so after another percent-decoding.

        """
        _check(text, text)
        _check(unquote(text), text)
        return cls(tuple(part for part in text.split("/") if part not in {"", "."}))

    @property
    def name(self) -> str:
        """The last segment; empty for the root."""
        return self.segments[-1] if self.segments else ""

    @property
    def parent(self) -> ArtifactPath:
        """The folder that holds this path; the root is its own parent."""
        return ArtifactPath(self.segments[:-1])

    def joined(self, other: ArtifactPath) -> ArtifactPath:
        """The path that leads from here along `other`."""
        return ArtifactPath(self.segments + other.segments)

    def relative_to(self, root: ArtifactPath) -> ArtifactPath | None:
        """What remains below `root`, or None if this path does not lie there."""
        count = len(root.segments)
        if self.segments[:count] != root.segments:
            return None
        return ArtifactPath(self.segments[count:])

    def __str__(self) -> str:
        return "/".join(self.segments)


def _check(candidate: str, original: str) -> None:
    reason = _fault(candidate)
    if reason is not None:
        raise InvalidPathError(original, reason)


def _fault(path: str) -> str | None:
    """What is wrong with a path, None if nothing is."""
    parts = path.split("/")
    faults = {
        f"it is longer than {MAX_PATH_LENGTH} characters": len(path) > MAX_PATH_LENGTH,
        "it is absolute; give a path relative to the artifact root": path.startswith("/")
        or _DRIVE.match(path),
        "it holds a backslash; use '/' between folders": "\\" in path,
        "it holds '#'": "#" in path,
        "it holds control characters": _CONTROL.search(path),
        "'..' would leave the artifact root": ".." in parts,
        "it is not valid Unicode": _SURROGATE.search(path),
        f"a name in it is longer than {MAX_SEGMENT_BYTES} bytes": any(
            len(part.encode("utf-8", "surrogatepass")) > MAX_SEGMENT_BYTES for part in parts
        ),
    }
    return next((reason for reason, holds in faults.items() if holds), None)
