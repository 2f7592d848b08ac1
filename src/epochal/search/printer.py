"""From tree to text: the canonical spelling, which parses to the same tree again."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from epochal.errors import InvalidParameterError
from epochal.search.times import spell_duration
from epochal.search.tree import And, Comparison, Moment, Not, Or

if TYPE_CHECKING:
    from epochal.search.tree import Entity, Field, Node, OrderBy, Value

_PREFIXES: dict[Entity, str] = {
    "attribute": "",
    "metric": "metrics.",
    "param": "params.",
    "tag": "tags.",
    "dataset": "datasets.",
}
_BARE = re.compile(r"[\w.]+")


def to_text(node: Node) -> str:
    """The filter that means this tree.

    Raises InvalidParameterError for what the language cannot spell: NaN, and a text that holds
    single and double quotes and doubles neither.
    """
    if isinstance(node, Comparison):
        return _comparison(node)
    if isinstance(node, Not):
        return f"NOT {_within(node.part, And, Or)}"
    if isinstance(node, And):
        return " AND ".join(_within(part, And, Or) for part in node.parts)
    return " OR ".join(_within(part, Or) for part in node.parts)


def to_order_by(ordering: OrderBy) -> str:
    """The order_by clause that means this ordering."""
    return f"{to_name(ordering.field)} {'DESC' if ordering.descending else 'ASC'}"


def to_name(field: Field) -> str:
    """A field as it is written in filters and orderings."""
    return f"{field.function}({_name(field)})" if field.function else _name(field)


def quoted(value: str) -> str:
    """A text in quotes. Raises InvalidParameterError where no quotes can hold it."""
    for quote in "'\"":
        # A doubled quote inside stays as it is and does not end the text.
        if quote not in value.replace(quote * 2, ""):
            return f"{quote}{value}{quote}"
    raise InvalidParameterError(
        f"The text {value!r} holds single and double quotes; a filter cannot spell it."
    )


def _within(node: Node, *looser: type) -> str:
    """A part, in parentheses where it would else be torn apart."""
    return f"({to_text(node)})" if isinstance(node, looser) else to_text(node)


def _comparison(node: Comparison) -> str:
    left = f"{to_name(node.field)} {node.operator}"
    if node.value is None:
        return left
    if not isinstance(node.value, tuple):
        return f"{left} {_value(node.value)}"
    values = [_value(value) for value in node.value]
    if "BETWEEN" in node.operator:
        return f"{left} {' AND '.join(values)}"
    return f"{left} ({', '.join(values)})"


def _name(field: Field) -> str:
    prefix = f"{field.relation}." if field.relation else ""
    prefix += _PREFIXES[field.entity]
    if _BARE.fullmatch(field.key):
        return f"{prefix}{field.key}"
    return f"{prefix}`{field.key.replace('`', '``')}`"


def _value(value: Value) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Moment):
        if not value.offset_ms:
            return "now"
        sign = "-" if value.offset_ms < 0 else "+"
        return f"now {sign} {spell_duration(abs(value.offset_ms))}"
    if math.isnan(value):
        raise InvalidParameterError("NaN cannot be written in a filter; use a number.")
    if math.isinf(value):
        return "1e400" if value > 0 else "-1e400"
    return repr(value).replace("e+", "e")
