"""Which keys metrics, params and tags may have."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache

from epochal.errors import InvalidParameterError
from epochal.rules.limits import MAX_KEY_LENGTH

_ALLOWED = re.compile(r"[/\w.\- :]+")


@lru_cache(maxsize=65_536)
def check_key(kind: str, key: str) -> None:
    """Accept a metric, param or tag key, or say what is wrong with it.

    Remembers keys that passed: hot paths check the same few keys millions of times.

    Raises:
        InvalidParameterError: empty, longer than 250 characters, characters other than
            word characters, `/ . - :` and space, or not a normalised relative path.

    """
    if not isinstance(key, str):  # pyright: ignore[reportUnnecessaryIsInstance] - users' code
        raise not_a_text(kind, key)
    fault = _fault(key)
    if fault is not None:
        shown = key if len(key) <= MAX_KEY_LENGTH else f"{key[:60]}…"
        raise InvalidParameterError(f"Invalid {kind} name {shown!r}: {fault}")


def not_a_text(kind: str, key: object) -> InvalidParameterError:
    """The error for a key that is no text."""
    return InvalidParameterError(
        f"Invalid {kind} name {key!r}: it must be a text, not {type(key).__name__}"
    )


def _fault(key: str) -> str | None:
    if not key:
        return "it is empty; give it at least one character"
    if len(key) > MAX_KEY_LENGTH:
        return f"with {len(key)} characters it exceeds the maximum length of {MAX_KEY_LENGTH}"
    if not _ALLOWED.fullmatch(key):
        return (
            "names may only contain letters, digits, underscores (_), dashes (-), "
            "periods (.), spaces ( ), colons (:) and slashes (/)"
        )
    if not _is_normalised(key):
        right = posixpath.normpath(posixpath.join("/", key)).strip("/")
        advice = f"{right!r} would be right, " if right else ""
        return (
            f"names are paths: {advice}"
            "without '//', './', a leading '/' or '..', or a trailing '/'"
        )
    return None


def _is_normalised(key: str) -> bool:
    return key == posixpath.normpath(key) and key != "." and not key.startswith(("..", "/"))
