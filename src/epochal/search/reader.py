"""A walk over tokens and the reading of fields, which filters and orderings share."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from epochal.errors import SearchSyntaxError, UnknownFieldError, closest
from epochal.search.fields import TABLES
from epochal.search.lexer import Token, tokenize
from epochal.search.tree import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.search.fields import FieldTable, FieldType
    from epochal.search.tree import Entity, Function, Relation

# MLflow's word for each entity, as its messages spell it.
ENTITY_WORDS: dict[Entity, str] = {
    "attribute": "attribute",
    "metric": "metric",
    "param": "parameter",
    "tag": "tag",
    "dataset": "dataset",
}


_RUN = re.compile(r"[^\s<>=!]*")  # what was surely meant as one name


def _end_of_run(text: str, start: int) -> int:
    match = _RUN.match(text, start)
    return match.end() if match else start


@dataclass(frozen=True, slots=True)
class Name:
    """A field as written: the parts around its first dot. No entity means an attribute."""

    entity: str | None
    key: str
    position: int
    function: Token | None = None  # the word before the parenthesis around it
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What may stand at a place of a text; completion offers it.

    `field` is the one that a comparator or value is for, `operator` the comparator before a
    value, `depth` how many parentheses are open.
    """

    what: Literal["clause", "name", "comparator", "value", "list", "item", "between", "joint"]
    field: Field | None = None
    type: FieldType | None = None
    operator: str = ""
    depth: int = 0


class Reader:
    """A position in a list of tokens, and the table that its fields are looked up in."""

    def __init__(self, text: str, what: str, table: FieldTable) -> None:
        self.text, self.what, self.table = text, what, table
        self._tokens = tokenize(text, what)
        self._index = 0
        self.pattern_size = 0  # of all regular expressions read so far
        self.expectation = Expectation("clause")

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self._tokens[self._index]

    @property
    def is_done(self) -> bool:
        """Whether everything is read."""
        return self.token.kind == "end"

    def advance(self) -> Token:
        """Take the next token; the end stays where it is."""
        token = self.token
        if token.kind != "end":
            self._index += 1
        return token

    def invalid(self, token: Token, advice: str) -> SearchSyntaxError:
        """The error for a token that cannot stand where it does."""
        place = f"at character {token.position}"
        shown = f"'{token.text}' {place}" if token.text else f"it ends too early, {place}"
        return SearchSyntaxError(
            f"Invalid clause(s) in {self.what}: {shown}. "
            f"{advice} For example: {self.table.example}",
            token.position,
        )

    def read_name(self) -> Name:
        """Read `key`, `entity.key`, `entity.` followed by a quoted key, or a function of these."""
        word = self.token
        if word.kind != "word" or "." in word.text or not self._opens(self._index + 1):
            return self._plain_name()
        function = self.advance()
        self._check_function(function)
        self.advance()
        self.expectation = replace(self.expectation, what="name")
        if self.token.kind not in {"word", "backquoted"} or self._opens(self._index + 1):
            raise self._misused(function, self.token)
        name = self._plain_name()
        if self.token.text != ")":
            raise self._misused(function, self.token)
        self.advance()
        return replace(name, function=function)

    def _opens(self, index: int) -> bool:
        return index < len(self._tokens) and self._tokens[index].text == "("

    def _check_function(self, word: Token) -> None:
        known = self.table.functions
        if word.text.lower() in known:
            return
        if not known:
            raise self.invalid(word, f"There are no functions in a search of {self.table.things}.")
        # Only what is surely a slip of the pen: `first_step` is not meant to be `last_step`.
        nearest = closest(word.text.lower(), list(known), cutoff=0.8)
        raise SearchSyntaxError(
            f"Unknown function '{word.text}' at character {word.position} of {self.what}"
            f"{f'; did you mean {nearest!r}?' if nearest else '.'} "
            f"Known functions: {', '.join(known)}. For example: {nearest or 'min'}(metrics.loss)",
            word.position,
        )

    def _misused(self, function: Token, token: Token) -> SearchSyntaxError:
        name = function.text.lower()
        return self.invalid(
            token, f"'{name}' is followed by one metric in parentheses: {name}(metrics.loss)."
        )

    def _plain_name(self) -> Name:
        pieces = [self.advance()]
        if pieces[0].kind not in {"word", "text", "backquoted"}:
            raise self.invalid(
                pieces[0], "A clause begins with a field; its value stands on the right."
            )
        while pieces[-1].touches(self.token) and self.token.kind in {"word", "text", "backquoted"}:
            pieces.append(self.advance())
        position = pieces[0].position
        relation = self._take_relation(pieces)
        entity, key = self._split(pieces)
        self._refuse_unquoted_rest(position, pieces[-1], entity)
        if not key:
            raise self.invalid(
                pieces[0], "A prefix and its key are written without a space and none is empty."
            )
        return Name(entity, key, position, relation=relation)

    def _take_relation(self, pieces: list[Token]) -> Relation | None:
        """Cut `parent.` and its like off the first piece."""
        first = pieces[0]
        for relation in self.table.relations:
            prefix = f"{relation}."
            if first.kind != "word" or not first.text.startswith(prefix):
                continue
            rest = Token("word", first.text[len(prefix) :], first.position + len(prefix))
            pieces[:1] = [rest] if rest.text else []
            if not pieces:
                raise self.invalid(
                    first,
                    f"'{prefix}' is followed by a field: {self._relation_example(relation)}.",
                )
            return relation
        return None

    def _relation_example(self, relation: Relation) -> str:
        return self.table.relations[relation].example

    def _split(self, pieces: list[Token]) -> tuple[str | None, str]:
        """Entity and key; only the first dot separates, and only outside of quotes."""
        first, rest = pieces[0], pieces[1:]
        if not rest:
            if first.kind == "word":
                entity, dot, key = first.text.partition(".")
                if entity:
                    return (entity, key) if dot else (None, entity)
            elif not first.text.startswith("'"):
                return None, first.content
        elif first.kind == "word":
            entity, dot, key = first.text.partition(".")
            if dot and entity and not key and len(rest) == 1:
                return entity, rest[0].content
        elif rest[0].kind == "word" and rest[0].text.startswith("."):
            key = rest[0].text[1:]
            if len(rest) == 1:
                return first.content, key
            if not key and len(rest) == 2:  # noqa: PLR2004 - the dot and a quoted key
                return first.content, rest[1].content
        raise self.invalid(
            first, 'Quote a key as a whole, behind its prefix: tags.`my key` or tags."my key".'
        )

    def _refuse_unquoted_rest(self, start: int, last: Token, entity: str | None) -> None:
        """Explain a key such as `val-loss`, whose first half alone looks like a field."""
        following = self.token
        if not last.touches(following) or following.kind not in {"symbol", "number"}:
            return
        if following.text in {"(", ")", ",", ";"}:
            return
        written = self.text[start : _end_of_run(self.text, start)].removesuffix(")")
        prefix, dot, key = written.partition(f"{entity}.")
        quoted = f"{prefix}{dot}`{key}`" if entity is not None and key else f"`{written}`"
        raise self.invalid(
            following,
            f"A key with other characters than letters, digits, '_' and '.' needs backquotes: "
            f"{quoted}.",
        )

    def resolve(self, name: Name, known: Sequence[str] | None = None) -> tuple[Field, FieldType]:
        """The field that a name means. `known` narrows the attributes that are accepted.

        Raises SearchSyntaxError for an unknown entity and UnknownFieldError for an unknown key.
        """
        table = self._table_of(name.relation)
        entity = "attribute" if name.entity is None else table.prefixes.get(name.entity)
        if entity is None:
            raise self._unknown_entity(name, table)
        allowed = table.keys(entity) if known is None or entity != "attribute" else known
        key = table.aliases.get(name.key, name.key) if entity == "attribute" else name.key
        kind = table.find(entity, key)
        if kind is None or (entity in table.fixed and name.key not in allowed):
            known = [word for word in allowed if word not in table.aliases]  # each field once
            raise UnknownFieldError(
                name.key, name.position, known, ENTITY_WORDS[entity], self._advice(name, table)
            )
        return Field(entity, key, self._function(name, entity), name.relation), kind

    def _table_of(self, relation: Relation | None) -> FieldTable:
        return self.table if relation is None else TABLES[self.table.relations[relation].kind]

    def _function(self, name: Name, entity: Entity) -> Function | None:
        if name.function is None:
            return None
        word = name.function.text.lower()
        if entity != "metric":
            raise SearchSyntaxError(
                f"Invalid {self.what}: '{word}' is a function of metrics, not of "
                f"{ENTITY_WORDS[entity]} '{name.key}' at character {name.position}. "
                f"For example: {word}(metrics.loss)",
                name.position,
            )
        return self.table.functions[word].function

    def _unknown_entity(self, name: Name, table: FieldTable) -> SearchSyntaxError:
        if name.relation is not None and name.entity in self.table.relations:
            return SearchSyntaxError(
                f"Invalid field '{name.relation}.{name.entity}.{name.key}' at character "
                f"{name.position}: only one of {', '.join(self.table.relations)} stands before a "
                f"field, so it is a field of the {name.relation} itself. "
                f"For example: {self._relation_example(name.relation)}",
                name.position,
            )
        words = [ENTITY_WORDS[e] for e in dict.fromkeys(table.prefixes.values())]
        known = [*table.prefixes, *table.relations]
        nearest = closest((name.entity or "").lower(), known)
        hint = f" Did you mean '{nearest}.{name.key}'?" if nearest else ""
        return SearchSyntaxError(
            f"Invalid entity type '{name.entity}'. Valid values are {words} "
            f"(at character {name.position}).{hint} For example: {table.example}",
            name.position,
        )

    def _advice(self, name: Name, table: FieldTable) -> str:
        """What to write instead of a bare word that is no attribute."""
        if name.entity is not None:
            return ""
        entity, _, key = name.key.partition(".")
        if key and entity in table.prefixes:
            return f"Quote the key alone: {entity}.`{key}`."
        key = name.key if name.key.isidentifier() else f"`{name.key}`"
        free = [prefix for prefix in ("metrics", "params", "tags") if _is_free(prefix, table)]
        relation = f"{name.relation}." if name.relation else ""
        spelled = " or ".join(f"{relation}{prefix}.{key}" for prefix in free)
        return f"For what was logged, write {spelled}." if spelled else ""


def _is_free(prefix: str, table: FieldTable) -> bool:
    return table.prefixes.get(prefix) in table.free
