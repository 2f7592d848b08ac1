"""Who may do what. One question, asked once per request, before any service is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from epochal.entities.user import Permission
from epochal.errors import PermissionDeniedError

if TYPE_CHECKING:
    from epochal.entities.user import Caller

_RANK = {name: rank for rank, name in enumerate(get_args(Permission))}


def authorize(caller: Caller, needed: Permission) -> None:
    """Let the caller pass, or raise PermissionDeniedError naming what is missing."""
    if _RANK[caller.permission] < _RANK[needed]:
        raise PermissionDeniedError(
            f"This needs the permission {needed!r}; {caller.name or 'you'} may {caller.permission!r}"
        )
