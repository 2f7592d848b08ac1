"""Texts that are numbers: params and tags that a filter compares with a number."""

from __future__ import annotations

import re

MAX_LENGTH = 64
# Both databases know this expression too (see `sql.dialect`); it holds no question mark.
NUMBER = r"[+-]{0,1}([0-9]+[.]{0,1}[0-9]*|[.][0-9]+)([eE][+-]{0,1}[0-9]{1,3}){0,1}"
INFINITY = r"[+-]{0,1}[iI][nN][fF]([iI][nN][iI][tT][yY]){0,1}"

_NUMERAL = re.compile(f"{NUMBER}|{INFINITY}")


def read_number(text: str | None) -> float | None:
    """The double that a text spells, or None: `1e-4`, `.5`, `-inf`; not `nan`, `1_000`, `True`."""
    if text is None or len(text) > MAX_LENGTH or not _NUMERAL.fullmatch(text):
        return None
    return float(text)
