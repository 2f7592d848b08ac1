"""What a client asks a transport for, put together before it is known which transport it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Search:
    """What one search asks for, whichever kind of thing it looks for."""

    filter_text: str | None = None
    order_by: Sequence[str] = ()
    view: int = 1  # entities.ViewType
    max_results: int = 1000
    page_token: str | None = None


@dataclass(frozen=True, slots=True)
class RunDraft:
    """A run to be created."""

    experiment_id: str
    user_id: str
    start_time: int  # milliseconds since the epoch
    run_name: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict[str, str])
