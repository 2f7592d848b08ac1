"""Histories of metrics from a server: in packed columns from ours, in JSON from MLflow's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, urlencode

from epochal.entities import Curve, Metric, Series
from epochal.errors import NotSupportedError
from epochal.wire import columns, metrics
from epochal.wire.encoding import encode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.entities import Run
    from epochal.ports.metrics import Window

MLFLOW = "/api/2.0/mlflow/"
OURS = "/api/epochal/v1/"
HISTORY_PAGE = 25_000
JSON = {"Content-Type": "application/json"}
PACKED = {"Accept": columns.PACKED}


class Line(Protocol):
    """What histories need of the transport that they belong to."""

    def is_ours(self) -> bool:
        """Whether the server is an Epochal server."""
        ...

    def send(self, path: str, body: bytes | None, headers: Mapping[str, str]) -> bytes:
        """Ask and read the whole answer. Raises what the server says is wrong."""
        ...

    def get_run(self, run_id: str) -> Run:
        """Raises NotFoundError."""
        ...


class RemoteHistories:
    """`transport.Histories` behind a server."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def list_points(self, run_id: str, key: str) -> list[Metric]:
        """All points, by (timestamp, step, value)."""
        series = self._foreign(run_id, key)
        rows = zip(series.value, series.timestamp, series.step, strict=True)
        return [Metric(key, value, timestamp, step) for value, timestamp, step in rows]

    def read(self, run_id: str, key: str, window: Window, *, superseded: bool) -> Series:
        """All points of a window, by (timestamp, step, value)."""
        if not self._line.is_ours():
            if superseded:
                raise _not_ours("keep what a rewind took away")
            origin = self._origin(run_id) if window.axis == "relative" else 0
            return _within(self._foreign(run_id, key), window, origin)
        asked = {"run_id": run_id, "key": key, "x": window.axis}
        asked |= {name: str(value) for name, value in _bounds(window).items()}
        if superseded:
            asked["superseded"] = "true"
        found, token = Series(), ""
        while True:
            more = asked | ({"page_token": token} if token else {})
            path = f"{OURS}metrics/history?{urlencode(more, quote_via=quote)}"
            series, next_token = metrics.decode_columns(self._line.send(path, None, PACKED))
            if not len(found):
                found = series
            else:
                found.extend(series)
            if not next_token:
                return found
            token = next_token

    def draw(
        self, run_ids: Sequence[str], keys: Sequence[str], window: Window, points: int
    ) -> list[Curve]:
        """At most `points` of each series along the window's axis, peaks kept."""
        if not self._line.is_ours():
            return self._draw_foreign(run_ids, keys, window, points)
        asked = metrics.DrawCurves(
            run_ids=list(run_ids), keys=list(keys), x=window.axis, points=points, **_bounds(window)
        )
        body = self._line.send(f"{OURS}metrics/sample", encode(asked), {**JSON, **PACKED})
        return metrics.decode_curves(body)

    def rewind(self, run_id: str, step: int) -> int:
        """Supersede what lies beyond a step; how many points did."""
        if not self._line.is_ours():
            raise _not_ours("rewind runs")
        asked = metrics.Rewind(run_id=run_id, step=step)
        body = self._line.send(f"{OURS}metrics/rewind", encode(asked), JSON)
        return metrics.decode_rewound(body)

    def delete(self, run_id: str, key: str) -> None:
        """Forget a key of a run."""
        if not self._line.is_ours():
            raise _not_ours("delete metrics")
        asked = metrics.DeleteMetric(run_id=run_id, key=key)
        self._line.send(f"{OURS}metrics/delete", encode(asked), JSON)

    def _origin(self, run_id: str) -> int:
        return self._line.get_run(run_id).info.start_time or 0

    def _foreign(self, run_id: str, key: str) -> Series:
        found, token = Series(), ""
        while True:
            query = {"run_id": run_id, "metric_key": key, "max_results": str(HISTORY_PAGE)}
            if token:
                query["page_token"] = token
            path = f"{MLFLOW}metrics/get-history?{urlencode(query, quote_via=quote)}"
            series, next_token = metrics.decode_history(self._line.send(path, None, {}))
            found.extend(series)
            if not next_token:
                return found
            token = next_token

    def _draw_foreign(
        self, run_ids: Sequence[str], keys: Sequence[str], window: Window, points: int
    ) -> list[Curve]:
        from epochal.series.sampling import peaks

        curves: list[Curve] = []
        for run_id in run_ids:
            origin = self._origin(run_id)
            for key in keys:
                whole = _along(_within(self._foreign(run_id, key), window, origin), window.axis)
                if len(whole):
                    chosen = [int(row) for row in peaks(_floats(whole), points)]
                    is_whole = len(chosen) == len(whole)
                    curves.append(Curve(run_id, key, origin, _rows(whole, chosen), is_whole))
        return curves


def _not_ours(what: str) -> NotSupportedError:
    return NotSupportedError(f"MLflow's server cannot {what}; a server of Epochal can")


def _bounds(window: Window) -> dict[str, int]:
    bounds = {"start": window.start, "end": window.end}
    return {name: value for name, value in bounds.items() if value is not None}


def _within(series: Series, window: Window, origin: int) -> Series:
    if window.start is None and window.end is None:
        return series
    axis = series.step if window.axis == "step" else series.timestamp
    shift = origin if window.axis == "relative" else 0
    low = -(2**70) if window.start is None else window.start + shift
    high = 2**70 if window.end is None else window.end + shift
    return _rows(series, [row for row, x in enumerate(axis) if low <= x <= high])


def _along(series: Series, axis: str) -> Series:
    """The points in the order of a chart."""
    first, second = series.step, series.timestamp
    if axis != "step":
        first, second = second, first
    order = sorted(range(len(series)), key=lambda row: (first[row], second[row]))
    return _rows(series, order)


def _rows(series: Series, rows: Sequence[int]) -> Series:
    found = Series()
    found.step.extend(series.step[row] for row in rows)
    found.timestamp.extend(series.timestamp[row] for row in rows)
    found.value.extend(series.value[row] for row in rows)
    return found


def _floats(series: Series) -> Any:
    import numpy as np

    return np.frombuffer(series.value, np.float64)
