"""Answers to people who are writing a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.wire import search as wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.services import Services


def _complete(services: Services, asked: wire.Complete) -> bytes:
    cursor = len(asked.text) if asked.cursor is None else asked.cursor
    found = services.completions.complete(asked.text, cursor, asked.experiment_ids, asked.kind)
    return wire.encode_completion(found)


ANSWERS: dict[str, Callable[[Services, Any], bytes]] = {"search/complete": _complete}
