"""Letters whatever their case: one rule for `ILIKE` and `(?i)`, on every database.

It is what ICU and Python call lower case, one character for one: `İ` counts as `i`, which would
become two characters, and a sigma is one at the end of a word too, which would depend on what stands around it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache

Ranges = tuple[tuple[int, int], ...]

_LAST_CASED = 0x1F000  # no letter beyond has a case
DOTTED = ("İ", "i")
SIGMA = ("\u03c2", "\u03c3")


def fold(text: str) -> str:
    """The text in lower case, of the same length."""
    return text.replace(*DOTTED).lower().replace(*SIGMA)


def widened(ranges: Ranges) -> Ranges:
    """The ranges of codes along with the other cases of the characters in them."""
    cased, variants = _variants()
    found = list(ranges)
    for low, high in ranges:
        for code in cased[bisect_left(cased, low) : bisect_right(cased, high)]:
            found += [(other, other) for other in variants[code] if not low <= other <= high]
    return _merged(found)


def _merged(ranges: list[tuple[int, int]]) -> Ranges:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


@cache
def _variants() -> tuple[list[int], dict[int, list[int]]]:
    """The characters that have a case, in order, and all cases of each. Takes 30 ms, once."""
    groups: dict[str, list[int]] = {}
    for code in range(_LAST_CASED):
        groups.setdefault(fold(chr(code)), []).append(code)
    variants = {code: group for group in groups.values() if len(group) > 1 for code in group}
    return sorted(variants), variants
