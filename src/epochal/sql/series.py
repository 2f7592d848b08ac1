"""Where the series of a run's metrics lie: names of runs and keys as the store's own numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.ports.metrics import Window
    from epochal.series.columns import Bounds
    from epochal.sql.database import Connection

# A run that was made without a start time began with its first point.
_FIND = """
SELECT runs.run_id, keys.name, runs.id, keys.id,
    coalesce(nullif(runs.start_time, 0), metric_summaries.first_timestamp, 0)
FROM runs JOIN keys ON keys.experiment = runs.experiment AND keys.kind = 'm' AND {}
{} JOIN metric_summaries ON metric_summaries.run = runs.id AND metric_summaries.key = keys.id
WHERE {}"""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric of one run."""

    run: int  # `runs.id`
    key: int  # `keys.id`
    origin: int = 0  # where the run's relative time begins, milliseconds since the epoch

    def bounds(self, window: Window | None) -> Bounds:
        """A window as bounds of steps and timestamps."""
        from epochal.series.columns import Bounds

        if window is None:
            return Bounds()
        if window.axis == "step":
            return Bounds.of_steps(window.start, window.end)
        shift = self.origin if window.axis == "relative" else 0
        start, end = (
            None if edge is None else edge + shift for edge in (window.start, window.end)
        )
        return Bounds.of_times(start, end)


def find_metrics(
    connection: Connection,
    run_ids: Sequence[str],
    keys: Sequence[str],
    *,
    superseded: bool = False,
) -> dict[tuple[str, str], Metric]:
    """Those that have points, by run and key; with `superseded` those that may have had some."""
    dialect = connection.dialect
    sql = _FIND.format(
        dialect.among("keys.name"), "LEFT" if superseded else "", dialect.among("runs.run_id")
    )
    rows = connection.execute(sql, (dialect.many(keys), dialect.many(run_ids)))
    return {(run_id, name): Metric(*numbers) for run_id, name, *numbers in rows}
