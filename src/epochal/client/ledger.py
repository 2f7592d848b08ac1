"""What was delivered from an offline folder to one store, noted beside it to save repetition.

Losing it costs time only: our stores know how far each writer has come, and files are whole
whenever they are written.
"""

from __future__ import annotations

import contextlib
import json
import os
from hashlib import sha256
from typing import Any, cast

FOLDER = "synced"


class Ledger:
    """Notes in a file of the folder. One process uses it; of two the last one's notes stay."""

    def __init__(self, folder: str, target: str) -> None:
        name = sha256(target.encode()).hexdigest()[:16]
        self._path = os.path.join(folder, FOLDER, f"{name}.json")
        kept = _read(self._path)
        self.runs: dict[str, str] = kept.get("runs", {})
        """The ids that a store of MLflow's gave to our runs."""
        self.writers: dict[str, int] = kept.get("writers", {})
        """How far each writer of a run was delivered; of use where the store does not know."""
        self._files: dict[str, list[int]] = kept.get("files", {})

    def has_file(self, path: str, state: os.stat_result) -> bool:
        """Whether a file was delivered as it is now."""
        return self._files.get(path) == [state.st_size, state.st_mtime_ns]

    def note_file(self, path: str, state: os.stat_result) -> None:
        """Remember that a file was delivered."""
        self._files[path] = [state.st_size, state.st_mtime_ns]

    def save(self) -> None:
        """Keep the notes, if the folder takes them."""
        notes = {"runs": self.runs, "writers": self.writers, "files": self._files}
        partial = f"{self._path}.{os.getpid()}"
        with contextlib.suppress(OSError):
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            with open(partial, "w", encoding="utf-8") as file:
                json.dump(notes, file)
            os.replace(partial, self._path)


def _read(path: str) -> dict[str, Any]:
    try:
        with open(path, encoding="utf-8") as file:
            kept: object = json.load(file)
    except (OSError, ValueError):
        return {}
    return cast("dict[str, Any]", kept) if isinstance(kept, dict) else {}
