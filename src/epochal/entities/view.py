from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SavedView:
    """A way to look at runs that has a name, shared by all users of the store.

    `query` is the caller's: filter, order, columns, grouping, charts; the store keeps it whole.
    """

    view_id: str
    name: str
    experiment_ids: list[str] = field(default_factory=list[str])
    query: dict[str, Any] = field(default_factory=dict[str, Any])
    owner: str = ""
    created_ms: int = 0
    updated_ms: int = 0
