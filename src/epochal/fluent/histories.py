"""Histories of metrics in columns: fast at millions of points, as arrays or as a DataFrame."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from epochal.client.mlflow_client import MlflowClient
from epochal.errors import NotSupportedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from epochal.entities import Axis, Curve


class MetricArrays(NamedTuple):
    """The points of one metric of one run as numpy arrays of equal length, not to be written."""

    step: NDArray[Any]  # int64
    timestamp: NDArray[Any]  # int64, milliseconds since the epoch
    value: NDArray[Any]  # float64


def get_metric_arrays(
    run_id: str,
    key: str,
    *,
    x: Axis = "step",
    start: int | None = None,
    end: int | None = None,
    points: int | None = None,
    superseded: bool = False,
) -> MetricArrays:
    """The history of one metric of one run as numpy arrays; empty if there is none.

    Args:
        run_id: the run.
        key: the metric.
        x: what `start` and `end` bound: `step`, `time` in milliseconds since 1970, or
            `relative`, in milliseconds since the run began.
        start: the first step or millisecond that is wanted.
        end: the last one.
        points: at most so many, chosen so that every peak is kept, in the order of `x`; all of
            them, by time, if None.
        superseded: the points that rewinds took away, instead of those that hold.

    Raises:
        InvalidParameterError: a bad axis or window, or `points` of more than 5,000.

    """
    asked = MlflowClient().read_metrics(
        [run_id], [key], x=x, start=start, end=end, points=points, superseded=superseded
    )
    if asked:
        return _arrays(asked[0])
    np: Any = import_module("numpy")
    return MetricArrays(np.empty(0, "i8"), np.empty(0, "i8"), np.empty(0, "f8"))


def get_metric_history_df(
    run_ids: str | Sequence[str],
    keys: str | Sequence[str] | None = None,
    *,
    x: Axis = "step",
    start: int | None = None,
    end: int | None = None,
    points: int | None = None,
    superseded: bool = False,
) -> Any:
    """Histories as one DataFrame with `run_id`, `key`, `step`, `timestamp` and `value`.

    `keys` of None means all metrics that each run has; of the rest see `get_metric_arrays`.
    """
    try:
        pd: Any = import_module("pandas")
    except ImportError:
        raise NotSupportedError(
            "get_metric_history_df returns a pandas DataFrame: pip install 'epochal[pandas]', "
            "or ask get_metric_arrays"
        ) from None
    np: Any = import_module("numpy")
    curves = MlflowClient().read_metrics(
        run_ids, keys, x=x, start=start, end=end, points=points, superseded=superseded
    )
    sizes = [len(curve.series) for curve in curves]
    columns = [_arrays(curve) for curve in curves]
    empty = [np.empty(0, "i8"), np.empty(0, "i8"), np.empty(0, "f8")]
    frame = {
        "run_id": np.repeat(np.array([curve.run_id for curve in curves], object), sizes),
        "key": np.repeat(np.array([curve.key for curve in curves], object), sizes),
    }
    for place, name in enumerate(MetricArrays._fields):
        frame[name] = np.concatenate([empty[place], *(column[place] for column in columns)])
    return pd.DataFrame(frame)


def _arrays(curve: Curve) -> MetricArrays:
    np: Any = import_module("numpy")
    series = curve.series
    return MetricArrays(
        np.frombuffer(series.step, "i8"),
        np.frombuffer(series.timestamp, "i8"),
        np.frombuffer(series.value, "f8"),
    )
