from __future__ import annotations

from epochal.ports.metrics import Window
from epochal.series.columns import Bounds
from epochal.sql.series import Metric, find_metrics
from unit.sql.metric_stores import append, new_run


def test_metrics_are_found_by_run_and_key(any_database):
    """Those with points; a run without a start begins with its first one."""
    run, other = new_run(any_database), new_run(any_database, "s")
    append(any_database, run, [(0, 77, 1.0), (1, 78, 1.0)])
    append(any_database, other, [(0, 0, 1.0)], "x")
    with any_database.read() as connection:
        assert find_metrics(connection, ["r", "s", "t"], ["loss"]) == {
            ("r", "loss"): Metric(run, 1, 77)
        }
        known = find_metrics(connection, ["r", "s"], ["loss", "none"], superseded=True)
        assert known == {("r", "loss"): Metric(run, 1, 77), ("s", "loss"): Metric(other, 1, 0)}


def test_windows_bound_steps_or_times():
    """Relative ones count from the origin."""
    metric = Metric(1, 1, 1000)
    assert metric.bounds(None) == metric.bounds(Window()) == Bounds()
    assert metric.bounds(Window("step", 3, None)) == Bounds(first_step=3)
    assert metric.bounds(Window("time", 3, 4)) == Bounds(first_timestamp=3, last_timestamp=4)
    assert metric.bounds(Window("relative", None, 4)) == Bounds(last_timestamp=1004)
