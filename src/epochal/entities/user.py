from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Permission = Literal["public", "read", "edit", "manage", "admin"]
"""What a route asks of its caller, each including the one before it."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a request, and the most that they may do."""

    name: str
    permission: Permission


LOCAL_USER = Caller(name="", permission="admin")
"""Whoever reaches a server that is bound to this machine only and has no accounts."""
