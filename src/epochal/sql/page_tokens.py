"""Where a page of a search ended, as opaque text bound to that search."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

_INT64 = range(-(2**63), 2**63)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # no stored text holds these
_MAX_LENGTH = 1_000_000  # an honest token holds at most 32 values of 8,000 characters


@dataclass(frozen=True, slots=True)
class Position:
    """Behind which row the next page begins: its phase and the values it was ordered by."""

    phase: int
    values: tuple[object, ...]


def fingerprint(*parts: object) -> str:
    """A short digest of what a search asks for, page size apart."""
    return hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()[:16]


def encode(position: Position, search: str) -> str:
    """The token of a position in the search with this fingerprint."""
    text = json.dumps([search, position.phase, *position.values])
    return base64.urlsafe_b64encode(text.encode()).decode()


def decode(token: str | None, search: str, phases: Sequence[Sequence[str]]) -> Position | None:
    """The position that a token means; None without one.

    `phases` lists, for each phase, the types of the values it orders by: a forged token must
    not reach the database with values that it cannot compare.
    Raises InvalidParameterError for a token that is not ours or belongs to another search.
    """
    if not token:
        return None
    found, phase, *values = _unpack(token)
    if found != search:
        raise InvalidParameterError(
            f"Invalid page token, it belongs to another search: {token[:80]!r}; pass the same "
            f"filter, order and experiments with it, or no token."
        )
    if isinstance(phase, bool) or not isinstance(phase, int) or not 0 <= phase < len(phases):
        raise _rubbish(token)
    types = phases[phase]
    if len(values) != len(types) or not all(map(_fits, values, types)):
        raise _rubbish(token)
    return Position(phase, tuple(values))


def _unpack(token: str) -> list[Any]:
    if len(token) > _MAX_LENGTH:
        raise _rubbish(token)
    try:
        loaded = json.loads(base64.b64decode(token, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise _rubbish(token) from error
    if not isinstance(loaded, list):
        raise _rubbish(token)
    items = cast("list[Any]", loaded)
    if len(items) < 2:  # noqa: PLR2004 - fingerprint and phase
        raise _rubbish(token)
    return items


def _fits(value: object, kind: str) -> bool:
    """Whether a value can be compared with a column of this type."""
    if value is None or isinstance(value, bool):
        return value is None
    if kind == "text":
        return isinstance(value, str) and not _UNSTORABLE.search(value)
    if isinstance(value, int):
        return value in _INT64
    return kind == "number" and isinstance(value, float)


def _rubbish(token: str) -> InvalidParameterError:
    return InvalidParameterError(
        f"Invalid page token, not one of ours: {token[:80]!r}; pass the next_page_token of the "
        f"page before, or no token for the first page."
    )
