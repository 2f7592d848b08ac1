"""The promises of a tracking store about what runs log."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from epochal.entities import Metric, Points
from epochal.errors import EpochalError, NotFoundError, ParamChangedError
from epochal.ports.tracking import Delivery, RunLog
from epochal.testing.samples import NOW_MS, log, make_experiment, make_run, measured

if TYPE_CHECKING:
    from epochal.ports.tracking import TrackingStore


class LogContract:
    """What every tracking store promises about `log`."""

    def test_everything_of_one_entry_is_there_afterwards(self, store: TrackingStore) -> None:
        """Metrics, params and tags of an entry are seen by every reader once it completed."""
        made = make_run(store)
        log(
            store,
            made,
            metrics=[measured("loss", 0.5, 1)],
            params={"alpha": "0.1", "empty": ""},
            tags={"note": "a\nb"},
        )
        data = store.get_run(made.info.run_id).data
        assert data.metrics == {"loss": 0.5}
        assert data.params == {"alpha": "0.1", "empty": ""}
        assert data.tags["note"] == "a\nb"

    def test_long_and_foreign_text_comes_back_to_the_letter(self, store: TrackingStore) -> None:
        """Values of 6,000 and 8,000 characters, emoji and combining marks are kept exactly."""
        made = make_run(store)
        params = {"p" * 250: "ß" * 6000, "ключ/日本": "🎉\t'\"%_?\\", "n": "na\u0308me"}
        tags = {"t" * 250: "🧪" * 8000, "e\u0301": "\u00e9"}
        log(store, made, params=params, tags=tags)
        data = store.get_run(made.info.run_id).data
        assert data.params == params
        assert {key: data.tags[key] for key in tags} == tags

    def test_a_thousand_keys_of_each_kind_fit_into_a_run(self, store: TrackingStore) -> None:
        """A run may have many keys; names are shared freely between kinds."""
        made = make_run(store)
        names = [f"key/{n}" for n in range(1000)]
        texts = {name: f"value of {name}" for name in names}
        log(store, made, params=texts, tags=texts, metrics=[measured(n, 1.0) for n in names])
        data = store.get_run(made.info.run_id).data
        assert data.params == texts
        assert {name: data.tags[name] for name in names} == texts
        assert data.metrics == dict.fromkeys(names, 1.0)

    def test_an_empty_entry_is_accepted(self, store: TrackingStore) -> None:
        """Nothing to log is no error."""
        made = make_run(store)
        log(store, made)
        assert store.get_run(made.info.run_id) == made

    def test_a_param_is_written_once(self, store: TrackingStore) -> None:
        """The same value again is fine; another one is refused and names both."""
        made = make_run(store)
        log(store, made, params={"alpha": "1"})
        log(store, made, params={"alpha": "1", "beta": "2"})
        with pytest.raises(ParamChangedError, match=r"alpha.*'1'.*'3'"):
            log(store, made, params={"alpha": "3"})
        assert store.get_run(made.info.run_id).data.params == {"alpha": "1", "beta": "2"}

    def test_a_refused_entry_leaves_nothing(self, store: TrackingStore) -> None:
        """An entry is all or nothing: with a changed param, its metrics and tags go too."""
        made = make_run(store)
        log(store, made, params={"alpha": "1"})
        before = store.get_run(made.info.run_id)
        with pytest.raises(ParamChangedError):
            log(
                store,
                made,
                metrics=[measured("loss", 1.0)],
                params={"alpha": "2", "fresh": "x"},
                tags={"late": "x"},
            )
        assert store.get_run(made.info.run_id) == before

    def test_of_racing_params_one_value_wins(self, store: TrackingStore) -> None:
        """When threads log different values of one param, one is kept and all others refused."""
        made = make_run(store)

        def attempt(value: int) -> str | None:
            try:
                log(store, made, params={"seed": str(value)})
            except ParamChangedError:
                return None
            return str(value)

        with ThreadPoolExecutor(8) as pool:
            won = {value for value in pool.map(attempt, range(16)) if value is not None}
        assert won == {store.get_run(made.info.run_id).data.params["seed"]}

    def test_tags_are_overwritten(self, store: TrackingStore) -> None:
        """The last value of a tag wins."""
        made = make_run(store)
        for value in ("one", "", "three"):
            log(store, made, tags={"state": value})
            assert store.get_run(made.info.run_id).data.tags["state"] == value

    def test_threads_that_set_one_tag_all_succeed(self, store: TrackingStore) -> None:
        """Eight clients that set one tag at once end with one of their values, without error."""
        made = make_run(store)

        def attempt(n: int) -> None:
            log(store, made, tags={"t": str(n)})

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(attempt, range(32)))
        assert int(store.get_run(made.info.run_id).data.tags["t"]) in range(32)

    def test_the_latest_point_is_the_greatest_by_step_time_and_value(
        self, store: TrackingStore
    ) -> None:
        """Step wins over time, time over value, whatever the order of arrival."""
        made = make_run(store)
        late = [
            Metric("m", 1.0, NOW_MS, 3),
            Metric("m", 9.0, NOW_MS + 100, 2),
            Metric("m", 2.0, NOW_MS + 1, 3),
            Metric("m", 1.5, NOW_MS + 1, 3),
            Metric("m", 7.0, NOW_MS + 500, -4),
        ]
        log(store, made, metrics=late)
        assert store.get_run(made.info.run_id).data.latest == [late[2]]
        log(store, made, metrics=[Metric("m", 0.0, 0, 4)])
        assert store.get_run(made.info.run_id).data.latest == [Metric("m", 0.0, 0, 4)]

    def test_extreme_numbers_are_kept(self, store: TrackingStore) -> None:
        """NaN, infinities, the largest steps and negative ones come back as they were."""
        made = make_run(store)
        values = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf, "tiny": 5e-324, "one": 1.0}
        log(store, made, metrics=[Metric(key, v, NOW_MS, 2**63 - 1) for key, v in values.items()])
        log(store, made, metrics=[Metric("first", 0.1, 0, -(2**63))])
        found = {metric.key: metric for metric in store.get_run(made.info.run_id).data.latest}
        assert math.isnan(found.pop("nan").value)
        assert found.pop("first") == Metric("first", 0.1, 0, -(2**63))
        assert {key: metric.value for key, metric in found.items()} == {
            key: value for key, value in values.items() if key != "nan"
        }

    def test_a_second_delivery_changes_nothing(self, store: TrackingStore) -> None:
        """A batch that was stored is recognised, even after the world moved on."""
        made = make_run(store)
        entry = RunLog(made.info.run_id, Points.of([measured("m", 1.0)]), tags={"t": "old"})
        store.log(entry, Delivery("writer", 1)).result()
        log(store, made, tags={"t": "new"})
        store.log(entry, Delivery("writer", 1)).result()
        assert store.get_run(made.info.run_id).data.tags["t"] == "new"
        store.set_run_stage(made.info.run_id, "deleted", NOW_MS)
        store.log(entry, Delivery("writer", 1)).result()

    def test_deliveries_are_counted_per_writer(self, store: TrackingStore) -> None:
        """The same number from another writer is another batch; a lower one is an old one."""
        made = make_run(store)

        def deliver(writer: str, sequence: int) -> None:
            entry = RunLog(made.info.run_id, tags={"last": f"{writer} {sequence}"})
            store.log(entry, Delivery(writer, sequence)).result()

        for writer, sequence in (("a", 7), ("b", 7), ("a", 3), ("b", 8), ("a", 8)):
            deliver(writer, sequence)
        assert store.get_run(made.info.run_id).data.tags["last"] == "a 8"

    def test_a_failed_delivery_may_be_sent_again(self, store: TrackingStore) -> None:
        """What was refused is not taken for delivered."""
        experiment_id = make_experiment(store).experiment_id
        entry = RunLog("later", params={"p": "1"})
        with pytest.raises(NotFoundError):
            store.log(entry, Delivery("w", 1)).result()
        make_run(store, experiment_id, "later")
        store.log(entry, Delivery("w", 1)).result()
        assert store.get_run("later").data.params == {"p": "1"}

    def test_one_bad_entry_among_many_fails_alone(self, store: TrackingStore) -> None:
        """Entries accepted together are judged apart."""
        made = make_run(store)
        futures = [
            store.log(RunLog(made.info.run_id if n % 10 else "nope", params={f"p{n}": "x"}))
            for n in range(100)
        ]
        failed = [n for n, future in enumerate(futures) if future.exception()]
        assert failed == list(range(0, 100, 10))
        assert all(isinstance(futures[n].exception(), NotFoundError) for n in failed)
        assert len(store.get_run(made.info.run_id).data.params) == 90

    def test_entries_are_applied_in_the_order_in_which_they_were_accepted(
        self, store: TrackingStore
    ) -> None:
        """Of many waiting entries, the last one's tag stays."""
        made = make_run(store)
        futures = [store.log(RunLog(made.info.run_id, tags={"n": str(n)})) for n in range(200)]
        for future in futures:
            future.result()
        assert store.get_run(made.info.run_id).data.tags["n"] == "199"

    def test_threads_lose_nothing(self, store: TrackingStore) -> None:
        """What many threads log into many runs at once is all there."""
        experiment_id = make_experiment(store).experiment_id
        runs = [make_run(store, experiment_id) for _ in range(4)]

        def work(n: int) -> None:
            run = runs[n % len(runs)]
            log(store, run, params={f"p{n}": str(n)}, metrics=[measured(f"m{n}", n, n)])

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(work, range(80)))
        for index, run in enumerate(runs):
            mine = range(index, 80, len(runs))
            data = store.get_run(run.info.run_id).data
            assert data.params == {f"p{n}": str(n) for n in mine}
            assert data.metrics == {f"m{n}": float(n) for n in mine}

    def test_what_is_returned_is_the_callers(self, store: TrackingStore) -> None:
        """Changing an answer changes nothing in the store."""
        made = make_run(store)
        made.data.tags["mine"] = "only"
        store.get_run(made.info.run_id).data.tags.clear()
        assert set(store.get_run(made.info.run_id).data.tags) == {"mlflow.runName"}

    def test_text_that_cannot_be_stored_fails_alone(self, store: TrackingStore) -> None:
        """A value that is no Unicode fails its own entry with one of our errors."""
        made = make_run(store)
        bad = store.log(RunLog(made.info.run_id, params={"bad": "\ud800"}))
        good = store.log(RunLog(made.info.run_id, params={"good": "1"}))
        assert isinstance(bad.exception(), EpochalError)
        good.result()
        assert store.get_run(made.info.run_id).data.params == {"good": "1"}

    def test_closing_finishes_what_was_accepted(self, store: TrackingStore) -> None:
        """Every future of an accepted entry completes by the time `close` returns."""
        made = make_run(store)
        futures = [store.log(RunLog(made.info.run_id, params={f"p{n}": "x"})) for n in range(300)]
        store.close()
        assert all(future.done() and future.exception() is None for future in futures)

    def test_a_closed_store_says_so(self, store: TrackingStore) -> None:
        """Closing twice is fine; using the store afterwards raises one of our errors."""
        made = make_run(store)
        store.close()
        store.close()
        with pytest.raises(EpochalError, match="closed"):
            store.get_run(made.info.run_id)
        with pytest.raises(EpochalError, match="closed"):
            store.log(RunLog(made.info.run_id)).result()
