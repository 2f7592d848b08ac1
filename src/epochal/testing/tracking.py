"""The contract of a tracking store as a suite that every backend passes.

Subclass `TrackingContract` in a test module and give it a fixture `store` that yields a new,
empty store and closes it afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from epochal.entities import Dataset, DatasetInput, ViewType
from epochal.errors import InvalidParameterError
from epochal.ports.tracking import RunQuery
from epochal.search.tree import And, Comparison, Field, OrderBy
from epochal.testing.experiments import ExperimentContract
from epochal.testing.logs import LogContract
from epochal.testing.runs import RunContract
from epochal.testing.samples import NOW_MS, ids_of, log, make_experiment, make_run, measured
from epochal.testing.writers import WriterContract

if TYPE_CHECKING:
    from epochal.entities import Run
    from epochal.ports.tracking import TrackingStore
    from epochal.search.tree import Function


class TrackingContract(ExperimentContract, RunContract, LogContract, WriterContract):
    """All that every tracking store promises; here: finding runs."""

    def test_runs_come_latest_first_and_ties_by_id(self, store: TrackingStore) -> None:
        """Without an order: by start time, latest first; equal ones by run_id."""
        experiment_id = make_experiment(store).experiment_id
        for run_id, start in (("b", 5), ("a", 5), ("c", 9), ("B", 5), ("d", 0)):
            make_run(store, experiment_id, run_id, start_time=start)
        assert ids_of(store, [experiment_id]) == ["c", "B", "a", "b", "d"]

    def test_no_experiments_means_no_runs(self, store: TrackingStore) -> None:
        """A search over nothing, or over experiments that do not exist, finds nothing."""
        make_run(store)
        assert ids_of(store, []) == []
        assert ids_of(store, ["404", "junk"]) == []

    def test_a_page_holds_whole_runs(self, store: TrackingStore) -> None:
        """Each run of a page is what `get_run` answers: data, latest metrics and inputs."""
        experiment_id = make_experiment(store).experiment_id
        for number in range(4):
            run = make_run(store, experiment_id, start_time=number)
            points = [measured("m", number), measured("m", number + 1, 1), measured("n", 0)]
            log(store, run, params={"p": str(number)}, tags={"t": "x"}, metrics=points)
            data = Dataset("d", str(number % 2), "local", "{}")
            store.log_inputs(run.info.run_id, [DatasetInput(data)])
        found = store.search_runs(RunQuery([experiment_id])).items
        assert len(found) == 4
        assert found == [store.get_run(run.info.run_id) for run in found]

    def test_views_choose_runs_by_stage(self, store: TrackingStore) -> None:
        """A search sees active runs, deleted ones or all."""
        experiment_id = make_experiment(store).experiment_id
        for run_id in ("kept", "gone"):
            make_run(store, experiment_id, run_id)
        store.set_run_stage("gone", "deleted", NOW_MS)
        for view, expected in (
            (ViewType.ACTIVE_ONLY, ["kept"]),
            (ViewType.DELETED_ONLY, ["gone"]),
            (ViewType.ALL, ["gone", "kept"]),
        ):
            assert ids_of(store, [experiment_id], view=view) == expected

    def test_pages_join_to_the_whole(self, store: TrackingStore) -> None:
        """Page by page one sees each run once, in order; the last page has no token."""
        experiments = [make_experiment(store).experiment_id for _ in range(2)]
        for number in range(9):
            make_run(store, experiments[number % 2], f"r{number}", start_time=number // 3)
        seen: list[Run] = []
        token = None
        while True:
            page = store.search_runs(RunQuery(experiments, limit=4, page_token=token))
            seen += page.items
            token = page.token
            if token is None:
                break
        whole = [f"r{number}" for number in (6, 7, 8, 3, 4, 5, 0, 1, 2)]
        assert [run.info.run_id for run in seen] == whole
        assert ids_of(store, experiments) == whole

    def test_a_foreign_page_token_is_refused(self, store: TrackingStore) -> None:
        """A token that is not ours is the caller's mistake."""
        experiment_id = make_run(store).info.experiment_id
        for token in ("rubbish", "eyJvZmZzZXQiOiAxfQ==", "💥", "x" * 5000):
            with pytest.raises(InvalidParameterError, match="token"):
                store.search_runs(RunQuery([experiment_id], page_token=token))

    def test_filters_and_orders_reach_the_store(self, store: TrackingStore) -> None:
        """A filter narrows and an order sorts; missing values come last either way, after NaN."""
        experiment_id = make_experiment(store).experiment_id
        for run_id, value in (("low", 0.1), ("high", 0.9), ("nan", float("nan")), ("none", None)):
            run = make_run(store, experiment_id, run_id)
            log(store, run, metrics=[] if value is None else [measured("loss", value)])
        loss = Field("metric", "loss")
        for descending, expected in ((False, ["low", "high"]), (True, ["high", "low"])):
            order = (OrderBy(loss, descending),)
            assert ids_of(store, [experiment_id], order_by=order) == [*expected, "nan", "none"]
        above = And((Comparison(loss, ">", 0.5),))
        assert ids_of(store, [experiment_id], where=above) == ["high"]

    def test_summaries_of_metrics_filter_and_order(self, store: TrackingStore) -> None:
        """Kept over all entries of a run, late and equal points too."""
        experiment_id = make_experiment(store).experiment_id
        losses = {"early": (0.5, 0.1, 0.9), "late": (0.8, 0.7, 0.2), "flat": (0.3, 0.3, 0.3)}
        for run_id, values in losses.items():
            run = make_run(store, experiment_id, run_id)
            for step in (2, 0, 1):
                log(store, run, metrics=[measured("loss", values[step], step)])
        orders: dict[Function | None, list[str]] = {
            "min": ["early", "late", "flat"],
            "max": ["flat", "late", "early"],
            "mean": ["flat", "early", "late"],
            "first": ["flat", "early", "late"],
            "min_step": ["flat", "early", "late"],
            None: ["late", "flat", "early"],
        }
        for function, expected in orders.items():
            field = Field("metric", "loss", function)
            assert ids_of(store, [experiment_id], order_by=(OrderBy(field),)) == expected
        best = Comparison(Field("metric", "loss", "min"), "<", 0.3)
        whole = Comparison(Field("metric", "loss", "count"), "=", 3)
        late = Comparison(Field("metric", "loss", "min_step"), ">", 1)
        assert ids_of(store, [experiment_id], where=And((best, whole))) == ["early", "late"]
        assert ids_of(store, [experiment_id], where=And((best, late))) == ["late"]
