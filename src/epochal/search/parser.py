"""From text to tree: filters and orderings, by recursive descent.

    search     := filter [AND]
    filter     := both { OR both }
    both       := clause { AND clause }
    clause     := NOT clause | "(" filter ")" | comparison
    comparison := name comparator value | name [NOT] IN "(" value { "," value } ")"
                | name [NOT] BETWEEN value AND value | name IS [NOT] NULL
    name       := [relation "."] [entity "."] key | function "(" name ")"
    value      := number | text | date in quotes | now [("+" | "-") duration] | duration
    ordering   := name [ASC | DESC]

Words of the language are free in case. What MLflow understands means here what it means there.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from epochal.errors import SearchSyntaxError
from epochal.search.algebra import conjunction, disjunction, negation
from epochal.search.fields import TABLES
from epochal.search.lexer import end_of_token
from epochal.search.reader import ENTITY_WORDS, Expectation, Reader
from epochal.search.tree import OrderBy
from epochal.search.values import ValueReader

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from epochal.search.fields import FieldTable, FieldType
    from epochal.search.lexer import Token
    from epochal.search.reader import Name
    from epochal.search.tree import Field, Kind, Node, Operator

MAX_CLAUSES = 500
MAX_DEPTH = 50  # parentheses and NOTs that stand in one another
MAX_ORDERINGS = 32

_FILTER = "filter string"
_NEGATED = {"IN", "LIKE", "ILIKE", "BETWEEN"}
# Comparators of other languages, refused by name rather than as a puzzle.
_FOREIGN = {"RLIKE", "REGEXP", "GLOB", "MATCH", "CONTAINS", "SIMILAR"}
_MEANT = {"==": "=", "<>": "!=", "RLIKE": "=~", "REGEXP": "=~", "SIMILAR": "=~", "MATCH": "=~"}


def parse_filter(text: str | None, kind: Kind) -> Node | None:
    """The tree of a filter; None for no filter. A single clause is a Comparison.

    Raises SearchSyntaxError or UnknownFieldError, both with the position of the fault.
    """
    if not text:
        return None
    with _pointing(text):
        reader = Reader(text, _FILTER, TABLES[kind])
        if reader.is_done:
            raise SearchSyntaxError(
                f"Invalid filter '{text}'. Could not be parsed: it holds white space only. "
                f"For example: {TABLES[kind].example}",
                0,
            )
        return FilterReader(reader).read()


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


@contextmanager
def _pointing(text: str) -> Generator[None]:
    """Let errors show the place in this text."""
    try:
        yield
    except SearchSyntaxError as fault:
        fault.point(text, min(end_of_token(text, fault.position), len(text) + 1))
        raise


class FilterReader:
    """One filter being read."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._depth = 0
        self._clauses = 0

    def read(self) -> Node:
        """Read the whole text."""
        node = self._either()
        if not self._reader.is_done:
            raise self._bad_joint(self._reader.token)
        return node

    def _either(self) -> Node:
        parts = [self._both()]
        while self._reader.token.keyword == "OR":
            self._reader.advance()
            parts.append(self._both())
        return disjunction(parts)

    def _both(self) -> Node:
        parts = [self._clause()]
        while self._reader.token.keyword == "AND":
            self._reader.advance()
            if self._reader.is_done and not self._depth:  # MLflow lets an AND end a filter
                self._expect("clause")
                break
            parts.append(self._clause())
        return conjunction(parts)

    def _clause(self) -> Node:
        self._expect("clause")
        token = self._reader.token
        if token.keyword == "NOT":
            with self._deeper(self._reader.advance()):
                return negation(self._clause())
        if token.text == "(":
            with self._deeper(self._reader.advance()):
                node = self._either()
                if self._reader.token.text != ")":
                    raise self._bad_joint(self._reader.token, open_at=token.position)
                self._reader.advance()
            self._expect("joint")
            return node
        if token.keyword in {"AND", "OR"} or token.kind == "end":
            raise self._reader.invalid(token, "A clause is missing there.")
        return self._comparison()

    @contextmanager
    def _deeper(self, token: Token) -> Generator[None]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise SearchSyntaxError(
                f"Invalid {_FILTER}: at character {token.position} it is nested more than "
                f"{MAX_DEPTH} levels deep; leave out parentheses that change nothing.",
                token.position,
            )
        yield
        self._depth -= 1

    def _expect(self, what: str) -> None:
        self._reader.expectation = replace(
            Expectation("clause", depth=self._depth),
            what=what,  # pyright: ignore[reportArgumentType] - one of the few words of the type
        )

    def _bad_joint(self, joint: Token, open_at: int | None = None) -> SearchSyntaxError:
        if joint.text == ";":
            return SearchSyntaxError(
                f"Search filter contained multiple expression '{self._reader.text}'. Provide "
                f"one expression, joined by AND or OR, instead of ';' at character "
                f"{joint.position}. Invalid clause(s) in {_FILTER}: ';'.",
                joint.position,
            )
        if open_at is not None and joint.kind == "end":
            advice = f"The ( at character {open_at} is never closed."
        elif joint.text == ")":
            advice = "It closes no parenthesis."
        else:
            advice = "Clauses are joined with AND or OR."
        return self._reader.invalid(joint, advice)

    def _comparison(self) -> Node:
        self._count()
        name = self._reader.read_name()
        field, kind = self._reader.resolve(name) if self._reader.is_done else (None, None)
        self._expect("comparator")
        if field is not None:
            self._reader.expectation = replace(self._reader.expectation, field=field, type=kind)
        position = self._reader.token.position
        comparator = self._comparator()
        field, kind = self._reader.resolve(name)
        operator = self._check_comparator(comparator, position, field, kind)
        node = ValueReader(self._reader, field, kind, operator).read()
        self._expect("joint")
        return node

    def _count(self) -> None:
        self._clauses += 1
        if self._clauses > MAX_CLAUSES:
            raise SearchSyntaxError(
                f"Invalid {_FILTER}: more than {MAX_CLAUSES} clauses are not allowed; "
                f"the one at character {self._reader.token.position} is too many.",
                self._reader.token.position,
            )

    def _comparator(self) -> str:
        token = self._reader.advance()
        word = token.keyword
        if token.kind == "comparator":
            return token.text
        if word == "NOT" and self._reader.token.keyword in _NEGATED:
            return f"NOT {self._reader.advance().keyword}"
        if word == "IS":
            negation = "NOT " if self._reader.token.keyword == "NOT" else ""
            if negation:
                self._reader.advance()
            if self._reader.token.keyword == "NULL":
                self._reader.advance()
                return f"IS {negation}NULL"
        elif word in _NEGATED or word in _FOREIGN:
            return word
        raise self._reader.invalid(token, "A field is followed by a comparator and a value.")

    def _check_comparator(
        self, comparator: str, position: int, field: Field, kind: FieldType
    ) -> Operator:
        known = kind.all_operators
        if comparator in known:
            return comparator
        meant = _MEANT.get(comparator)
        hint = f" Did you mean '{meant}'?" if meant in known else ""
        raise SearchSyntaxError(
            f"Invalid comparator '{comparator}' not one of {list(known)} "
            f"for {ENTITY_WORDS[field.entity]} '{field.key}' (at character {position}).{hint} "
            f"For example: {self._reader.table.example}",
            position,
        )


def _ordering(clause: str, table: FieldTable) -> OrderBy:
    with _pointing(clause):
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
    field, kind = reader.resolve(name, None if name.relation else reader.table.orderable_keys())
    if not kind.is_orderable or field.relation:
        what = ENTITY_WORDS[field.entity]
        raise SearchSyntaxError(
            f"Invalid order_by entity: {f'{what} of {field.relation}' if field.relation else what}"
            f" in '{reader.text}' at character {name.position}; results are not ordered by it.",
            name.position,
        )
    return field


def _unreadable(clause: str, token: Token, advice: str) -> SearchSyntaxError:
    return SearchSyntaxError(
        f"Invalid order_by clause '{clause}'. Could not be parsed at character "
        f"{token.position}: {advice}, for example 'start_time DESC'.",
        token.position,
    )
