from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

FieldKind = Literal["attribute", "metric", "param", "tag"]
FieldValues = Literal["number", "text", "date"]

_PLAIN_KEY = re.compile(r"[A-Za-z_][\w.]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class RunTable:
    """Runs as columns: the n-th value of each column belongs to the n-th run.

    Values are numbers or texts, None where a run has none; NaN is a value.
    """

    run_ids: list[str]
    columns: dict[str, list[Any]]
    token: str | None = None


@dataclass(frozen=True, slots=True)
class RunGroup:
    """Runs that have the same values: which, how many, and what is said of all of them."""

    by: list[Any]
    count: int
    aggregates: list[float | None]


@dataclass(frozen=True, slots=True)
class ValueCount:
    """One value of a field and how many runs have it."""

    value: Any
    count: int


@dataclass(frozen=True, slots=True)
class KnownField:
    """A field that runs have. `count` is the number of such runs, exact or an estimate."""

    kind: FieldKind
    key: str
    type: FieldValues
    count: int
    is_exact: bool = True

    @property
    def field(self) -> str:
        """The field as it is written in a filter, its key quoted where it must be."""
        if self.kind == "attribute":
            return self.key
        if _PLAIN_KEY.fullmatch(self.key):
            return f"{self.kind}s.{self.key}"
        quote = '"' if "`" in self.key else "`"
        return f"{self.kind}s.{quote}{self.key}{quote}"
