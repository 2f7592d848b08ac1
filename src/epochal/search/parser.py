"""From text to tree: filters and orderings, by recursive descent.

    filter     := clause { AND clause }
    clause     := name comparator value | name [NOT] IN list | name IS [NOT] NULL
    name       := [entity "."] key | function "(" name ")"
    ordering   := name [ASC | DESC]

Words of the language are free in case. Only AND joins clauses today; OR, NOT, BETWEEN and
parentheses are recognised and refused in one place, `_Filter._term` and `_Filter.read`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from epochal.errors import SearchSyntaxError
from epochal.search.fields import TABLES
from epochal.search.reader import ENTITY_WORDS, Reader
from epochal.search.tree import And, Comparison, OrderBy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.search.fields import FieldTable, FieldType
    from epochal.search.lexer import Token
    from epochal.search.reader import Name
    from epochal.search.tree import Field, Kind, Node, Operator

MAX_CLAUSES = 500
MAX_ORDERINGS = 32
MAX_PATTERN_LENGTH = 8_000  # characters; no value is longer, and SQLite takes 50,000 bytes

_INT64 = range(-(2**63), 2**63)
_INTEGER = re.compile(r"[+-]?[0-9]{1,19}")
_IDENTIFIER = re.compile(r"\s*[+-]?[0-9]{1,18}\s*")
_FILTER = "filter string"
# Comparators of other languages, refused by name rather than as a puzzle.
_FOREIGN = {"RLIKE", "REGEXP", "GLOB", "MATCH", "CONTAINS", "SIMILAR"}


def parse_filter(text: str | None, kind: Kind) -> Node | None:
    """The tree of a filter; None for no filter. A single clause is a Comparison, more are an And.

    Raises SearchSyntaxError or UnknownFieldError, both with the position of the fault.
    """
    if not text:
        return None
    reader = Reader(text, _FILTER, TABLES[kind])
    if reader.is_done:
        raise SearchSyntaxError(
            f"Invalid filter '{text}'. Could not be parsed: it holds white space only. "
            f"For example: {TABLES[kind].example}",
            0,
        )
    return _Filter(reader).read()


def parse_order_by(clauses: Sequence[str], kind: Kind) -> tuple[OrderBy, ...]:
    """The orderings that a list of clauses means, most important first.

    Raises SearchSyntaxError or UnknownFieldError; positions count within the faulty clause.
    """
    if len(clauses) > MAX_ORDERINGS:
        raise SearchSyntaxError(
            f"Invalid order_by: it has {len(clauses)} clauses, at most {MAX_ORDERINGS} "
            f"are allowed.",
            0,
        )
    orderings = tuple(_ordering(clause, TABLES[kind]) for clause in clauses)
    fields = [ordering.field for ordering in orderings]
    if TABLES[kind].are_repeats_refused and len(set(fields)) < len(fields):
        raise SearchSyntaxError(f"`order_by` contains duplicate fields: {list(clauses)}", 0)
    return orderings


class _Filter:
    """One filter being read."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._table = reader.table

    def read(self) -> Node:
        """Read the whole text."""
        parts = [self._term()]
        while not self._reader.is_done:
            joint = self._reader.advance()
            self._expect_and(joint)
            if self._reader.is_done:
                raise self._reader.invalid(joint, "A clause is missing behind it.")
            if len(parts) == MAX_CLAUSES:
                raise SearchSyntaxError(
                    f"Invalid {_FILTER}: more than {MAX_CLAUSES} clauses are not allowed; "
                    f"the one at character {self._reader.token.position} is too many.",
                    self._reader.token.position,
                )
            parts.append(self._term())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _expect_and(self, joint: Token) -> None:
        if joint.keyword == "AND":
            return
        if joint.text == ";" and not self._reader.is_done:
            raise SearchSyntaxError(
                f"Search filter contained multiple expression '{self._reader.text}'. Provide "
                f"AND-ed expression list instead of ';' at character {joint.position}.",
                joint.position,
            )
        raise self._reader.invalid(joint, "Clauses are joined with AND, and with nothing else.")

    def _term(self) -> Node:
        """Read one clause. Nested expressions will come in here."""
        token = self._reader.token
        if token.keyword in {"AND", "OR", "NOT"} or token.text == "(":
            raise self._reader.invalid(
                token, "Clauses are joined with AND; OR, NOT and parentheses are not supported."
            )
        name = self._reader.read_name()
        position = self._reader.token.position
        comparator = self._comparator()
        field, kind = self._reader.resolve(name)
        operator = self._check_comparator(comparator, position, field, kind)
        if operator in {"IS NULL", "IS NOT NULL"}:
            return Comparison(field, operator)
        if operator in {"IN", "NOT IN"}:
            return Comparison(field, operator, self._list(field, kind))
        position = self._reader.token.position
        value = self._value(field, kind)
        if operator in {"LIKE", "ILIKE"}:
            _check_pattern(value, position)
        return Comparison(field, operator, value)

    def _comparator(self) -> str:
        token = self._reader.advance()
        word = token.keyword
        if token.kind == "comparator":
            return token.text
        if word == "NOT" and self._reader.token.keyword in {"IN", "LIKE", "ILIKE"}:
            return f"NOT {self._reader.advance().keyword}"
        if word == "IS":
            negation = "NOT " if self._reader.token.keyword == "NOT" else ""
            if negation:
                self._reader.advance()
            if self._reader.token.keyword == "NULL":
                self._reader.advance()
                return f"IS {negation}NULL"
        elif word in {"IN", "LIKE", "ILIKE"} or word in _FOREIGN:
            return word
        raise self._reader.invalid(token, "A field is followed by a comparator and a value.")

    def _check_comparator(
        self, comparator: str, position: int, field: Field, kind: FieldType
    ) -> Operator:
        if comparator in kind.operators:
            return comparator
        where = f"(at character {position})"
        entity = ENTITY_WORDS[field.entity]
        if comparator in {"IS NULL", "IS NOT NULL"}:
            message = (
                f"IS NULL / IS NOT NULL is only supported for tags and params, "
                f"not for '{entity}' '{field.key}' {where}."
            )
        elif comparator in {"IN", "NOT IN"} and field.entity == "attribute":
            message = (
                f"Only {self._table.listed_keys()} attributes support comparison with a list of "
                f"quoted string values, not '{field.key}' {where}."
            )
        else:
            message = (
                f"Invalid comparator '{comparator}' not one of {list(kind.operators)} "
                f"for {entity} '{field.key}' {where}."
            )
        raise SearchSyntaxError(f"{message} For example: {self._table.example}", position)

    def _value(self, field: Field, kind: FieldType) -> str | int | float:
        token = self._reader.advance()
        if token.kind == "end" or token.text in {"(", ")", ",", ";"}:
            raise self._reader.invalid(token, "A value is missing behind the comparator.")
        if kind.value in {"number", "integer"}:
            return self._number(token, field, kind)
        if token.kind != "text":
            raise SearchSyntaxError(
                f"Expected a quoted string value for {ENTITY_WORDS[field.entity]} '{field.key}' "
                f"(e.g. 'my-value'). Got value {token.text} at character {token.position}; "
                f"use either single or double quotes.",
                token.position,
            )
        return self._text(token, field, kind)

    def _text(self, token: Token, field: Field, kind: FieldType) -> str:
        if kind.value == "identifier" and not _IDENTIFIER.fullmatch(token.content):
            raise SearchSyntaxError(
                f"Invalid {field.key} {token.text} at character {token.position}; "
                f"it must be a valid integer in quotes, such as '1'.",
                token.position,
            )
        return token.content

    def _number(self, token: Token, field: Field, kind: FieldType) -> int | float:
        what = (
            f"numeric attribute: {field.key}"
            if field.entity == "attribute"
            else f"{ENTITY_WORDS[field.entity]} '{field.key}'"
        )
        if token.kind != "number":
            raise SearchSyntaxError(
                f"Expected numeric value type for {what}. Found {token.text} at character "
                f"{token.position}; write a plain number such as 0.5, without quotes.",
                token.position,
            )
        if _INTEGER.fullmatch(token.text) and int(token.text) in _INT64:
            return int(token.text)
        if kind.value == "integer":
            raise SearchSyntaxError(
                f"Invalid value for numeric attribute '{field.key}': '{token.text}' at character "
                f"{token.position}; write an integer of at most 64 bits.",
                token.position,
            )
        return float(token.text)

    def _list(self, field: Field, kind: FieldType) -> tuple[str, ...]:
        """Read `('a', 'b')`; a comma before the closing parenthesis is allowed."""
        opening = self._reader.advance()
        if opening.text != "(":
            raise self._reader.invalid(opening, "IN is followed by a list: ('a', 'b').")
        values: list[str] = []
        while self._reader.token.text != ")":
            token = self._reader.advance()
            if token.kind != "text":
                raise self._bad_item(token)
            values.append(self._text(token, field, kind))
            if self._reader.token.text == ",":
                self._reader.advance()
            elif self._reader.token.text != ")":
                raise self._bad_item(self._reader.token)
        closing = self._reader.advance()
        if not values:
            raise SearchSyntaxError(
                f"While parsing a list in the query, expected a non-empty list of string values, "
                f"but got empty list at character {closing.position}.",
                closing.position,
            )
        return tuple(values)

    def _bad_item(self, token: Token) -> SearchSyntaxError:
        if token.kind == "end":
            return self._reader.invalid(token, "The list is never closed: ('a', 'b').")
        return SearchSyntaxError(
            f"While parsing a list in the query, expected string value, punctuation, or "
            f"whitespace, but got {token.text} at character {token.position}; "
            f"write quoted strings: ('a', 'b').",
            token.position,
        )


def _check_pattern(pattern: object, position: int) -> None:
    length = len(str(pattern))
    if length > MAX_PATTERN_LENGTH:
        raise SearchSyntaxError(
            f"Invalid filter string: the pattern at character {position} has {length} "
            f"characters, at most {MAX_PATTERN_LENGTH} are allowed.",
            position,
        )


def _ordering(clause: str, table: FieldTable) -> OrderBy:
    reader = Reader(clause, f"order_by clause '{clause}'", table)
    if reader.is_done:
        raise _unreadable(clause, reader.token, "it is empty")
    name = reader.read_name()
    direction = reader.advance()
    if direction.kind != "end" and direction.keyword not in {"ASC", "DESC"}:
        if direction.kind == "word" and reader.is_done:
            raise SearchSyntaxError(
                f"Invalid ordering key in order_by clause '{clause}': '{direction.text}' at "
                f"character {direction.position} is neither ASC nor DESC.",
                direction.position,
            )
        raise _unreadable(clause, direction, "write one field, then ASC or DESC")
    if not reader.is_done:
        raise _unreadable(clause, reader.token, "nothing may follow the direction")
    return OrderBy(_orderable(name, reader), descending=direction.keyword == "DESC")


def _orderable(name: Name, reader: Reader) -> Field:
    field, kind = reader.resolve(name, reader.table.orderable_keys())
    if not kind.is_orderable:
        raise SearchSyntaxError(
            f"Invalid order_by entity: {ENTITY_WORDS[field.entity]} in '{reader.text}' at "
            f"character {name.position}; results are not ordered by it.",
            name.position,
        )
    return field


def _unreadable(clause: str, token: Token, advice: str) -> SearchSyntaxError:
    return SearchSyntaxError(
        f"Invalid order_by clause '{clause}'. Could not be parsed at character "
        f"{token.position}: {advice}, for example 'start_time DESC'.",
        token.position,
    )
