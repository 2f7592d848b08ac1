"""One line on the terminal that says how far a long transfer is."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Self

from epochal.client.environment import is_set

if TYPE_CHECKING:
    from typing import TextIO

SHOWN_BYTES = 10 * 1000 * 1000  # what is shorter is over before a bar helps
_REDRAW_S = 0.1
_WIDTH = 30
_KILO = 1000


class Progress:
    """Bytes done out of a total. Silent for short transfers, and where nobody looks.

    Safe from any thread. The line is finished at the end of the block.
    """

    def __init__(self, label: str, total: int, output: TextIO | None = None) -> None:
        self._label = label
        self._total = total
        self._output = output or sys.stderr
        self._done = 0
        self._began = time.monotonic()
        self._drawn = 0.0
        self._lock = threading.Lock()
        self.is_shown = (
            total >= SHOWN_BYTES
            and is_set("ENABLE_ARTIFACTS_PROGRESS_BAR", default=True)
            and self._output.isatty()
        )

    def add(self, count: int) -> None:
        """Note that so many more bytes are done; fewer, when some have to be done again."""
        if not self.is_shown:
            return
        with self._lock:
            self._done += count
            now = time.monotonic()
            if now - self._drawn >= _REDRAW_S:
                self._drawn = now
                self._draw(now)

    def _draw(self, now: float) -> None:
        share = min(self._done / self._total, 1.0)
        filled = round(share * _WIDTH)
        speed = self._done / max(now - self._began, 1e-3)
        self._output.write(
            f"\r{self._label}: {share:4.0%} [{'#' * filled}{'.' * (_WIDTH - filled)}] "
            f"{_spelled(self._done)} of {_spelled(self._total)}, {_spelled(speed)}/s \x1b[K"
        )
        self._output.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_shown:
            with self._lock:
                self._draw(time.monotonic())
                self._output.write("\n")


def _spelled(count: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if count < _KILO:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= _KILO
    return f"{count:.1f} TB"
