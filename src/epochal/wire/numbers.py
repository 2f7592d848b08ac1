"""Numbers as MLflow's JSON spells them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

if TYPE_CHECKING:
    from collections.abc import Iterable

MIN_INT64, MAX_INT64 = -(2**63), 2**63 - 1
MAX_DOUBLE = 1.7976931348623157e308
"""What MLflow sends in place of infinity; clients of ours ask for the truth."""

_DIGITS = 19  # of the largest int64

Int64 = Annotated[int, Meta(ge=MIN_INT64, le=MAX_INT64)]


def spell_double(value: float, *, exact: bool) -> float | str:
    """A double as it goes into JSON: NaN as "NaN", infinities as the largest double.

    With `exact`, for clients that understand it, infinities are "Infinity" and "-Infinity".
    """
    if math.isfinite(value):
        return value
    if math.isnan(value):
        return "NaN"
    if exact:
        return "Infinity" if value > 0 else "-Infinity"
    return math.copysign(MAX_DOUBLE, value)


def spell_doubles(values: Iterable[float], *, exact: bool) -> list[float | str]:
    """`spell_double` for many values."""
    listed: list[float | str] = list(values)
    for place, value in enumerate(listed):
        if not math.isfinite(value):  # type: ignore[arg-type]  # nothing is replaced ahead of us
            listed[place] = spell_double(float(value), exact=exact)
    return listed


def read_double(given: object) -> float | None:
    """The double that a number, a boolean or a text stands for, None if it stands for none."""
    if not isinstance(given, str | int | float) or (isinstance(given, str) and "_" in given):
        return None
    try:
        return float(given)
    except (ValueError, OverflowError):  # an integer beyond 1.8e308 overflows
        return None


def read_int64(given: object) -> int | None:
    """The whole number that a number or decimal text stands for, None if none that fits."""
    if isinstance(given, bool):
        return None
    if isinstance(given, str):
        digits = given.strip().removeprefix("-")
        given = (
            int(given)
            if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS
            else None
        )
    elif isinstance(given, float) and given.is_integer():
        given = int(given)
    if isinstance(given, int) and MIN_INT64 <= given <= MAX_INT64:
        return given
    return None
