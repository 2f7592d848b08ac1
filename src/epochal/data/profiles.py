"""What a table looks like, column by column: enough to draw it, and to compare two by it.

Numbers keep their quantiles, from which any distribution is known to one part in as many;
texts keep their most frequent values. The size of a profile depends on the number of columns
alone, never on that of rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.data.libraries import library
from epochal.data.tables import as_table

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_QUANTILES = 257
FEWEST_QUANTILES = 21
QUANTILES_OF_ALL = 100_000  # of all columns together
BINS = 24
TOP = 50
SAMPLE = 1_000_000  # values of a column; of more, quantiles are those of so many
MAX_LABEL = 120  # characters of a value among the most frequent

Profile = dict[str, Any]


def profile(data: Any) -> Profile:
    """Describe each column of a table of pandas, polars or Arrow.

    Raises:
        InvalidParameterError: it is no table.

    """
    return profile_table(as_table(data, is_lossy=True))


def profile_table(table: Any) -> Profile:
    """Describe each column of an Arrow table."""
    width = max(1, table.num_columns)
    points = min(MOST_QUANTILES, max(FEWEST_QUANTILES, QUANTILES_OF_ALL // width))
    top = min(TOP, max(5, 20 * QUANTILES_OF_ALL // MOST_QUANTILES // width))
    return {
        "rows": table.num_rows,
        "columns": [
            _column(str(name), column, points, top)
            for name, column in zip(table.column_names, table.columns, strict=True)
        ],
    }


def _column(name: str, column: Any, points: int, top: int) -> Profile:
    pa = library("pyarrow")
    types = pa.types
    if types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    dtype = column.type
    found: Profile = {
        "name": name,
        "type": str(dtype),
        "kind": "other",
        "missing": int(column.null_count),
    }
    if types.is_boolean(dtype):
        return found | {"kind": "category"} | _categories(column.cast(pa.string()), top)
    if types.is_integer(dtype) or types.is_floating(dtype) or types.is_decimal(dtype):
        numbers = column.cast(pa.float64(), safe=False)
        return found | {"kind": "number"} | _numbers(numbers, found["missing"], points)
    if types.is_timestamp(dtype) or types.is_date(dtype):
        milliseconds = column.cast(pa.timestamp("ms"), safe=False).cast(pa.int64())
        described = _numbers(milliseconds.cast(pa.float64(), safe=False), found["missing"], points)
        return found | {"kind": "time"} | described
    if types.is_string(dtype) or types.is_large_string(dtype) or _is_view(types, dtype):
        return found | {"kind": "category"} | _categories(column, top)
    return found


def _is_view(types: Any, dtype: Any) -> bool:
    check = getattr(types, "is_string_view", None)
    return bool(check and check(dtype))


def _numbers(column: Any, missing: int, points: int) -> Profile:
    """Moments, quantiles and a histogram of the finite values; NaN counts as missing."""
    import numpy as np

    values = column.drop_null().to_numpy()
    absent = np.isnan(values)
    finite = values[np.isfinite(values)]
    infinite = int(values.size - absent.sum() - finite.size)
    found: Profile = {"missing": missing + int(absent.sum()), "infinite": infinite}
    if not finite.size:
        return found
    count, low, high = finite.size, float(finite.min()), float(finite.max())
    with np.errstate(over="ignore", invalid="ignore"):
        mean, deviation = float(finite.mean()), float(finite.std())
    if count > SAMPLE:  # the same ones each time, so that equal tables have equal profiles
        finite = finite[np.random.default_rng(0).integers(0, count, SAMPLE)]
        finite[:2] = low, high
    finite = np.sort(finite)
    places = np.linspace(0, finite.size - 1, min(points, finite.size))
    with np.errstate(over="ignore", invalid="ignore"):
        edges = np.linspace(low, high, BINS + 1) if low < high else np.array([low, high])
        counts = np.diff(np.searchsorted(finite, edges, side="left"))
        counts[-1] += finite.size - counts.sum()
        counts = np.rint(counts * (count / finite.size)).astype(np.int64)
        quantiles = np.interp(places, np.arange(finite.size), finite)
    return found | {
        "min": low,
        "max": high,
        "mean": _short(mean),
        "std": _short(deviation),
        "quantiles": _shorts(quantiles),
        "histogram": counts.tolist(),
    }


def _categories(column: Any, top: int) -> Profile:
    """How many different values there are, and the most frequent of them."""
    import numpy as np

    counted = column.drop_null().value_counts()
    counts = counted.field("counts").to_numpy(zero_copy_only=False)
    values = counted.field("values")
    order = np.argsort(-counts, kind="stable")[: max(top * 4, 0)]
    listed = sorted((-int(counts[at]), values[int(at)].as_py()) for at in order)[:top]
    shown = [[text[:MAX_LABEL], -count] for count, text in listed]
    return {
        "distinct": len(counts),
        "top": shown,
        "others": int(counts.sum()) - sum(count for _, count in shown),
    }


def _short(value: float) -> float | None:
    """Ten digits are enough to draw and compare; None for what JSON cannot spell."""
    return float(f"{value:.10g}") if value - value == 0 else None


def _shorts(values: Iterable[float]) -> list[float | None]:
    return [_short(float(value)) for value in values]
