from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LoggingState = Literal["ok", "lagging", "offline", "degraded"]
"""How the delivery of what was logged goes.

`ok`: all of it is stored, or is about to be. `lagging`: the store takes it, but not fast enough.
`offline`: the store cannot be reached, or shall not be. `degraded`: something was refused and set
aside, or is not safe on disk; somebody should look.
"""


@dataclass(frozen=True, slots=True)
class WriterReport:
    """What a process that logs into a run says about its delivery."""

    run_id: str
    writer: str
    state: LoggingState
    waiting: int  # values that were logged and are not stored yet
    host: str
    pid: int
    rank: int | None = None
    seen_ms: int = 0  # when the store heard of it, milliseconds since the epoch
