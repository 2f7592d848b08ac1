"""From tree to text: the canonical spelling, which parses to the same tree again."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from epochal.errors import InvalidParameterError
from epochal.search.tree import And

if TYPE_CHECKING:
    from epochal.search.tree import Comparison, Entity, Field, Node, OrderBy

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

    Raises InvalidParameterError for what the language cannot spell: NaN, a key with all three
    kinds of quotes, a text that holds single and double quotes and doubles neither.
    """
    if isinstance(node, And):
        return " AND ".join(to_text(part) for part in node.parts)
    return _comparison(node)


def to_order_by(ordering: OrderBy) -> str:
    """The order_by clause that means this ordering."""
    return f"{_field(ordering.field)} {'DESC' if ordering.descending else 'ASC'}"


def _comparison(node: Comparison) -> str:
    left = f"{_field(node.field)} {node.operator}"
    if node.value is None:
        return left
    if isinstance(node.value, tuple):
        return f"{left} ({', '.join(_text(value) for value in node.value)})"
    if isinstance(node.value, str):
        return f"{left} {_text(node.value)}"
    return f"{left} {_number(node.value)}"


def _field(field: Field) -> str:
    return f"{field.function}({_name(field)})" if field.function else _name(field)


def _name(field: Field) -> str:
    prefix = _PREFIXES[field.entity]
    if _BARE.fullmatch(field.key):
        return f"{prefix}{field.key}"
    if "`" not in field.key:
        return f"{prefix}`{field.key}`"
    return f"{prefix}{_text(field.key)}"


def _text(value: str) -> str:
    for quote in "'\"":
        # A doubled quote inside stays as it is and does not end the text.
        if quote not in value.replace(quote * 2, ""):
            return f"{quote}{value}{quote}"
    raise InvalidParameterError(
        f"The text {value!r} holds single and double quotes; a filter cannot spell it."
    )


def _number(value: float) -> str:
    if math.isnan(value):
        raise InvalidParameterError("NaN cannot be written in a filter; use a number.")
    if math.isinf(value):
        return "1e400" if value > 0 else "-1e400"
    return repr(value).replace("e+", "e")
