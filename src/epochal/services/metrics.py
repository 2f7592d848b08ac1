"""What one can do with the history of metrics. Points are written through `runs`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from epochal.errors import InvalidParameterError
from epochal.ports.metrics import ChartQuery
from epochal.rules import limits
from epochal.rules.names import check_run_id
from epochal.services.clock import now_ms
from epochal.services.pages import check_page_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import Curve, Series
    from epochal.ports.metrics import MetricStore, Rewound, SeriesPage, Window

DEFAULT_CURVE_POINTS = 1000


@dataclass(frozen=True, slots=True)
class Metrics:
    """Histories of metrics, whole, in pages, of many runs, or for a chart; and taking them back.

    Stateless: safe from any thread.
    """

    store: MetricStore

    def get_history(
        self,
        run_id: str,
        key: str,
        max_results: int | None = None,
        page_token: str | None = None,
    ) -> SeriesPage:
        """Points by (timestamp, step, value); everything when `max_results` is None."""
        if max_results is not None:
            check_page_size(max_results, limits.MAX_INT64)
            max_results = min(max_results, limits.MAX_PAGE_HISTORY)
        return self.store.get_history(run_id, key, max_results, page_token or None)

    def get_histories(
        self, run_ids: Sequence[str], key: str, max_results: int | None = None
    ) -> list[tuple[str, Series]]:
        """Histories of at most 100 runs, at most 25,000 points in all."""
        _check_runs(run_ids)
        if max_results is not None:
            check_page_size(max_results, limits.MAX_INT64)
        limit = min(max_results or limits.MAX_BULK_POINTS, limits.MAX_BULK_POINTS)
        return self.store.get_histories(run_ids, key, limit)

    def sample(
        self,
        run_ids: Sequence[str],
        key: str,
        *,
        start_step: int | None = None,
        end_step: int | None = None,
        max_results: int | None = None,
    ) -> list[tuple[str, Series]]:
        """At most `max_results` (<= 2,500) points of each of at most 100 runs, for charts.

        Raises:
            InvalidParameterError: too many runs or points, or half a window of steps.

        """
        _check_runs(run_ids)
        if max_results is None:
            max_results = limits.MAX_SAMPLED_POINTS
        check_page_size(max_results, limits.MAX_SAMPLED_POINTS)
        window = _window(start_step, end_step)
        return self.store.sample(run_ids, key, window, max_results)

    def read(
        self,
        run_id: str,
        key: str,
        window: Window,
        *,
        superseded: bool = False,
        max_results: int | None = None,
        page_token: str | None = None,
    ) -> SeriesPage:
        """A page of a window, at most a million points by (timestamp, step, value).

        With `superseded` the points that rewinds took away, instead of the live ones.
        """
        _check_order(window)
        if max_results is not None:
            check_page_size(max_results, limits.MAX_INT64)
        limit = min(max_results or limits.MAX_PAGE_COLUMNS, limits.MAX_PAGE_COLUMNS)
        return self.store.get_history(
            run_id, key, limit, page_token or None, window=window, superseded=superseded
        )

    def draw(
        self,
        run_ids: Sequence[str],
        keys: Sequence[str],
        window: Window,
        points: int | None = None,
    ) -> list[Curve]:
        """At most `points` (<= 5,000) of each series, ordered along the axis, peaks kept.

        Raises:
            InvalidParameterError: nothing or too much was asked for.

        """
        limit = DEFAULT_CURVE_POINTS if points is None else points
        _check_chart(len(set(run_ids)), len(set(keys)), limit)
        _check_order(window)
        return self.store.draw(ChartQuery(run_ids, keys, window, limit))

    def rewind(self, run_id: str, step: int) -> Rewound:
        """Supersede what a run logged beyond a step; repeating it changes nothing.

        Raises NotFoundError, NotActiveError.
        """
        check_run_id(run_id)
        return self.store.rewind(run_id, step, now_ms())

    def delete(self, run_id: str, key: str) -> None:
        """Forget a key of a run for good. Raises NotFoundError (run or key), NotActiveError."""
        check_run_id(run_id)
        self.store.delete_metric(run_id, key)


def _check_chart(runs: int, keys: int, points: int) -> None:
    for name, count, most in (
        ("run_ids", runs, limits.MAX_CHART_RUNS),
        ("keys", keys, limits.MAX_CHART_KEYS),
        ("points", points, limits.MAX_CURVE_POINTS),
        ("points of all series together", runs * keys * points, limits.MAX_CHART_POINTS),
    ):
        if not 1 <= count <= most:
            raise InvalidParameterError(
                f"Invalid number of {name}: {count}; a chart takes 1 to {most}"
            )


def _check_order(window: Window) -> None:
    if window.start is not None and window.end is not None and window.start > window.end:
        raise InvalidParameterError(
            f"The window ends before it starts: start={window.start}, end={window.end}"
        )


def _check_runs(run_ids: Sequence[str]) -> None:
    if not run_ids:
        raise InvalidParameterError("Give at least one run_id; none was given")
    if len(run_ids) > limits.MAX_BULK_RUNS:
        raise InvalidParameterError(
            f"GetMetricHistoryBulk request cannot specify more than {limits.MAX_BULK_RUNS} "
            f"run_ids. Received {len(run_ids)} run_ids"
        )


def _window(start_step: int | None, end_step: int | None) -> tuple[int, int] | None:
    if start_step is None and end_step is None:
        return None
    if start_step is None or end_step is None:
        raise InvalidParameterError(
            "If either start_step or end_step are specified, both must be specified; "
            f"start_step={start_step}, end_step={end_step} were given"
        )
    if start_step > end_step:
        raise InvalidParameterError(
            "end_step must be greater than or equal to start_step. "
            f"Found start_step={start_step} and end_step={end_step}"
        )
    return start_step, end_step
