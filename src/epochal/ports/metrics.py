"""What a metric backend promises. Points are written through `TrackingStore.log`.

Equal points, those with the same (key, step, timestamp, value), appear once. NaN, both
infinities, negative steps and late points come back exactly as they were logged.
To a reader, an unknown run or key has no points; that is no error.

*Rewinding.* A rewind supersedes points: no reading shows them any more but a history that asks
for them. What is logged afterwards is live, whatever its step. *Atomicity.* A rewind and the
deletion of a key happen whole or not at all, and every reader sees all of it or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import Axis, Curve, Series


@dataclass(frozen=True, slots=True)
class Window:
    """An inclusive stretch of steps or of milliseconds; `None` leaves an end open."""

    axis: Axis = "step"  # "relative" counts from where the run started
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """One page of a history; `token` asks for the next one and is None on the last."""

    series: Series
    token: str | None = None


@dataclass(frozen=True, slots=True)
class ChartQuery:
    """What a chart shows: some metrics of some runs, as few points as it has pixels."""

    run_ids: Sequence[str]
    keys: Sequence[str]
    window: Window
    limit: int  # points of each series


@dataclass(frozen=True, slots=True)
class Rewound:
    """What a rewind did; `number` counts the run's rewinds, None if nothing was superseded."""

    number: int | None
    superseded: int  # points, each once


class MetricStore(Protocol):
    """Where the history of metrics is read, rewound and deleted. See the module's promises."""

    def get_history(
        self,
        run_id: str,
        key: str,
        limit: int | None = None,
        page_token: str | None = None,
        *,
        window: Window | None = None,
        superseded: bool = False,
    ) -> SeriesPage:
        """Points ordered by (timestamp, step, value), NaN last among equals.

        With `superseded` those that rewinds took away, instead of the live ones.
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

    def draw(self, query: ChartQuery) -> list[Curve]:
        """Points for a chart, in its order: by step or by time, then by the other, then by value.

        The first and the last point of the window are kept, and every visible peak.
        Runs come in the order asked for, then keys; series without points are left out.
        """
        ...

    def rewind(self, run_id: str, step: int, now_ms: int) -> Rewound:
        """Supersede all points of a run with a greater step; repeating it changes nothing.

        Raises NotFoundError, NotActiveError.
        """
        ...

    def delete_metric(self, run_id: str, key: str) -> None:
        """Forget a key of a run: its points, superseded ones too, and its summary.

        Raises NotFoundError when the run has no such key, NotActiveError.
        """
        ...
