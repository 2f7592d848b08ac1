"""What may be written next: fields, comparators, values and joints at a place of a filter.

The parser itself is asked. It reads the text before the word that is being typed and says what
it expected there; so completion knows the grammar no second time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from epochal.entities import Candidate, Completion, Fault
from epochal.errors import EpochalError, SearchSyntaxError
from epochal.search.fields import TABLES
from epochal.search.lexer import MAX_LENGTH, scan
from epochal.search.parser import FilterReader, parse_filter
from epochal.search.printer import quoted, to_name
from epochal.search.reader import Expectation, Reader
from epochal.search.tree import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from epochal.entities import CandidateKind
    from epochal.search.fields import FieldTable
    from epochal.search.lexer import Token
    from epochal.search.tree import Entity, Kind, Relation

MAX_CANDIDATES = 50

_FREE: tuple[Entity, ...] = ("metric", "param", "tag")
_MEANINGS = {
    "=": "equals",
    "!=": "differs, and is there",
    "LIKE": "% is any text, _ one character",
    "ILIKE": "as LIKE, whatever the case",
    "NOT LIKE": "is there and not like it",
    "NOT ILIKE": "is there and not like it, whatever the case",
    "=~": "holds a match of a regular expression",
    "!~": "is there and holds none",
    "IN": "is one of a list",
    "NOT IN": "is there and none of a list",
    "BETWEEN": "from one value to another, both included",
    "NOT BETWEEN": "is there and outside",
    "IS NULL": "is missing",
    "IS NOT NULL": "is there",
}
_BEGUN = re.compile(r"\b(?:IS(?:\s+NOT)?|NOT)\s+\Z", re.IGNORECASE)
_STATUSES = ("RUNNING", "FINISHED", "FAILED", "KILLED", "SCHEDULED")
_TIMES = {"now - 1h": "", "now - 1d": "", "now - 7d": "", "now - 30d": ""}
_DURATIONS = {"60s": "", "10m": "", "1h": "", "1d": ""}


@dataclass(frozen=True, slots=True)
class Known:
    """Something that the store holds, and how many runs have it."""

    text: str
    count: int | None = None


class Catalogue(Protocol):
    """What the store holds that could be asked for. Either may answer with fewer than there are."""

    def keys(self, entity: Entity, part: str) -> Sequence[Known]:
        """Keys of metrics, params or tags that contain `part`, whatever the case."""
        ...

    def values(self, of: Field, prefix: str) -> Sequence[Known]:
        """Texts that a field has, beginning with `prefix`, the most frequent first.

        A field of related runs is asked for as one of runs; other relations stay.
        """
        ...


def complete(text: str, cursor: int, catalogue: Catalogue, kind: Kind = "run") -> Completion:
    """The candidates at a place of a filter. Pure but for the catalogue; never raises for a text.

    `cursor` counts characters; beyond the text it means its end.
    """
    cursor = max(0, min(cursor, len(text)))
    if len(text) > MAX_LENGTH:
        return Completion(cursor, cursor, [], find_fault(text, kind))
    word = _word_at(text, cursor)
    error = find_fault(text, kind)
    begun = _BEGUN.search(text[: word.start])
    expected = _expectation(text[: begun.start()], kind) if begun else None
    if begun and expected and expected.what == "comparator":
        # The second word of `IS NULL` or `NOT IN`: all of the comparator is replaced.
        word = _Word(begun.start(), word.end, " ".join(text[begun.start() : cursor].split()))
        word = replace(word, typed=word.typed + " " * text[:cursor].endswith(" "))
    else:
        expected = _expectation(text[: word.start], kind)
    if expected is None:
        return Completion(word.start, word.end, [], error)
    found = _Candidates(expected, word, catalogue, TABLES[kind]).find()
    return Completion(word.start, word.end, found[:MAX_CANDIDATES], error)


def find_fault(text: str, kind: Kind = "run") -> Fault | None:
    """What the parser has against a filter; nothing against none."""
    if not text.strip():
        return None
    try:
        parse_filter(text, kind)
    except SearchSyntaxError as fault:
        return Fault(fault.reason, fault.position, max(fault.end, fault.position))
    return None


@dataclass(frozen=True, slots=True)
class _Word:
    """What is being typed: its stretch, and the part of it before the cursor."""

    start: int
    end: int
    typed: str


def _word_at(text: str, cursor: int) -> _Word:
    """The run of word pieces, quotes included, that the cursor stands in or behind.

    A quote that is not closed before the cursor opens the piece that is being typed.
    """
    pieces: list[Token] = []
    for token in scan(text[:cursor]):
        if pieces and not pieces[-1].touches(token):
            pieces = []
        if token.kind == "symbol" and token.text in "'\"`":
            start = pieces[0].position if pieces and pieces[-1].text.endswith(".") else None
            start = token.position if start is None else start
            closing = text.find(token.text, cursor)
            end = cursor if closing < 0 or "\n" in text[cursor:closing] else closing + 1
            return _Word(start, end, text[start:cursor])
        if token.kind in {"word", "text", "backquoted", "number"}:
            pieces.append(token)
        else:
            pieces = []
    if not pieces or pieces[-1].end != cursor:
        return _Word(cursor, cursor, "")
    end = cursor
    while pieces[-1].kind in {"word", "number"} and end < len(text) and _continues(text[end]):
        end += 1
    return _Word(pieces[0].position, end, text[pieces[0].position : cursor])


def _continues(character: str) -> bool:
    return character.isalnum() or character in "_."


def _expectation(before: str, kind: Kind) -> Expectation | None:
    """What the parser expects behind a text; None where the text itself is wrong."""
    try:
        reader = Reader(before, "filter string", TABLES[kind])
    except SearchSyntaxError:
        return None
    if reader.is_done:
        return Expectation("clause")
    try:
        FilterReader(reader).read()
    except SearchSyntaxError as fault:
        return reader.expectation if fault.position == reader.token.position else None
    return reader.expectation


class _Candidates:
    """The search for candidates of one kind, for one word."""

    def __init__(
        self, expected: Expectation, word: _Word, catalogue: Catalogue, table: FieldTable
    ) -> None:
        self._expected, self._word = expected, word
        self._catalogue, self._table = catalogue, table

    def find(self) -> list[Candidate]:
        expected = self._expected
        if expected.what in {"clause", "name"}:
            return _ranked(self._names(), self._word.typed)
        if expected.what == "value":
            return list(self._values())
        keywords: dict[str, Iterable[str]] = {
            "comparator": expected.type.all_operators if expected.type else (),
            "between": ("AND",),
            "list": ("(",),
            "item": (",", ")"),
            "joint": ("AND", "OR", *((")",) if expected.depth else ())),
        }
        kind: CandidateKind = "comparator" if expected.what == "comparator" else "keyword"
        offered = (
            Candidate(word, kind, _MEANINGS.get(word, "")) for word in keywords[expected.what]
        )
        typed = self._word.typed.upper()
        return [candidate for candidate in offered if candidate.text.startswith(typed)]

    def _names(self) -> Iterator[Candidate]:
        relation, table = self._relation()
        within = self._expected.what == "name"
        prefix = f"{relation}." if relation else ""
        if not within:
            yield from self._attributes(table, relation)
        for entity in _FREE:
            if entity in table.free and (entity == "metric" or not within):
                yield from self._keys(entity, relation, table)
        if relation is None and not within:
            for name, function in table.functions.items():
                yield Candidate(f"{name}(", "function", function.meaning)
            for name, known in table.relations.items():
                yield Candidate(f"{name}.", "relation", known.meaning)
            yield Candidate("NOT", "keyword", "the complement of what follows")
        for entity in (*_FREE, "dataset"):
            spelled = f"{prefix}{table.spelling(entity)}" if _has(table, entity) else ""
            if spelled and not self._word.typed.startswith(spelled) and not within:
                yield Candidate(spelled, entity, "")

    def _relation(self) -> tuple[Relation | None, FieldTable]:
        for relation, known in self._table.relations.items():
            if self._word.typed.startswith(f"{relation}."):
                return relation, TABLES[known.kind]
        return None, self._table

    def _attributes(self, table: FieldTable, relation: Relation | None) -> Iterator[Candidate]:
        entities: tuple[Entity, ...] = ("attribute", "dataset")
        for entity in entities:
            for key, kind in table.fixed.get(entity, {}).items():
                text = f"{relation}." if relation else ""
                text += f"{table.spelling(entity)}{key}"
                yield Candidate(text, entity, kind.unit or kind.value)

    def _keys(
        self, entity: Entity, relation: Relation | None, table: FieldTable
    ) -> Iterator[Candidate]:
        if table is not self._table and table.kind != "run":
            return  # the catalogue knows what runs have
        typed = self._word.typed.removeprefix(f"{relation}." if relation else "")
        part = next(
            (
                typed[len(word) + 1 :]
                for word, meant in table.prefixes.items()
                if meant == entity and typed.startswith(f"{word}.")
            ),
            typed,
        )
        if "." in typed and part == typed and typed.partition(".")[0] in table.prefixes:
            return  # a prefix of another entity
        for known in self._catalogue.keys(entity, part.strip("`\"'")):
            name = to_name(Field(entity, known.text, relation=relation))
            yield Candidate(name, entity, _counted(known))

    def _values(self) -> Iterator[Candidate]:
        of, kind = self._expected.field, self._expected.type
        if of is None or kind is None:
            return
        typed = self._word.typed
        if kind.unit:
            offered = _TIMES if kind.unit == "time" else _DURATIONS
            for text, detail in offered.items():
                if text.startswith(typed.lower()):
                    yield Candidate(text, "value", detail)
        if kind.value != "text" or self._expected.operator in {"=~", "!~"}:
            return
        part = typed[1:] if typed[:1] in {"'", '"'} else typed
        related = self._table.relations.get(of.relation) if of.relation else None
        asked = replace(of, relation=None) if related and related.kind == "run" else of
        known = self._catalogue.values(asked, part)
        if of.key == "status" and of.entity == "attribute":
            known = [Known(status) for status in _STATUSES if status.startswith(part.upper())]
        for value in known:
            try:
                yield Candidate(quoted(value.text), "value", _counted(value))
            except EpochalError:  # both kinds of quotes in one text: no filter spells it
                continue


def _has(table: FieldTable, entity: Entity) -> bool:
    return entity in table.free or entity in table.fixed


def _counted(known: Known) -> str:
    if known.count is None:
        return ""
    return f"{known.count:,} run{'' if known.count == 1 else 's'}"


def _ranked(candidates: Iterable[Candidate], typed: str) -> list[Candidate]:
    """Those that the typed word may become: beginnings first, then beginnings of the key."""
    wanted = typed.lower().replace("`", "").replace('"', "")

    def rank(candidate: Candidate) -> int | None:
        text = candidate.text.lower().replace("`", "")
        if text.startswith(wanted):
            return 0
        key = text.rpartition(".")[2] if candidate.kind != "relation" else text
        if key.startswith(wanted) or text.partition(".")[2].startswith(wanted):
            return 1
        return 2 if wanted in text else None

    ranks = ((rank(candidate), candidate) for candidate in candidates)
    placed = [(place, candidate) for place, candidate in ranks if place is not None]
    return [candidate for _, candidate in sorted(placed, key=lambda item: item[0])]
