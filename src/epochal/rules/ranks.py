"""Which of many writers measured a point: a label at the end of its metric's key.

A run that several processes train together has one series of each key and rank, spelled
`loss/rank:3`. That is a legal key everywhere, so that every client of MLflow sees it too.
"""

from __future__ import annotations

import re

from epochal.errors import InvalidParameterError

_LABEL = re.compile(r"(?s)(.+)/rank:(0|[1-9][0-9]{0,8})")
MAX_RANK = 999_999_999


def check_rank(rank: object) -> int:
    """The rank, a whole number from 0 on. Raises InvalidParameterError."""
    if isinstance(rank, bool) or not isinstance(rank, int) or not 0 <= rank <= MAX_RANK:
        raise InvalidParameterError(
            f"Invalid rank {rank!r}: it must be a whole number from 0 to {MAX_RANK}"
        )
    return rank


def label_key(key: str, rank: int) -> str:
    """The key under which a writer of some rank keeps its points."""
    return f"{key}/rank:{rank}"


def split_key(key: str) -> tuple[str, int | None]:
    """What a key measures, and the rank that measured it, None if it has no label."""
    match = _LABEL.fullmatch(key)
    return (match[1], int(match[2])) if match else (key, None)
