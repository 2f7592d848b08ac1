"""The suite that every metric backend passes. Subclass it and provide the fixture `store`.

`store` is both a `TrackingStore`, through which points are written, and a `MetricStore`. A
backend that packs points in the background runs it twice, packing before each read once.
"""

from __future__ import annotations

import math
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from epochal.entities import Metric
from epochal.errors import InvalidParameterError
from epochal.ports.tracking import NewExperiment, RunChanges
from epochal.testing.curves import CurveContract
from epochal.testing.points import NAN, Store, bits, exact, log, new_run
from epochal.testing.rewinds import RewindContract


class MetricContract(CurveContract, RewindContract):
    """The promises of `ports.metrics`, one test each."""

    def test_unknown_runs_and_keys_have_no_points(self, store: Store) -> None:
        """Asking for what was never logged is no error."""
        run_id = new_run(store)
        log(store, run_id, [(0, 0, 1.0)])
        assert len(store.get_history("nobody", "loss").series) == 0
        assert len(store.get_history(run_id, "accuracy").series) == 0
        assert store.get_histories([run_id, "nobody"], "accuracy", 10) == []
        assert store.sample(["nobody"], "loss", None, 10) == []
        assert store.get_histories([], "loss", 10) == []
        assert store.sample([], "loss", None, 10) == []

    def test_history_is_ordered_by_timestamp_step_value(self, store: Store) -> None:
        """Late points take their place; NaN comes last among equals."""
        run_id = new_run(store)
        points = [(5, 10, 1.0), (1, 20, 2.0), (1, 10, NAN), (1, 10, 3.0), (-4, 10, 9.0)]
        log(store, run_id, points[:2])
        log(store, run_id, points[2:])
        expected = [(-4, 10, 9.0), (1, 10, 3.0), (1, 10, NAN), (5, 10, 1.0), (1, 20, 2.0)]
        assert exact(store.get_history(run_id, "loss").series) == bits(expected)

    def test_values_come_back_exactly(self, store: Store) -> None:
        """NaN, infinities, subnormals, minus zero and the ends of int64 survive."""
        run_id = new_run(store)
        values = [NAN, math.inf, -math.inf, -0.0, 5e-324, 1.7976931348623157e308, 0.1]
        points = [(step, step, value) for step, value in enumerate(values)]
        points += [(-(2**63), 100, 1.0), (2**63 - 1, 101, 2.0)]
        log(store, run_id, points)
        assert exact(store.get_history(run_id, "loss").series) == bits(points)

    def test_equal_points_appear_once(self, store: Store) -> None:
        """In one entry or in several; NaN equals NaN."""
        run_id = new_run(store)
        points = [(1, 10, 0.5), (1, 10, NAN), (1, 10, 0.25)]
        log(store, run_id, [*points, *points])
        log(store, run_id, points)
        expected = [(1, 10, 0.25), (1, 10, 0.5), (1, 10, NAN)]
        assert exact(store.get_history(run_id, "loss").series) == bits(expected)

    def test_pages_cover_a_history_once(self, store: Store) -> None:
        """Pages of any size put together are the whole history, also over ties."""
        run_id = new_run(store)
        points = [(step % 7, step // 20, float(step % 5)) for step in range(200)]
        log(store, run_id, points)
        whole = exact(store.get_history(run_id, "loss").series)
        assert len(whole) == len(set(points))
        for size in (1, 7, 64, len(whole)):
            assert self._paged(store, run_id, size) == whole

    def test_pages_stand_still_while_points_arrive(self, store: Store) -> None:
        """A page continues behind the last point seen, whatever was logged meanwhile."""
        run_id = new_run(store)
        log(store, run_id, [(step, step, 1.0) for step in range(0, 20, 2)])
        first = store.get_history(run_id, "loss", 5)
        log(store, run_id, [(step, step, 1.0) for step in range(1, 20, 2)])
        rest = store.get_history(run_id, "loss", None, first.token)
        assert list(first.series.step) == [0, 2, 4, 6, 8]
        assert list(rest.series.step) == list(range(9, 20))

    def test_last_page_has_no_token(self, store: Store) -> None:
        """A page that ends exactly with the history is the last one."""
        run_id = new_run(store)
        log(store, run_id, [(step, step, 1.0) for step in range(10)])
        assert store.get_history(run_id, "loss", 10).token is None
        assert store.get_history(run_id, "loss", 9).token is not None

    def test_foreign_tokens_are_refused(self, store: Store) -> None:
        """Rubbish, and the token of another run or key."""
        run_id = new_run(store)
        log(store, run_id, [(0, 0, 1.0), (1, 1, 1.0)])
        log(store, run_id, [(0, 0, 1.0), (1, 1, 1.0)], "accuracy")
        token = store.get_history(run_id, "loss", 1).token
        assert token is not None
        for wrong in ("rubbish", "eyJvZmZzZXQiOiAxfQ==", token[:-4], "💥"):
            with pytest.raises(InvalidParameterError, match="page token"):
                store.get_history(run_id, "loss", 1, wrong)
        with pytest.raises(InvalidParameterError, match="page token"):
            store.get_history(run_id, "accuracy", 1, token)

    def test_histories_share_one_limit(self, store: Store) -> None:
        """Runs come by id, each in order, until the limit is reached."""
        runs = sorted(new_run(store) for _ in range(3))
        for number, run_id in enumerate(runs):
            log(store, run_id, [(step, 5 - step, float(number)) for step in range(4)])
        found = store.get_histories([runs[2], runs[0], runs[1]], "loss", 6)
        assert [run_id for run_id, _ in found] == runs[:2]
        assert [list(series.step) for _, series in found] == [[3, 2, 1, 0], [3, 2]]

    def test_samples_are_ordered_by_step(self, store: Store) -> None:
        """Charts run along the steps, even where clocks went backwards."""
        run_id = new_run(store)
        points = [(3, 10, 1.0), (1, 30, 1.0), (2, 20, NAN), (2, 20, 5.0)]
        log(store, run_id, points)
        ((found, series),) = store.sample([run_id], "loss", None, 10)
        expected = [(1, 30, 1.0), (2, 20, 5.0), (2, 20, NAN), (3, 10, 1.0)]
        assert (found, exact(series)) == (run_id, bits(expected))

    @pytest.mark.parametrize(
        ("limit", "chosen"), [(1, [99]), (2, [0, 99]), (3, [0, 34, 99]), (7, None), (100, None)]
    )
    def test_samples_are_even(self, store: Store, limit: int, chosen: list[int] | None) -> None:
        """As many as asked for, the first and the last kept, the rest as NTILE chooses."""
        run_id = new_run(store)
        log(store, run_id, [(step, step, 1.0) for step in range(100)])
        ((_, series),) = store.sample([run_id], "loss", None, limit)
        assert len(series) == limit
        if chosen is not None:
            assert list(series.step) == chosen

    def test_windows_are_inclusive(self, store: Store) -> None:
        """Only points of the window are chosen from; an empty one leaves the run out."""
        run_id = new_run(store)
        log(store, run_id, [(step, step, 1.0) for step in range(-50, 50)])
        ((_, series),) = store.sample([run_id], "loss", (-10, 10), 3)
        assert list(series.step) == [-10, -3, 10]
        ((_, series),) = store.sample([run_id], "loss", (7, 7), 3)
        assert list(series.step) == [7]
        assert store.sample([run_id], "loss", (60, 70), 3) == []

    def test_samples_come_in_the_order_asked_for(self, store: Store) -> None:
        """Each run once, those without points left out."""
        runs = [new_run(store) for _ in range(3)]
        log(store, runs[0], [(0, 0, 1.0)])
        log(store, runs[2], [(0, 0, 2.0)])
        found = store.sample([runs[2], runs[1], runs[0], runs[2]], "loss", None, 5)
        assert [run_id for run_id, _ in found] == [runs[2], runs[0]]

    def test_keys_and_experiments_do_not_mix(self, store: Store) -> None:
        """One name in two experiments is two metrics; two names in one run are, too."""
        other = store.create_experiment(NewExperiment(uuid.uuid4().hex, "file:///tmp/x", 1))
        here, there = new_run(store), new_run(store, other.experiment_id)
        log(store, here, [(0, 0, 1.0)])
        log(store, here, [(0, 0, 2.0)], "日本 loss/val")
        log(store, there, [(0, 0, 3.0)])
        found = {
            (run_id, key): list(store.get_history(run_id, key).series.value)
            for run_id, key in [(here, "loss"), (here, "日本 loss/val"), (there, "loss")]
        }
        assert list(found.values()) == [[1.0], [2.0], [3.0]]

    def test_latest_follows_step_then_time_then_value(self, store: Store) -> None:
        """A run shows the greatest by (step, timestamp, value), NaN in the place of zero."""
        run_id = new_run(store)
        log(store, run_id, [(5, 100, 2.0)])
        log(store, run_id, [(3, 200, 1.0)])
        assert store.get_run(run_id).data.latest == [Metric("loss", 2.0, 100, 5)]
        log(store, run_id, [(5, 100, 1.5)])
        assert store.get_run(run_id).data.metrics == {"loss": 2.0}
        log(store, run_id, [(6, 100, -1.0)])
        log(store, run_id, [(6, 100, NAN)])
        assert math.isnan(store.get_run(run_id).data.metrics["loss"])
        log(store, run_id, [(6, 100, 0.5), (6, 100, math.inf)])
        assert store.get_run(run_id).data.metrics == {"loss": math.inf}

    def test_long_series_come_back_whole(self, store: Store) -> None:
        """More points than any fresh row or chunk holds, some twice, some late."""
        run_id = new_run(store)
        count = 90_000
        points = [(step, 1000 + 3 * step, math.sin(step / 500)) for step in range(count)]
        for start in range(0, count, 9_000):
            log(store, run_id, points[start : start + 9_500])
        log(store, run_id, points[40_000:40_050])
        whole = store.get_history(run_id, "loss").series
        assert exact(whole) == bits(points)
        assert self._paged(store, run_id, 25_000) == bits(points)
        ((_, sampled),) = store.sample([run_id], "loss", (10_000, 19_999), 10)
        assert list(sampled.step) == [*range(10_000, 19_000, 1000), 19_999]

    def test_readers_see_each_point_once_while_it_moves(self, store: Store) -> None:
        """Packing in the background neither hides nor doubles a point."""
        run_id = new_run(store)
        rows = [[(10 * row + i, 10 * row + i, 1.0) for i in range(10)] for row in range(700)]

        def write() -> None:
            for row in rows:
                log(store, run_id, row)
            store.update_run(run_id, RunChanges(status="FINISHED"))

        with ThreadPoolExecutor(1) as pool:
            written = pool.submit(write)
            while not written.done():
                steps = list(store.get_history(run_id, "loss").series.step)
                assert steps == list(range(len(steps)))
            written.result()
        assert list(store.get_history(run_id, "loss").series.step) == list(range(7000))

    def test_many_writers_lose_nothing(self, store: Store) -> None:
        """Threads that log into one run at once all succeed; the latest is the greatest."""
        run_id = new_run(store)

        def write(writer: int) -> None:
            for step in range(50):
                log(store, run_id, [(step, step, float(writer))])

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(write, range(8)))
        assert len(store.get_history(run_id, "loss").series) == 400
        assert store.get_run(run_id).data.latest == [Metric("loss", 7.0, 49, 49)]

    def _paged(self, store: Store, run_id: str, size: int) -> list[tuple[int, int, bytes]]:
        found: list[tuple[int, int, bytes]] = []
        token: str | None = None
        while True:
            page = store.get_history(run_id, "loss", size, token)
            assert len(page.series) <= size
            found += exact(page.series)
            token = page.token
            if token is None:
                return found
