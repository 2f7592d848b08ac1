"""The part of the metric suite about rewinding a run and deleting a metric."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from epochal.entities import Metric
from epochal.errors import InvalidParameterError, NotActiveError, NotFoundError
from epochal.ports.metrics import ChartQuery, Rewound, Window
from epochal.testing.points import bits, exact, log, new_run

if TYPE_CHECKING:
    from epochal.testing.points import Point, Store

NOW_MS = 1_800_000_000_000


def _line(start: int, stop: int, value: float = 1.0) -> list[Point]:
    return [(step, 10 * step, value) for step in range(start, stop)]


def _superseded(store: Store, run_id: str, key: str = "loss") -> list[tuple[int, int, bytes]]:
    return exact(store.get_history(run_id, key, superseded=True).series)


def _live(store: Store, run_id: str, key: str = "loss") -> list[tuple[int, int, bytes]]:
    return exact(store.get_history(run_id, key).series)


class RewindContract:
    """What one takes back."""

    def test_rewinding_supersedes_later_steps(self, store: Store) -> None:
        """Of all keys; the points stay readable apart from the others."""
        run_id = new_run(store)
        log(store, run_id, _line(-5, 100))
        log(store, run_id, _line(90, 120, 2.0), "accuracy")
        log(store, run_id, _line(0, 10), "early")
        assert store.rewind(run_id, 94, NOW_MS) == Rewound(1, 5 + 25)
        assert _live(store, run_id) == bits(_line(-5, 95))
        assert _live(store, run_id, "accuracy") == bits(_line(90, 95, 2.0))
        assert _live(store, run_id, "early") == bits(_line(0, 10))
        assert _superseded(store, run_id) == bits(_line(95, 100))
        assert _superseded(store, run_id, "accuracy") == bits(_line(95, 120, 2.0))
        assert _superseded(store, run_id, "early") == []

    def test_every_reading_shows_one_curve(self, store: Store) -> None:
        """Samples, charts, bulk histories and the run itself forget what was superseded."""
        run_id = new_run(store)
        log(store, run_id, [*_line(0, 10), *_line(10, 20, -7.0)])
        store.rewind(run_id, 9, NOW_MS)
        log(store, run_id, _line(10, 12, 3.0))
        expected = list(range(12))
        assert list(store.get_histories([run_id], "loss", 99)[0][1].step) == expected
        assert list(store.sample([run_id], "loss", None, 99)[0][1].step) == expected
        (curve,) = store.draw(ChartQuery([run_id], ["loss"], Window("time"), 99))
        assert list(curve.series.step) == expected
        assert store.get_run(run_id).data.latest == [Metric("loss", 3.0, 110, 11)]

    def test_repeating_a_rewind_changes_nothing(self, store: Store) -> None:
        """Nor does one beyond the last step."""
        run_id = new_run(store)
        log(store, run_id, _line(0, 10))
        assert store.rewind(run_id, 9, NOW_MS) == Rewound(None, 0)
        assert store.rewind(run_id, 3, NOW_MS) == Rewound(1, 6)
        assert store.rewind(run_id, 3, NOW_MS) == Rewound(None, 0)
        assert _superseded(store, run_id) == bits(_line(4, 10))

    def test_what_comes_after_a_rewind_is_live(self, store: Store) -> None:
        """Whatever its step, also a point that was superseded; rewinds are counted on."""
        run_id = new_run(store)
        log(store, run_id, _line(0, 10))
        store.rewind(run_id, 3, NOW_MS)
        log(store, run_id, [*_line(4, 6), *_line(6, 12, 5.0)])
        assert _live(store, run_id) == bits([*_line(0, 6), *_line(6, 12, 5.0)])
        assert store.rewind(run_id, 4, NOW_MS) == Rewound(2, 7)
        together = sorted([*_line(4, 10), *_line(6, 12, 5.0)], key=lambda p: (p[1], p[2]))
        assert _superseded(store, run_id) == bits(together)
        assert self._superseded_pages(store, run_id, 3) == bits(together)
        window = Window("step", 7, 7)
        found = store.get_history(run_id, "loss", window=window, superseded=True)
        assert exact(found.series) == bits([(7, 70, 1.0), (7, 70, 5.0)])

    def test_rewinding_everything(self, store: Store) -> None:
        """A key of which nothing is left is no metric of the run any more."""
        run_id = new_run(store)
        log(store, run_id, _line(0, 10))
        store.rewind(run_id, -1, NOW_MS)
        assert _live(store, run_id) == []
        assert store.get_run(run_id).data.latest == []
        assert store.sample([run_id], "loss", None, 5) == []
        log(store, run_id, _line(0, 1))
        assert store.get_run(run_id).data.metrics == {"loss": 1.0}

    def test_summaries_follow_a_rewind(self, store: Store) -> None:
        """The latest point is that of what is left, late points and ties counted in."""
        run_id = new_run(store)
        log(store, run_id, [(5, 100, 2.0), (5, 100, math.nan), (3, 200, 1.0), (9, 50, 8.0)])
        store.rewind(run_id, 5, NOW_MS)
        assert store.get_run(run_id).data.latest == [Metric("loss", 2.0, 100, 5)]
        store.rewind(run_id, 4, NOW_MS)
        assert store.get_run(run_id).data.latest == [Metric("loss", 1.0, 200, 3)]

    def test_long_series_are_cut_where_they_are_packed(self, store: Store) -> None:
        """In the middle of a chunk, whole chunks, and what is fresh."""
        run_id = new_run(store)
        points = _line(0, 150_000)
        for start in range(0, len(points), 50_000):
            log(store, run_id, points[start : start + 50_000])
        assert store.rewind(run_id, 30_000, NOW_MS) == Rewound(1, 119_999)
        assert _live(store, run_id) == bits(points[:30_001])
        assert _superseded(store, run_id) == bits(points[30_001:])

    def test_other_runs_are_left_alone(self, store: Store) -> None:
        """A rewind is of one run."""
        run_id, other = new_run(store), new_run(store)
        log(store, run_id, _line(0, 10))
        log(store, other, _line(0, 10))
        store.rewind(run_id, 5, NOW_MS)
        assert _live(store, other) == bits(_line(0, 10))

    def test_a_deleted_metric_is_gone(self, store: Store) -> None:
        """Its points, superseded ones too, and its place in the run; other keys stay."""
        run_id = new_run(store)
        log(store, run_id, _line(0, 10))
        log(store, run_id, _line(0, 5), "accuracy")
        store.rewind(run_id, 7, NOW_MS)
        log(store, run_id, _line(8, 9, 4.0))
        store.delete_metric(run_id, "loss")
        assert (_live(store, run_id), _superseded(store, run_id)) == ([], [])
        assert store.get_run(run_id).data.metrics == {"accuracy": 1.0}
        assert _live(store, run_id, "accuracy") == bits(_line(0, 5))
        with pytest.raises(NotFoundError, match="loss"):
            store.delete_metric(run_id, "loss")
        log(store, run_id, _line(1, 2))
        assert _live(store, run_id) == bits(_line(1, 2))

    def test_what_was_superseded_alone_can_be_deleted(self, store: Store) -> None:
        """Though the run shows no such metric any more."""
        run_id = new_run(store)
        log(store, run_id, _line(0, 10))
        store.rewind(run_id, -1, NOW_MS)
        store.delete_metric(run_id, "loss")
        assert _superseded(store, run_id) == []

    def test_only_active_runs_are_rewound(self, store: Store) -> None:
        """A deleted run keeps what it has, and one that is not there says so."""
        run_id = new_run(store)
        log(store, run_id, _line(0, 10))
        with pytest.raises(NotFoundError, match="elsewhere"):
            store.delete_metric(run_id, "elsewhere")
        store.set_run_stage(run_id, "deleted", NOW_MS)
        with pytest.raises(NotActiveError):
            store.rewind(run_id, 5, NOW_MS)
        with pytest.raises(NotActiveError):
            store.delete_metric(run_id, "loss")
        with pytest.raises(NotFoundError):
            store.rewind("nobody", 5, NOW_MS)
        with pytest.raises(NotFoundError):
            store.delete_metric("nobody", "loss")
        assert _live(store, run_id) == bits(_line(0, 10))

    def test_tokens_tell_superseded_from_live(self, store: Store) -> None:
        """A page of one kind is not continued with the other."""
        run_id = new_run(store)
        log(store, run_id, _line(0, 10))
        store.rewind(run_id, 5, NOW_MS)
        token = store.get_history(run_id, "loss", 2, superseded=True).token
        with pytest.raises(InvalidParameterError, match="page token"):
            store.get_history(run_id, "loss", 2, token)

    def _superseded_pages(
        self, store: Store, run_id: str, size: int
    ) -> list[tuple[int, int, bytes]]:
        found: list[tuple[int, int, bytes]] = []
        token: str | None = None
        while True:
            page = store.get_history(run_id, "loss", size, token, superseded=True)
            assert len(page.series) <= size
            found += exact(page.series)
            token = page.token
            if token is None:
                return found
