from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FileInfo:
    """One entry of an artifact folder. `file_size` is in bytes, None for folders.

    `sha256` is the digest in hexadecimal, where the store knows it without reading the file;
    `etag` changes whenever the content may have. Neither is part of an entry's identity, and
    listings leave both out.
    """

    path: str
    is_dir: bool
    file_size: int | None = None
    sha256: str | None = field(default=None, compare=False, repr=False)
    etag: str | None = field(default=None, compare=False, repr=False)
