"""How two tables differ: their columns, their sizes, and how far each column has moved.

Everything is computed from profiles, so that comparing costs the same for a thousand rows and
for a billion. Distances of numbers are exact to one part in the number of quantiles kept.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from epochal.data.profiles import profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.data.profiles import Profile

PSI_BINS = 10
SMALLEST_SHARE = 1e-4  # a share of zero would make the index infinite
MODERATE, LARGE = 0.1, 0.25  # of the population stability index, by custom


def diff(a: Any, b: Any) -> dict[str, Any]:
    """Compare two datasets: tables, profiles, or `datasets:/<name>/<version>`.

    Args:
        a: what was before.
        b: what is now.

    Returns:
        `rows` before and after, `added`, `removed` and `retyped` columns, and for each column
        that both have: `psi` (population stability index over the deciles of `a`), `ks`
        (largest distance of the distributions), the mean, standard deviation and share of
        missing values of both, categories that appeared or went, and a `verdict`.

    Raises:
        InvalidParameterError: something is neither.
        NotFoundError: there is no such version.

    """
    return compare(_profile_of(a), _profile_of(b))


def _profile_of(given: Any) -> Profile:
    if isinstance(given, str):
        from epochal.data.surroundings import SURROUNDINGS

        return SURROUNDINGS.profile(given)
    if isinstance(given, dict) and "columns" in given:
        return cast("Profile", given)
    return profile(getattr(cast("object", given), "df", cast("object", given)))


def compare(a: Profile, b: Profile) -> dict[str, Any]:
    """Compare two profiles."""
    before = {column["name"]: column for column in a["columns"]}
    after = {column["name"]: column for column in b["columns"]}
    both = [name for name in before if name in after]
    return {
        "rows": [a["rows"], b["rows"]],
        "added": [name for name in after if name not in before],
        "removed": [name for name in before if name not in after],
        "retyped": [
            {"name": name, "from": before[name]["type"], "to": after[name]["type"]}
            for name in both
            if before[name]["type"] != after[name]["type"]
        ],
        "columns": [
            _compare_columns(before[name], after[name], a["rows"], b["rows"]) for name in both
        ],
    }


def _compare_columns(a: Profile, b: Profile, rows_a: int, rows_b: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": b["name"],
        "kind": b["kind"],
        "missing_share": [_share(a["missing"], rows_a), _share(b["missing"], rows_b)],
        "psi": None,
        "ks": None,
    }
    if a["kind"] == b["kind"] and b["kind"] in {"number", "time"}:
        found |= {name: [a.get(name), b.get(name)] for name in ("mean", "std", "min", "max")}
        if "quantiles" in a and "quantiles" in b:
            found |= {"psi": _psi_of_numbers(a, b), "ks": _ks_of_numbers(a, b)}
    elif a["kind"] == b["kind"] == "category":
        found |= _compare_categories(a, b)
    return found | {"verdict": _verdict(found)}


def _verdict(found: dict[str, Any]) -> str:
    """Stable, moderate or large, by the index; unknown where there is none."""
    psi = found["psi"]
    if psi is None:
        return "unknown"
    if psi >= LARGE:
        return "large"
    return "moderate" if psi >= MODERATE else "stable"


def _share(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 0.0


def _ks_of_numbers(a: Profile, b: Profile) -> float:
    """The largest distance between the two distribution functions."""
    one, other = a["quantiles"], b["quantiles"]
    values = {*one, *other}
    gaps = [abs(side(one, at) - side(other, at)) for at in values for side in (_below, _up_to)]
    return round(max(gaps), 4)


def _psi_of_numbers(a: Profile, b: Profile) -> float:
    """The index over the deciles of what was before; equal ones are one bin."""
    one, other = a["quantiles"], b["quantiles"]
    edges = sorted({_quantile(one, place / PSI_BINS) for place in range(1, PSI_BINS)})
    return _index(_bin_shares(one, edges), _bin_shares(other, edges))


def _bin_shares(quantiles: Sequence[float], edges: Sequence[float]) -> list[float]:
    cumulated = [0.0, *(_up_to(quantiles, edge) for edge in edges), 1.0]
    return [high - low for low, high in pairwise(cumulated)]


def _quantile(quantiles: Sequence[float], share: float) -> float:
    return quantiles[round(share * (len(quantiles) - 1))]


def _up_to(quantiles: Sequence[float], value: float) -> float:
    """The share of values that are at most `value`."""
    from bisect import bisect_right

    return _interpolated(quantiles, value, bisect_right(quantiles, value))


def _below(quantiles: Sequence[float], value: float) -> float:
    """The share of values that are less than `value`."""
    from bisect import bisect_left

    return _interpolated(quantiles, value, bisect_left(quantiles, value))


def _interpolated(quantiles: Sequence[float], value: float, place: int) -> float:
    last = len(quantiles) - 1
    if place == 0:
        return 0.0
    if place > last:
        return 1.0
    low, high = quantiles[place - 1], quantiles[place]
    part = (value - low) / (high - low) if low < value < high else 0.0
    return (place - 1 + part) / last if last else 0.0


def _compare_categories(a: Profile, b: Profile) -> dict[str, Any]:
    before, after = _shares(a), _shares(b)
    names = sorted({*before, *after})
    # A value that only one side lists may be among the others of the other side.
    known = [name for name in names if name in before and name in after]
    whole_a, whole_b = not a["others"], not b["others"]
    compared = names if whole_a and whole_b else known
    rest_a = 1 - sum(before.get(name, 0.0) for name in compared)
    rest_b = 1 - sum(after.get(name, 0.0) for name in compared)
    one = [*(before.get(name, 0.0) for name in compared), max(0.0, rest_a)]
    other = [*(after.get(name, 0.0) for name in compared), max(0.0, rest_b)]
    has_values = bool(a["top"] and b["top"])
    distance = sum(abs(x - y) for x, y in zip(one, other, strict=True)) / 2
    return {
        "psi": _index(one, other) if has_values else None,
        "distance": round(distance, 4) if has_values else None,
        "distinct": [a["distinct"], b["distinct"]],
        "appeared": [name for name in names if name not in before and whole_a],
        "vanished": [name for name in names if name not in after and whole_b],
        "top": [a["top"][:10], b["top"][:10]],
    }


def _shares(column: Profile) -> dict[str, float]:
    whole = sum(count for _, count in column["top"]) + column["others"]
    shares: dict[str, float] = {}
    for name, count in column["top"]:
        shares[name] = shares.get(name, 0.0) + count / whole
    return shares


def _index(one: Sequence[float], other: Sequence[float]) -> float:
    """The population stability index of two lists of shares."""
    total = 0.0
    for x, y in zip(one, other, strict=True):
        before, after = max(x, SMALLEST_SHARE), max(y, SMALLEST_SHARE)
        total += (after - before) * math.log(after / before)
    return round(total, 4)
