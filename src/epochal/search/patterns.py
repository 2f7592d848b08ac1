"""LIKE and ILIKE: `%` stands for any text, `_` for one character, nothing escapes them.

For stores whose own LIKE folds only ASCII or takes time exponential in the number of `%`.
"""

from __future__ import annotations

import re
from functools import lru_cache


def is_like(pattern: str, text: str) -> bool:
    """Whether the whole text fits the pattern, case counting."""
    return _compiled(pattern).match(text) is not None


def is_ilike(pattern: str, text: str) -> bool:
    """Whether the whole text fits the pattern, both in lower case (all of Unicode)."""
    return _compiled(pattern.lower()).match(text.lower()) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as an expression that never goes back over a part it has placed.

    Placing each part between two `%` as early as possible is never wrong, so each may be atomic:
    the time is at most the length of the pattern times the length of the text.
    """
    first, *rest = (
        "".join("." if char == "_" else re.escape(char) for char in part)
        for part in pattern.split("%")
    )
    if not rest:
        return re.compile(rf"{first}\Z", re.DOTALL)
    *middle, last = rest
    placed = "".join(f"(?>.*?{part})" for part in middle if part)
    return re.compile(rf"{first}{placed}.*{last}\Z", re.DOTALL)
