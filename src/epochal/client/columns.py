"""Reading many metrics in columns, in as many requests as the store's limits ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from epochal.entities import Axis, Curve
from epochal.errors import InvalidParameterError
from epochal.ports.metrics import Window
from epochal.rules import limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from epochal.client.transport import Histories


def as_window(x: Any, start: Any, end: Any) -> Window:
    """A window as users ask for it. Raises InvalidParameterError."""
    if x not in get_args(Axis):
        raise InvalidParameterError(
            f"Invalid x {x!r}; it must be one of {', '.join(get_args(Axis))}"
        )
    for name, bound in (("start", start), ("end", end)):
        is_whole = isinstance(bound, int) and not isinstance(bound, bool)
        if bound is not None and not (is_whole and abs(bound) <= limits.MAX_INT64):
            raise InvalidParameterError(f"Invalid {name} {bound!r}: it must be a whole number")
    if start is not None and end is not None and start > end:
        raise InvalidParameterError(f"The window ends before it starts: start={start}, end={end}")
    return Window(x, start, end)


def as_names(what: str, given: Any) -> list[str]:
    """One text or several, each once. Raises InvalidParameterError."""
    is_one = isinstance(given, str) or not hasattr(given or (), "__iter__")
    listed: list[Any] = [given] if is_one else list(given or ())
    for name in listed:
        if not isinstance(name, str):
            raise InvalidParameterError(
                f"Invalid {what} {name!r} of type {type(name).__name__}: it must be a text"
            )
    return list(dict.fromkeys(listed))


def read_whole(
    histories: Histories, wanted: Sequence[tuple[str, str]], window: Window, *, superseded: bool
) -> list[Curve]:
    """All points of each run and key; those without points are left out."""
    found: list[Curve] = []
    for run_id, key in wanted:
        series = histories.read(run_id, key, window, superseded=superseded)
        if len(series):
            found.append(Curve(run_id, key, 0, series, is_whole=True))
    return found


def read_sampled(
    histories: Histories, wanted: Sequence[tuple[str, str]], window: Window, points: int
) -> list[Curve]:
    """At most `points` of each run and key, peaks kept."""
    if isinstance(points, bool) or not 1 <= points <= limits.MAX_CURVE_POINTS:
        raise InvalidParameterError(
            f"Invalid points {points!r}: it must be a whole number from 1 to "
            f"{limits.MAX_CURVE_POINTS}, or None for all points"
        )
    keys_of: dict[str, list[str]] = {}
    for run_id, key in wanted:
        keys_of.setdefault(run_id, []).append(key)
    runs_with: dict[tuple[str, ...], list[str]] = {}
    for run_id, keys in keys_of.items():
        runs_with.setdefault(tuple(keys), []).append(run_id)
    drawn = [
        curve
        for keys, runs in runs_with.items()
        for some_runs, some_keys in _requests(runs, keys, points)
        for curve in histories.draw(some_runs, some_keys, window, points)
    ]
    place = {pair: number for number, pair in enumerate(wanted)}
    return sorted(drawn, key=lambda curve: place[curve.run_id, curve.key])


def _requests(
    runs: Sequence[str], keys: Sequence[str], points: int
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    for start in range(0, len(keys), limits.MAX_CHART_KEYS):
        some = keys[start : start + limits.MAX_CHART_KEYS]
        count = max(1, min(limits.MAX_CHART_RUNS, limits.MAX_CHART_POINTS // (len(some) * points)))
        for first in range(0, len(runs), count):
            yield runs[first : first + count], some
