"""Requests and responses about the catalogue of fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from epochal.wire.decoding import Message
from epochal.wire.encoding import encode
from epochal.wire.numbers import Int64  # noqa: TC001 - msgspec reads annotations

if TYPE_CHECKING:
    from epochal.entities import KnownField, Page


class ListFields(Message):
    """Which fields the runs of some experiments have."""

    experiment_ids: list[str] = msgspec.field(default_factory=list[str])
    kinds: list[str] = msgspec.field(default_factory=list[str])
    prefix: str = ""
    max_results: Int64 = 1000
    page_token: str = ""


def encode_fields(page: Page[KnownField]) -> bytes:
    """The answer to `fields`."""
    fields = [
        {
            "field": found.field,
            "kind": found.kind,
            "key": found.key,
            "type": found.type,
            "count": found.count,
            "is_exact": found.is_exact,
        }
        for found in page.items
    ]
    return encode({"fields": fields, "next_page_token": page.token or ""})
