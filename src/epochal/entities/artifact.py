from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileInfo:
    """One entry of an artifact folder. `file_size` is in bytes, None for folders."""

    path: str
    is_dir: bool
    file_size: int | None = None
