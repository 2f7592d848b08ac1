"""How reading is called off when nobody waits for the answer any more."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator


class Cancellation:
    """Whether one call is still wanted. One thread may cancel what another one does.

    A backend asks `current()` when it begins to read and looks at `reason` now and then; once
    there is one, what is being read ends with UnavailableError soon. Writes are not called off.
    """

    __slots__ = ("reason",)

    def __init__(self) -> None:
        self.reason = ""

    def cancel(self, reason: str) -> None:
        """Call it off; the first reason stays."""
        self.reason = self.reason or reason

    @contextmanager
    def covering(self) -> Generator[None]:
        """Within, what this thread reads can be called off."""
        token = _CURRENT.set(self)
        try:
            yield
        finally:
            _CURRENT.reset(token)


_CURRENT: ContextVar[Cancellation | None] = ContextVar("cancellation", default=None)


def current() -> Cancellation | None:
    """What may call off the reading that this thread begins now."""
    return _CURRENT.get()
