"""What a filter says of one thing in memory. Slow, plain, and what the databases must agree with."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Protocol

from epochal.search.cases import fold
from epochal.search.numerals import read_number
from epochal.search.patterns import compiled
from epochal.search.tree import And, Comparison, Moment, Not, Or

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.search.tree import Field, Node, Operator, Value


class Subject(Protocol):
    """Something with fields: a run, an experiment, or what an alert is about."""

    def values(self, field: Field) -> Sequence[str | int | float]:
        """What it has of a field: nothing, one value, or several of a related or read thing."""
        ...


def matches(subject: Subject, node: Node | None, now_ms: int = 0) -> bool:
    """Whether a filter holds; `now_ms` is what `now` means in it."""
    if node is None:
        return True
    if isinstance(node, And):
        return all(matches(subject, part, now_ms) for part in node.parts)
    if isinstance(node, Or):
        return any(matches(subject, part, now_ms) for part in node.parts)
    if isinstance(node, Not):
        return not matches(subject, node.part, now_ms)
    return _compares(subject.values(node.field), node, now_ms)


def _compares(values: Sequence[str | int | float], clause: Comparison, now_ms: int) -> bool:
    operator = clause.operator
    if operator in {"IS NULL", "IS NOT NULL"}:
        return bool(values) == (operator == "IS NOT NULL")
    wanted = clause.value if isinstance(clause.value, tuple) else (clause.value,)
    known = [_known(value, now_ms) for value in wanted if value is not None]
    if not isinstance(known[0], str) and clause.field.entity in {"param", "tag"}:
        values = [number for text in values if (number := read_number(str(text))) is not None]
    return any(_holds(operator, value, known) for value in values)


def _known(value: Value, now_ms: int) -> str | int | float:
    return now_ms + value.offset_ms if isinstance(value, Moment) else value


def _holds(operator: Operator, value: str | float, wanted: Sequence[str | int | float]) -> bool:
    if operator.startswith("NOT ") or operator in {"!=", "!~"}:
        positive: dict[str, Operator] = {"!=": "=", "!~": "=~"}
        return not _holds(positive.get(operator, operator[4:]), value, wanted)  # pyright: ignore[reportArgumentType]
    if isinstance(value, str):
        return _text_holds(operator, value, [str(text) for text in wanted])
    numbers = [number for number in wanted if not isinstance(number, str)]
    if math.isnan(value):
        return False
    return _number_holds(operator, value, numbers)


def _text_holds(operator: Operator, value: str, wanted: Sequence[str]) -> bool:
    if operator == "LIKE":
        return _like(wanted[0], value)
    if operator == "ILIKE":
        return _like(fold(wanted[0]), fold(value))
    if operator == "=~":
        return compiled(wanted[0]).search(value) is not None
    return value in wanted


def _number_holds(operator: Operator, value: float, wanted: Sequence[float]) -> bool:
    if operator == "BETWEEN":
        return wanted[0] <= value <= wanted[1]
    if operator in {"=", "IN"}:
        return value in wanted
    return {
        ">": value > wanted[0],
        ">=": value >= wanted[0],
        "<": value < wanted[0],
        "<=": value <= wanted[0],
    }[operator]


def _like(pattern: str, text: str) -> bool:
    parts = (".*" if c == "%" else "." if c == "_" else re.escape(c) for c in pattern)
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None
