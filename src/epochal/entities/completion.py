"""Help with writing a filter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

CandidateKind = Literal[
    "attribute", "metric", "param", "tag", "dataset", "function", "relation", "keyword",
    "comparator", "value",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to go on: what to write, what it is, and a few words about it."""

    text: str
    kind: CandidateKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the whole text, and from where to where."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Completion:
    """The candidates, best first, and the stretch of the text that each would replace."""

    start: int
    end: int
    candidates: list[Candidate] = field(default_factory=list[Candidate])
    error: Fault | None = None
