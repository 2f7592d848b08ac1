from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class SignedPart:
    """One piece of an upload: `size` bytes from `offset` on are PUT to `url` with `headers`."""

    number: int
    url: str
    offset: int = 0
    size: int = 0
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class SignedUpload:
    """An upload that a client does itself. Its `upload_id` says nothing to others."""

    upload_id: str
    parts: Sequence[SignedPart]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a client with a file is to do: nothing, send parts to URLs, or use the proxy."""

    state: Literal["stored", "direct", "proxy"]
    parts: Sequence[SignedPart] = ()
    upload_id: str | None = None
