"""Reading what a field is compared with: texts, numbers, dates, durations and lists of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from epochal.errors import SearchSyntaxError
from epochal.search.fields import NUMERIC
from epochal.search.lexer import Token
from epochal.search.patterns import MAX_SIZE, compiled, read_pattern
from epochal.search.reader import ENTITY_WORDS, Expectation
from epochal.search.times import read_date, read_duration
from epochal.search.tree import Comparison, Moment

if TYPE_CHECKING:
    from epochal.search.fields import FieldType
    from epochal.search.reader import Reader
    from epochal.search.times import Span
    from epochal.search.tree import Field, Operator, Value

MAX_PATTERN_LENGTH = 8_000  # characters; no value is longer, and SQLite takes 50,000 bytes

_INT64 = range(-(2**63), 2**63)
_INTEGER = re.compile(r"[+-]?[0-9]{1,19}")
_IDENTIFIER = re.compile(r"\s*[+-]?[0-9]{1,18}\s*")
_LIKE: frozenset[Operator] = frozenset({"LIKE", "NOT LIKE", "ILIKE", "NOT ILIKE"})
_MATCH: frozenset[Operator] = frozenset({"=~", "!~"})
_NULL: frozenset[Operator] = frozenset({"IS NULL", "IS NOT NULL"})
_LIST: frozenset[Operator] = frozenset({"IN", "NOT IN"})
_RANGE: frozenset[Operator] = frozenset({"BETWEEN", "NOT BETWEEN"})


class ValueReader:
    """Reads what stands behind one field and its comparator."""

    def __init__(self, reader: Reader, field: Field, kind: FieldType, operator: Operator) -> None:
        self._reader = reader
        self._field = field
        self._type = kind
        self._operator: Operator = operator
        self._what = f"{ENTITY_WORDS[field.entity]} '{field.key}'"

    def read(self) -> Comparison:
        """Read the value or the values, and put the clause together."""
        field, operator = self._field, self._operator
        if operator in _NULL:
            return Comparison(field, operator)
        if operator in _LIST:
            return Comparison(field, operator, self._list())
        if operator in _RANGE:
            return Comparison(field, operator, self._range())
        return self._single()

    def _single(self) -> Comparison:
        self._expect("value")
        field, operator = self._field, self._operator
        position = self._reader.token.position
        value = self._value()
        if isinstance(value, tuple):
            spans: dict[Operator, Operator] = {"=": "BETWEEN", "!=": "NOT BETWEEN"}
            whole = spans.get(operator)
            return Comparison(field, whole or operator, value if whole else value[0])
        if operator in _LIKE:
            self._check_like(value, position)
        if operator in _MATCH:
            self._check_pattern(str(value), position)
        return Comparison(field, self._operator, value)

    def _expect(self, what: str) -> None:
        self._reader.expectation = Expectation(
            what,  # pyright: ignore[reportArgumentType] - one of the few words of the type
            self._field,
            self._type,
            self._operator,
            self._reader.expectation.depth,
        )

    def _range(self) -> tuple[Value, Value]:
        self._expect("value")
        low = self._value()
        self._expect("between")
        joint = self._reader.advance()
        if joint.keyword != "AND":
            raise self._reader.invalid(joint, "BETWEEN takes two values: BETWEEN 1 AND 2.")
        self._expect("value")
        high = self._value()
        return (
            low[0] if isinstance(low, tuple) else low,
            high[1] if isinstance(high, tuple) else high,
        )

    def _value(self) -> Value | tuple[int, int]:
        """One value; the span of a date is the instants at which it begins and ends."""
        token = self._reader.advance()
        if token.kind == "end" or token.text in {"(", ")", ",", ";"}:
            raise self._reader.invalid(token, "A value is missing behind the comparator.")
        if self._type.unit == "time":
            return self._time(token)
        if self._type.unit == "duration":
            return self._duration(token)
        if self._type.value in {"number", "integer"}:
            return self._number(token)
        if self._type.takes_numbers and token.kind == "number":
            return self._number_for_text(token)
        if token.kind != "text":
            also = " or a plain number" if self._type.takes_numbers else ""
            raise SearchSyntaxError(
                f"Expected a quoted string value for {self._what} "
                f"(e.g. 'my-value'){also}. Got value {token.text} at character {token.position}; "
                f"use either single or double quotes.",
                token.position,
            )
        return self._text(token)

    def _text(self, token: Token) -> str:
        if self._type.value == "identifier" and not _IDENTIFIER.fullmatch(token.content):
            raise SearchSyntaxError(
                f"Invalid {self._field.key} {token.text} at character {token.position}; "
                f"it must be a valid integer in quotes, such as '1'.",
                token.position,
            )
        if self._operator not in self._type.operators:
            name = f"{ENTITY_WORDS[self._field.entity]}s.{self._field.key}"
            raise SearchSyntaxError(
                f"Invalid comparator '{self._operator}' for the text {token.text} at character "
                f"{token.position}: texts take {list(self._type.operators)}. To compare "
                f"{self._what} as a number, leave the quotes out. "
                f"For example: {name.replace('parameters', 'params')} {self._operator} "
                f"{'1 AND 2' if 'BETWEEN' in self._operator else '1'}",
                token.position,
            )
        return token.content

    def _number_for_text(self, token: Token) -> int | float:
        if self._operator not in NUMERIC:
            raise SearchSyntaxError(
                f"Expected a quoted string value for {self._what} (e.g. 'my-value') behind "
                f"{self._operator}. Got value {token.text} at character {token.position}; use "
                f"either single or double quotes.",
                token.position,
            )
        return self._number(token)

    def _number(self, token: Token) -> int | float:
        if token.kind == "text" and self._type.takes_quotes:
            token = Token("number", token.content, token.position)
        elif token.kind != "number":
            self._refuse_as_number(token, "write a plain number such as 0.5, without quotes")
        if _INTEGER.fullmatch(token.text) and int(token.text) in _INT64:
            return int(token.text)
        if self._type.value == "integer":
            raise SearchSyntaxError(
                f"Invalid value for numeric attribute '{self._field.key}': '{token.text}' at "
                f"character {token.position}; write an integer of at most 64 bits.",
                token.position,
            )
        return float(token.text)

    def _time(self, token: Token) -> int | float | Moment | tuple[int, int]:
        if token.kind == "number":
            if self._reader.token.kind == "number":
                self._refuse_as_number(token, "write a date in quotes: '2026-11-01'")
            return self._number(token)
        if token.keyword == "NOW":
            return self._moment()
        span = read_date(token.content) if token.kind == "text" else None
        if span is None:
            self._refuse_as_number(
                token,
                "write milliseconds since 1970, a date such as '2026-11-01' or "
                "'2026-11-01 14:30+01:00', or a distance such as now - 7d",
            )
        return self._span(span, token)

    def _span(self, span: Span, token: Token) -> tuple[int, int]:
        if self._operator in _LIST:
            raise self._reader.invalid(
                token, "A date covers more than an instant; write = or BETWEEN instead of IN."
            )
        return span.first_ms, span.last_ms

    def _moment(self) -> Moment:
        """The rest of `now - 7d`."""
        sign = self._reader.token
        if sign.text not in {"-", "+"}:
            if sign.kind == "number":
                self._refuse_as_number(sign, "give a unit, as in now - 7d: ms, s, m, h, d or w")
            return Moment()
        self._reader.advance()
        distance = self._reader.advance()
        found = read_duration(distance.text) if distance.kind == "word" else None
        if found is None:
            self._refuse_as_number(
                distance, "a distance from now has a unit, as in now - 7d: ms, s, m, h, d or w"
            )
        return Moment(-found if sign.text == "-" else found)

    def _duration(self, token: Token) -> int | float:
        if token.kind == "number":
            return self._number(token)
        found = read_duration(token.content) if token.kind in {"word", "text"} else None
        if found is None:
            self._refuse_as_number(token, "write seconds, or a duration such as 90s, 2h or 1h30m")
        return found // 1000 if found % 1000 == 0 else found / 1000

    def _refuse_as_number(self, token: Token, advice: str) -> NoReturn:
        field = self._field
        what = (
            f"numeric attribute: {field.key}" if field.entity == "attribute" else f"{self._what}"
        )
        found = token.text or "the end"
        raise SearchSyntaxError(
            f"Expected numeric value type for {what}. Found {found} at character "
            f"{token.position}; {advice}.",
            token.position,
        )

    def _list(self) -> tuple[Value, ...]:
        """Read `('a', 'b')`; a comma before the closing parenthesis is allowed."""
        self._expect("list")
        opening = self._reader.advance()
        if opening.text != "(":
            raise self._reader.invalid(opening, f"IN is followed by a list: {self._example()}.")
        values: list[Value] = []
        self._expect("value")
        while self._reader.token.text != ")":
            values.append(self._item(values))
            self._expect("item")
            if self._reader.token.text == ",":
                self._reader.advance()
                self._expect("value")
            elif self._reader.token.text != ")":
                raise self._bad_item(self._reader.token)
        closing = self._reader.advance()
        if not values:
            raise SearchSyntaxError(
                f"While parsing a list in the query, expected a non-empty list of string values, "
                f"but got empty list at character {closing.position}; write a list such as "
                f"{self._example()}.",
                closing.position,
            )
        return tuple(values)

    def _item(self, before: list[Value]) -> Value:
        token = self._reader.token
        is_text = self._type.value in {"text", "identifier"}
        kinds = {"text"} if is_text else {"number", "word", "text"}
        if is_text and self._type.takes_numbers:
            # All texts or all numbers: they are compared in different ways.
            kinds = {"text", "number"} if not before else {_kind(before[0])}
        if token.kind not in kinds:
            raise self._bad_item(token)
        value = self._value()
        return value[0] if isinstance(value, tuple) else value

    def _bad_item(self, token: Token) -> SearchSyntaxError:
        if token.kind == "end":
            return self._reader.invalid(token, f"The list is never closed: {self._example()}.")
        return SearchSyntaxError(
            f"While parsing a list in the query, expected string value, punctuation, or "
            f"whitespace, but got {token.text} at character {token.position}; "
            f"write a list such as {self._example()}.",
            token.position,
        )

    def _example(self) -> str:
        if self._type.value in {"text", "identifier"}:
            both = "('a', 'b')"
            return f"{both} or (1, 2)" if self._type.takes_numbers else both
        return "(60, 2h)" if self._type.unit == "duration" else "(1, 2)"

    def _check_like(self, value: object, position: int) -> None:
        length = len(str(value))
        if length > MAX_PATTERN_LENGTH:
            raise SearchSyntaxError(
                f"Invalid filter string: the pattern at character {position} has {length} "
                f"characters, at most {MAX_PATTERN_LENGTH} are allowed.",
                position,
            )

    def _check_pattern(self, pattern: str, position: int) -> None:
        try:
            compiled(pattern)
        except SearchSyntaxError as fault:
            place = position + 1 + min(fault.position, len(pattern))
            raise SearchSyntaxError(
                f"{fault.reason.removesuffix('.')} at character {place}. For example: "
                f"params.model =~ '^(lasso|ridge)-v[0-9]+$'",
                place,
            ) from None
        self._reader.pattern_size += read_pattern(pattern).size
        if self._reader.pattern_size > MAX_SIZE:
            raise SearchSyntaxError(
                f"Invalid filter string: with the pattern at character {position} its regular "
                f"expressions have {self._reader.pattern_size} characters to match, counted as "
                f"often as they are repeated; at most {MAX_SIZE} are allowed in one filter.",
                position,
            )


def _kind(value: Value) -> str:
    return "text" if isinstance(value, str) else "number"
