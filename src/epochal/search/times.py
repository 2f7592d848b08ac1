"""Dates, durations and distances from now, as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

UNITS_MS = {
    "ms": 1,
    "s": 1_000,
    "m": 60_000,
    "h": 3_600_000,
    "d": 86_400_000,
    "w": 604_800_000,
}
MAX_DURATION_MS = 10**15  # about 30,000 years; its doubles are exact and its dates fit 64 bits

_DATE = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,9}))?)?)?"
    r" ?(?P<zone>Z|UTC|[+-][0-9]{2}:?[0-9]{2})?"
)
_PART = re.compile(r"([0-9]{1,16}(?:\.[0-9]{1,9})?)(ms|[smhdw])")
_DURATION = re.compile(rf"(?:{_PART.pattern})+")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Span:
    """What a date covers: a day, a minute, a second or a millisecond; both ends belong to it."""

    first_ms: int
    last_ms: int


def read_date(text: str) -> Span | None:
    """The span of `2026-11-01`, `2026-11-01 14:30`, `2026-11-01T14:30:05.250+01:00`.

    Without a zone UTC is meant. None for anything else, days that no calendar has included.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        began = datetime.strptime(match["day"], "%Y-%m-%d").replace(
            hour=int(match["hour"] or 0),
            minute=int(match["minute"] or 0),
            second=int(match["second"] or 0),
            microsecond=int((match["fraction"] or "0")[:3].ljust(3, "0")) * 1000,
            tzinfo=_zone(match["zone"]),
        )
        first = (began - _EPOCH) // _MILLISECOND
    except (ValueError, OverflowError):
        return None
    return Span(first, first + _length_ms(match) - 1)


def read_duration(text: str) -> int | None:
    """The milliseconds of `90s`, `2h`, `1h30m`, `1.5d`; None for anything else or too much."""
    if not _DURATION.fullmatch(text):
        return None
    found = sum(float(number) * UNITS_MS[unit] for number, unit in _PART.findall(text))
    return round(found) if found <= MAX_DURATION_MS else None


def spell_duration(duration_ms: int) -> str:
    """The shortest spelling in one unit."""
    unit = next(unit for unit, ms in reversed(UNITS_MS.items()) if duration_ms % ms == 0)
    return f"{duration_ms // UNITS_MS[unit]}{unit}"


def _zone(text: str | None) -> timezone:
    if text is None or text in {"Z", "UTC"}:
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _length_ms(match: re.Match[str]) -> int:
    for part, unit in (("fraction", "ms"), ("second", "s"), ("minute", "m")):
        if match[part]:
            return UNITS_MS[unit]
    return UNITS_MS["d"]
