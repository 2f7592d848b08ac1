"""What one can read of the history of metrics. They are written through `runs`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from epochal.errors import InvalidParameterError
from epochal.rules import limits
from epochal.services.pages import check_page_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import Series
    from epochal.ports.metrics import MetricStore, SeriesPage


@dataclass(frozen=True, slots=True)
class Metrics:
    """Histories of metrics, whole, in pages, of many runs, or sampled for a chart."""

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
