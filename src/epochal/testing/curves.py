"""The part of the metric suite about windows of a history and points for charts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from epochal.ports.metrics import ChartQuery, Window
from epochal.testing.points import NAN, START_MS, bits, exact, log, new_run

if TYPE_CHECKING:
    from epochal.entities import Axis
    from epochal.testing.points import Store


def _draw(
    store: Store, run_ids: list[str], window: Window, limit: int = 100
) -> list[tuple[str, str, list[int]]]:
    query = ChartQuery(run_ids, ["loss", "accuracy"], window, limit)
    return [(curve.run_id, curve.key, list(curve.series.step)) for curve in store.draw(query)]


class CurveContract:
    """Windows and charts."""

    @pytest.mark.parametrize(
        ("window", "steps"),
        [
            (Window("step", -5, 5), range(-5, 6)),
            (Window("step", 40, None), range(40, 50)),
            (Window("step", None, -48), range(-50, -47)),
            (Window("step", -(2**70), 2**70), range(-50, 50)),
            (Window("time", 1000 + START_MS, 1500 + START_MS), range(-40, -34)),
            (Window("relative", 1000, 1500), range(-40, -34)),
            (Window("relative", None, 99), range(-50, -49)),
            (Window("time", 0, 5), range(0)),
        ],
    )
    def test_histories_may_be_cut(self, store: Store, window: Window, steps: range) -> None:
        """By step, by time and by time since the run's start; both ends belong to a window."""
        run_id = new_run(store)
        log(store, run_id, [(s, START_MS + 100 * (s + 50), 1.0) for s in range(-50, 50)])
        page = store.get_history(run_id, "loss", window=window)
        assert list(page.series.step) == list(steps)
        assert [s for *_, found in _draw(store, [run_id], window) for s in found] == list(steps)

    def test_pages_of_a_window(self, store: Store) -> None:
        """Put together they are the window; their tokens are for no other."""
        run_id = new_run(store)
        log(store, run_id, [(step % 7, step // 9, float(step)) for step in range(200)])
        window = Window("step", 2, 4)
        whole = exact(store.get_history(run_id, "loss", window=window).series)
        found: list[tuple[int, int, bytes]] = []
        token: str | None = None
        while True:
            page = store.get_history(run_id, "loss", 11, token, window=window)
            found += exact(page.series)
            token = page.token
            if token is None:
                break
        assert found == whole
        assert {step for step, *_ in whole} == {2, 3, 4}

    def test_peaks_are_kept(self, store: Store) -> None:
        """The first and the last point, and one wild value among thousands."""
        run_id = new_run(store)
        points = [(step, START_MS + step, math.sin(step / 300)) for step in range(20_000)]
        points[7_777] = (7_777, START_MS + 7_777, -99.0)
        points[7_778] = (7_778, START_MS + 7_778, NAN)
        log(store, run_id, points)
        axes: tuple[Axis, ...] = ("step", "time", "relative")
        for axis in axes:
            (curve,) = store.draw(ChartQuery([run_id], ["loss"], Window(axis), 200))
            steps = list(curve.series.step)
            assert 100 <= len(steps) <= 200
            assert steps == sorted(steps)
            assert (steps[0], steps[-1], 7_777 in steps) == (0, 19_999, True)
            assert not curve.is_whole
            assert set(exact(curve.series)) <= set(bits(points))

    def test_few_points_come_whole(self, store: Store) -> None:
        """Exactly, in the order of the axis, and the answer says so."""
        run_id = new_run(store)
        points = [(3, 10, NAN), (1, 30, math.inf), (2, 20, -0.0), (2, 20, -math.inf)]
        log(store, run_id, points)
        (curve,) = store.draw(ChartQuery([run_id], ["loss"], Window("step"), 4))
        assert exact(curve.series) == bits([points[1], points[3], points[2], points[0]])
        assert curve.is_whole
        (curve,) = store.draw(ChartQuery([run_id], ["loss"], Window("time"), 4))
        assert exact(curve.series) == bits([points[0], points[3], points[2], points[1]])

    def test_curves_come_in_the_order_asked_for(self, store: Store) -> None:
        """Runs, then keys; what has no points is left out."""
        one, other, empty = (new_run(store) for _ in range(3))
        log(store, one, [(1, 1, 1.0)])
        log(store, one, [(2, 2, 1.0)], "accuracy")
        log(store, other, [(3, 3, 1.0)], "accuracy")
        found = _draw(store, [other, empty, one, other, "nobody"], Window("step"))
        assert found == [
            (other, "accuracy", [3]),
            (one, "loss", [1]),
            (one, "accuracy", [2]),
        ]
        assert _draw(store, [], Window("step")) == []

    def test_late_points_take_their_place(self, store: Store) -> None:
        """Points that come after their turn are drawn in it, on either axis."""
        run_id = new_run(store)
        log(store, run_id, [(step, step, 1.0) for step in range(0, 4000, 2)])
        store.get_history(run_id, "loss")
        log(store, run_id, [(step, step, 1.0) for step in range(1, 4000, 2)])
        axes: tuple[Axis, ...] = ("step", "time")
        for axis in axes:
            (curve,) = store.draw(ChartQuery([run_id], ["loss"], Window(axis), 5000))
            assert list(curve.series.step) == list(range(4000))

    def test_runs_without_a_start_begin_with_their_first_point(self, store: Store) -> None:
        """Relative time needs an origin; each curve names its own."""
        run_id = new_run(store, start_time=0)
        log(store, run_id, [(step, 5_000 + step, 1.0) for step in range(10)])
        window = Window("relative", 3, 4)
        (curve,) = store.draw(ChartQuery([run_id], ["loss"], window, 10))
        assert (curve.origin, list(curve.series.timestamp)) == (5_000, [5_003, 5_004])
