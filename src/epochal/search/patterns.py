r"""Regular expressions that mean the same everywhere and cannot take long.

A pattern is read here, part by part, and spelled anew for whoever matches it: for RE2, which
takes time linear in the text, and by `sql` for PostgreSQL. What the two read differently is
settled while reading: `.` is any character, `^` and `$` are the ends of the whole text, `\d`,
`\w`, `\s` and `\b` know ASCII only, `(?i)` at the beginning lets case not count. There are no
look-arounds and no back-references: they have no linear way.

    pattern := ["(?i)"] branch { "|" branch }
    branch  := { atom [quantifier] | "^" | "$" | "\b" }
    atom    := character | "." | class | "(" pattern ")" | "(?:" pattern ")"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from epochal.errors import SearchSyntaxError
from epochal.search.cases import Ranges, widened

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_LENGTH = 500
MAX_REPEATS = 255  # PostgreSQL takes no more
MAX_SIZE = 1_000  # characters and classes of a filter, counted as often as they are repeated
MAX_COMPILED = 1_000  # more than a filter has clauses, or each row would compile them anew
MAX_GROUPS = 20  # that stand in one another

_LAST = 0x10FFFF
_DIGIT: Ranges = ((48, 57),)
_WORD: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
_SPACE: Ranges = ((9, 13), (32, 32))
_CLASSES: dict[str, tuple[Ranges, bool]] = {
    "d": (_DIGIT, False),
    "D": (_DIGIT, True),
    "w": (_WORD, False),
    "W": (_WORD, True),
    "s": (_SPACE, False),
    "S": (_SPACE, True),
}
_CONTROLS = {"n": 10, "t": 9, "r": 13, "f": 12, "v": 11}
_REPEAT = re.compile(r"\{([0-9]{1,4})(?:(,)([0-9]{1,4})?)?\}")
_CASELESS = "(?i)"


@dataclass(frozen=True, slots=True)
class Spelling:
    """How one engine writes what engines write differently."""

    begin: str
    end: str
    boundary: str
    character: Callable[[int], str]  # one character by its code, for use within brackets too


@dataclass(frozen=True, slots=True)
class Characters:
    """One character out of some ranges of codes, or one that is in none of them."""

    ranges: Ranges
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was read: its parts, where text stands for `|`, groups and repetitions.

    Where case does not count, its characters hold all cases.
    """

    parts: tuple[Characters | str, ...]
    size: int = 0  # how many characters and classes an engine has to write out

    def spell(self, spelling: Spelling) -> str:
        """The pattern for one engine."""
        fixed = {"^": spelling.begin, "$": spelling.end, "\\b": spelling.boundary}
        return "".join(
            fixed.get(part, part)
            if isinstance(part, str)
            else _spell_characters(part, spelling.character)
            for part in self.parts
        )


@lru_cache(maxsize=MAX_COMPILED)
def read_pattern(text: str) -> Pattern:
    """The pattern that a text spells.

    Raises SearchSyntaxError, whose position counts within the pattern.
    """
    if len(text) > MAX_LENGTH:
        raise SearchSyntaxError(
            f"Invalid pattern: it has {len(text)} characters, at most {MAX_LENGTH} are allowed.",
            MAX_LENGTH,
        )
    return _PatternReader(text).read()


@lru_cache(maxsize=MAX_COMPILED)
def compiled(text: str) -> Any:
    """The pattern as RE2 matches it; its `search` says whether a text holds a match.

    Raises SearchSyntaxError.
    """
    import re2  # pyright: ignore[reportMissingTypeStubs]

    pattern = read_pattern(text)
    return re2.compile("(?s)" + pattern.spell(_RE2))  # pyright: ignore[reportUnknownMemberType]


def _spell_characters(part: Characters, character: Callable[[int], str]) -> str:
    if part.ranges == ((0, _LAST),):
        return "."
    code = _only(part.ranges)
    if code is not None and not part.is_negated:
        return character(code)
    inside = "".join(
        character(a) if a == b else f"{character(a)}-{character(b)}" for a, b in part.ranges
    )
    return f"[{'^' if part.is_negated else ''}{inside}]"


def _re2_character(code: int) -> str:
    return chr(code) if chr(code).isalnum() else f"\\x{{{code:x}}}"


_RE2 = Spelling(r"\A", r"\z", r"\b", _re2_character)


def _one(code: int) -> Ranges:
    return ((code, code),)


def _only(ranges: Ranges) -> int | None:
    """The code of the only character in some ranges."""
    (low, high), *others = ranges
    return low if low == high and not others else None


class _PatternReader:
    """One pattern being read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._groups = 0
        self._parts: list[Characters | str] = []
        self._ignores_case = False

    def read(self) -> Pattern:
        self._ignores_case = self._takes(_CASELESS)
        size = self._branches()
        if self._place < len(self._text):
            raise self._fault(") closes no group; write \\) for the character itself")
        if size > MAX_SIZE:
            raise SearchSyntaxError(
                f"Invalid pattern: with its repetitions it has {size} characters to match, at "
                f"most {MAX_SIZE} are allowed.",
                0,
            )
        return Pattern(tuple(self._parts), size)

    def _branches(self) -> int:
        size = self._branch()
        while self._takes("|"):
            self._parts.append("|")
            size += self._branch()
        return size

    def _branch(self) -> int:
        size = 0
        while self._place < len(self._text) and self._text[self._place] not in "|)":
            size += self._piece()
        return size

    def _piece(self) -> int:
        for anchor in ("^", "$", "\\b"):
            if self._takes(anchor):
                self._parts.append(anchor)
                self._refuse_quantifier(anchor)
                return 0
        size = self._atom()
        return size * self._quantifier()

    def _atom(self) -> int:
        if self._takes("("):
            return self._group()
        if self._takes("."):
            self._parts.append(Characters(((0, _LAST),)))
        elif self._takes("["):
            self._parts.append(self._bracket())
        elif self._takes("\\"):
            ranges, is_negated = self._escape()
            is_class = _only(ranges) is None
            self._parts.append(Characters(ranges if is_class else self._cased(ranges), is_negated))
        elif self._text[self._place] in "*+?{}]":
            raise self._fault(
                f"{self._text[self._place]} has nothing to repeat or to close; write "
                f"\\{self._text[self._place]} for the character itself"
            )
        else:
            self._parts.append(Characters(self._cased(_one(self._code()))))
        return 1

    def _group(self) -> int:
        opened = self._place - 1
        if self._takes("?") and not self._takes(":"):
            raise self._fault(
                "(? is followed by : here; (?i) stands at the beginning only, and there are no "
                "look-arounds"
            )
        self._groups += 1
        if self._groups > MAX_GROUPS:
            raise self._fault(f"more than {MAX_GROUPS} groups stand in one another")
        self._parts.append("(?:")
        size = self._branches()
        if not self._takes(")"):
            self._place = opened
            raise self._fault("the group is never closed; write \\( for the character itself")
        self._parts.append(")")
        self._groups -= 1
        return max(size, 1)

    def _quantifier(self) -> int:
        """Read how often the atom may come; answers how often it has to be written out."""
        times = 1
        for sign in "*+?":
            if self._takes(sign):
                self._parts.append(sign)
                break
        else:
            match = _REPEAT.match(self._text, self._place)
            if match is None:
                return 1
            times = self._repetition(match)
        self._takes("?")  # whether few or many are tried first changes no answer
        self._refuse_quantifier("a quantifier")
        return times

    def _repetition(self, match: re.Match[str]) -> int:
        least = int(match[1])
        most = int(match[3]) if match[3] else least
        if most < least or most > MAX_REPEATS:
            raise self._fault(f"{match[0]} must count upwards, to at most {MAX_REPEATS}")
        self._place = match.end()
        self._parts.append(f"{{{least}{match[2] or ''}{(match[3] and most) or ''}}}")
        return max(most, 1)

    def _refuse_quantifier(self, what: str) -> None:
        rest = self._text[self._place : self._place + 1]
        if (rest and rest in "*+?") or _REPEAT.match(self._text, self._place):
            raise self._fault(f"{rest} cannot follow {what}; put what is repeated into (…)")

    def _escape(self) -> tuple[Ranges, bool]:
        if self._place == len(self._text):
            raise self._fault("a backslash ends the pattern; write \\\\ for the character itself")
        letter = self._text[self._place]
        if letter in _CLASSES:
            self._place += 1
            return _CLASSES[letter]
        if letter in _CONTROLS:
            self._place += 1
            return _one(_CONTROLS[letter]), False
        if letter.isalnum():
            raise self._fault(
                f"\\{letter} is not known; there are \\d \\w \\s \\D \\W \\S \\b \\n \\t"
            )
        return _one(self._code()), False

    def _bracket(self) -> Characters:
        opened = self._place - 1
        is_negated = self._takes("^")
        ranges: list[tuple[int, int]] = []
        while not ranges or not self._takes("]"):
            if self._place >= len(self._text):
                self._place = opened
                raise self._fault("the [ is never closed; write \\[ for the character itself")
            ranges += self._item()
        return Characters(tuple(sorted(ranges)), is_negated)

    def _item(self) -> Ranges:
        if self._text.startswith("[:", self._place):
            raise self._fault("named classes are not known; write a-z, 0-9, \\w, \\s")
        first = self._member()
        start, place = _only(first), self._place
        if start is None:
            return first
        if not self._text.startswith("-", place) or self._text.startswith("-]", place):
            return self._cased(first)
        self._place += 1
        last = _only(self._member())
        if last is None or last < start:
            self._place = place
            raise self._fault("a range runs from a lower to a higher character, as in a-z")
        return self._cased(((start, last),))

    def _member(self) -> Ranges:
        if self._place >= len(self._text):
            return _one(0)  # the bracket's own loop finds that it is not closed
        if not self._takes("\\"):
            return _one(self._code())
        ranges, is_negated = self._escape()
        if is_negated:
            raise self._fault("\\D, \\W and \\S cannot stand within brackets")
        return ranges

    def _cased(self, ranges: Ranges) -> Ranges:
        return widened(ranges) if self._ignores_case else ranges

    def _code(self) -> int:
        self._place += 1
        return ord(self._text[self._place - 1])

    def _takes(self, word: str) -> bool:
        found = self._text.startswith(word, self._place)
        if found:
            self._place += len(word)
        return found

    def _fault(self, reason: str) -> SearchSyntaxError:
        return SearchSyntaxError(
            f"Invalid pattern: {reason} (character {self._place} of the pattern).", self._place
        )
