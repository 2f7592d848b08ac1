"""The text of a filter or an ordering, cut into tokens that know where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from epochal.errors import SearchSyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterator

TokenKind = Literal["word", "number", "text", "backquoted", "comparator", "symbol", "end"]

MAX_LENGTH = 20_000  # characters; 500 clauses of ordinary length fit

# A backslash means nothing. A doubled quote does not end a text, yet stays doubled in it: that is
# MLflow's reading. A doubled backquote is one backquote of the key. The possessive `*+` keeps an unclosed quote from being looked for twice.
_PATTERN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<text>'(?:[^']|'')*+'|"(?:[^"]|"")*+")
    | (?P<backquoted>`(?:[^`]|``)*+`)
    | (?P<number>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![\w.]))
    | (?P<word>[\w.]+)
    | (?P<comparator><=|>=|!=|==|<>|=~|!~|<|>|=)
    | (?P<symbol>.)
    """,
    re.VERBOSE | re.DOTALL,
)
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # no text of ours can hold these


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text as written, and the character it begins at."""

    kind: TokenKind
    text: str
    position: int

    @property
    def content(self) -> str:
        """The text without its quotes."""
        if self.kind == "backquoted":
            return self.text[1:-1].replace("``", "`")
        return self.text[1:-1] if self.kind == "text" else self.text

    @property
    def keyword(self) -> str:
        """The word in upper case, as keywords are compared; empty for anything but a word."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def end(self) -> int:
        """The character behind it."""
        return self.position + len(self.text)

    def touches(self, after: Token) -> bool:
        """Whether `after` follows with nothing between."""
        return self.end == after.position


def tokenize(text: str, what: str) -> list[Token]:
    """Tokens in order, closed by one of kind `end`. `what` names the text in errors.

    Raises SearchSyntaxError for a text that is too long, that holds characters no stored text
    can hold, or that leaves a quote open.
    """
    _check(text, what)
    tokens: list[Token] = []
    for token in scan(text):
        if token.kind == "symbol" and token.text in "'\"`":
            raise SearchSyntaxError(
                f"Invalid clause(s) in {what}: the quote {token.text} at character "
                f"{token.position} is never closed.",
                token.position,
            )
        tokens.append(token)
    tokens.append(Token("end", "", len(text)))
    return tokens


def scan(text: str) -> Iterator[Token]:
    """Tokens in order, whatever the text; a quote that is never closed is a symbol."""
    for match in _PATTERN.finditer(text):
        kind = cast("TokenKind | Literal['space']", match.lastgroup)
        if kind != "space":
            yield Token(kind, match.group(), match.start())


def end_of_token(text: str, position: int) -> int:
    """Behind which character the token at `position` ends; a mark always has some width."""
    match = _PATTERN.match(text, position)
    return match.end() if match and match.lastgroup != "space" else position + 1


def _check(text: str, what: str) -> None:
    if len(text) > MAX_LENGTH:
        raise SearchSyntaxError(
            f"Invalid {what}: it has {len(text)} characters, at most {MAX_LENGTH} are allowed.",
            MAX_LENGTH,
        )
    found = UNSTORABLE.search(text)
    if found:
        raise SearchSyntaxError(
            f"Invalid {what}: the character {found.group()!r} at character {found.start()} "
            f"is not allowed in text.",
            found.start(),
        )
