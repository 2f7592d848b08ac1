"""What a metric backend promises. Points are written through `TrackingStore.log`.

Equal points, those with the same (key, step, timestamp, value), appear once. NaN, both
infinities, negative steps and late points come back exactly as they were logged.
An unknown run or key has no points; that is no error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import Series


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """One page of a history; `token` asks for the next one and is None on the last."""

    series: Series
    token: str | None = None


class MetricStore(Protocol):
    """Where the history of metrics is read. See the module's promises."""

    def get_history(
        self, run_id: str, key: str, limit: int | None = None, page_token: str | None = None
    ) -> SeriesPage:
        """Points ordered by (timestamp, step, value), NaN last among equals.

        Raises InvalidParameterError for a page token that is not ours.
        """
        ...

    def get_histories(
        self, run_ids: Sequence[str], key: str, limit: int
    ) -> list[tuple[str, Series]]:
        """Histories of several runs ordered by run_id, at most `limit` points in all."""
        ...

    def sample(
        self,
        run_ids: Sequence[str],
        key: str,
        steps: tuple[int, int] | None,
        limit: int,
    ) -> list[tuple[str, Series]]:
        """At most `limit` points of each run, for charts, ordered by (step, timestamp, value).

        `steps` is an inclusive window. The first and the last point of the window are kept, the
        rest is chosen evenly. Runs come in the order asked for; runs without points are left out.
        """
        ...
