"""The promises of a tracking store about runs and their lives."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from epochal.entities import Dataset, DatasetInput, InputTag, RunInfo
from epochal.errors import EpochalError, NotActiveError, NotFoundError
from epochal.ports.tracking import NewRun, RunChanges, RunLog
from epochal.testing.samples import NOW_MS, ROOT, log, make_experiment, make_run

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.entities import Status
    from epochal.ports.tracking import TrackingStore

DATASET = DatasetInput(Dataset("flights", "d1", "local", "{}"))


def writes(store: TrackingStore, run_id: str) -> list[Callable[[], object]]:
    """Every way to write into a run, except moving it between stages."""
    return [
        lambda: store.log(RunLog(run_id, params={"p": "1"})).result(),
        lambda: store.log(RunLog(run_id, tags={"t": "1"})).result(),
        lambda: store.log(RunLog(run_id)).result(),
        lambda: store.update_run(run_id, RunChanges(status="FINISHED")),
        lambda: store.delete_tag(run_id, "mlflow.runName"),
        lambda: store.log_inputs(run_id, [DATASET]),
    ]


class RunContract:
    """What every tracking store promises about runs."""

    def test_a_created_run_is_read_back_as_it_was_answered(self, store: TrackingStore) -> None:
        """A new run is RUNNING, has its artifacts below the experiment's and carries its name."""
        experiment = make_experiment(store)
        made = store.create_run(
            NewRun("abc", experiment.experiment_id, "brave-owl-7", "ada", 42, {"k": "ü"})
        )
        assert made.info == RunInfo(
            run_id="abc",
            experiment_id=experiment.experiment_id,
            run_name="brave-owl-7",
            user_id="ada",
            status="RUNNING",
            start_time=42,
            end_time=None,
            artifact_uri=f"{ROOT}/{experiment.experiment_id}/abc/artifacts",
        )
        assert made.data.tags == {"k": "ü", "mlflow.runName": "brave-owl-7"}
        assert (made.data.params, made.data.latest) == ({}, [])
        assert made.inputs.dataset_inputs == []
        assert store.get_run("abc") == made

    def test_a_run_without_user_at_the_epoch_is_legal(self, store: TrackingStore) -> None:
        """An empty user and time 0 are values, not gaps."""
        made = store.create_run(NewRun("zero", "0", "n", "", 0))
        assert (made.info.user_id, made.info.start_time) == ("", 0)
        assert store.get_run("zero") == made

    def test_creating_a_run_again_answers_the_run_that_is_there(
        self, store: TrackingStore
    ) -> None:
        """A client that lost the answer may repeat; what the run logged meanwhile stays."""
        made = make_run(store, run_id="again")
        log(store, made, params={"alpha": "1"})
        repeated = make_run(store, made.info.experiment_id, "again", tags={"new": "tag"})
        assert repeated == store.get_run("again")
        assert repeated.data.params == {"alpha": "1"}
        assert "new" not in repeated.data.tags

    def test_many_who_create_one_run_at_once_get_the_same(self, store: TrackingStore) -> None:
        """The same run_id from many threads is one run."""
        experiment_id = make_experiment(store).experiment_id

        def attempt(_: int) -> RunInfo:
            return make_run(store, experiment_id, "one").info

        with ThreadPoolExecutor(8) as pool:
            made = list(pool.map(attempt, range(16)))
        assert made == [store.get_run("one").info] * 16

    def test_an_unknown_run_is_not_found(self, store: TrackingStore) -> None:
        """Every method that names an unknown run raises NotFoundError with its id."""
        reads = [
            lambda: store.get_run("nope"),
            lambda: store.set_run_stage("nope", "deleted", 0),
            lambda: store.set_run_stage("nope", "active", 0),
        ]
        for attempt in [*reads, *writes(store, "nope")]:
            with pytest.raises(NotFoundError, match="nope"):
                attempt()

    def test_run_ids_are_compared_to_the_letter(self, store: TrackingStore) -> None:
        """Case counts in a run_id, and a beginning of one is not the run."""
        make_run(store, run_id="Abc")
        for other in ("abc", "Ab", "Abc ", "%"):
            with pytest.raises(NotFoundError):
                store.get_run(other)

    @pytest.mark.parametrize("status", ["SCHEDULED", "FINISHED", "FAILED", "KILLED", "RUNNING"])
    def test_any_status_may_follow_any_other(self, store: TrackingStore, status: Status) -> None:
        """Status changes are not judged, and the end time is the client's word."""
        made = make_run(store)
        store.update_run(made.info.run_id, RunChanges(status="FINISHED", end_time=NOW_MS + 9))
        info = store.update_run(made.info.run_id, RunChanges(status=status))
        assert (info.status, info.end_time) == (status, NOW_MS + 9)
        assert store.get_run(made.info.run_id).info == info

    def test_an_empty_update_changes_nothing(self, store: TrackingStore) -> None:
        """What is None stays as it is."""
        made = make_run(store)
        assert store.update_run(made.info.run_id, RunChanges()) == made.info
        assert store.get_run(made.info.run_id) == made

    def test_a_new_name_is_also_the_tag(self, store: TrackingStore) -> None:
        """The run's name and its tag mlflow.runName stay one."""
        made = make_run(store)
        assert store.update_run(made.info.run_id, RunChanges(run_name="fresh")).run_name == "fresh"
        assert store.get_run(made.info.run_id).data.tags["mlflow.runName"] == "fresh"

    def test_the_name_tag_renames_the_run(self, store: TrackingStore) -> None:
        """Setting mlflow.runName renames; an empty one leaves the name."""
        made = make_run(store)
        log(store, made, tags={"mlflow.runName": "via tag"})
        assert store.get_run(made.info.run_id).info.run_name == "via tag"
        log(store, made, tags={"mlflow.runName": ""})
        assert store.get_run(made.info.run_id).info.run_name == "via tag"

    def test_a_deleted_run_is_read_but_not_written(self, store: TrackingStore) -> None:
        """A deleted run takes no writes and loses nothing; restored, it takes them again."""
        made = make_run(store, tags={"kept": "yes"})
        log(store, made, params={"alpha": "1"})
        before = store.get_run(made.info.run_id)
        store.set_run_stage(made.info.run_id, "deleted", NOW_MS)
        for attempt in writes(store, made.info.run_id):
            with pytest.raises(NotActiveError, match=made.info.run_id):
                attempt()
        deleted = store.get_run(made.info.run_id)
        assert deleted.info.lifecycle_stage == "deleted"
        assert deleted.data == before.data
        store.set_run_stage(made.info.run_id, "active", NOW_MS)
        assert store.get_run(made.info.run_id) == before
        log(store, made, tags={"kept": "still"})

    def test_stages_may_be_set_twice(self, store: TrackingStore) -> None:
        """Deleting a deleted run and restoring an active one are no errors."""
        run_id = make_run(store).info.run_id
        for stage in ("active", "deleted", "deleted", "active", "active"):
            store.set_run_stage(run_id, stage, NOW_MS)
            assert store.get_run(run_id).info.lifecycle_stage == stage

    def test_a_tag_is_deleted_once(self, store: TrackingStore) -> None:
        """Deleting a tag that is not there is not found, also one that another run has."""
        made = make_run(store, tags={"a": "1", "b": "2"})
        store.delete_tag(made.info.run_id, "a")
        assert set(store.get_run(made.info.run_id).data.tags) == {"b", "mlflow.runName"}
        other = make_run(store, made.info.experiment_id)
        for run_id, key in ((made.info.run_id, "a"), (other.info.run_id, "b")):
            with pytest.raises(NotFoundError, match=key):
                store.delete_tag(run_id, key)

    def test_datasets_are_attached_with_their_tags(self, store: TrackingStore) -> None:
        """A run's inputs come back whole, in the order in which they were attached."""
        made = make_run(store)
        inputs = [
            DatasetInput(
                Dataset("b", "1", "s3", "s3://x", '{"cols": []}', '{"rows": 3}'),
                [InputTag("mlflow.data.context", "train"), InputTag("ü", "")],
            ),
            DatasetInput(Dataset("a", "1", "local", "x" * 65_535)),
        ]
        store.log_inputs(made.info.run_id, inputs)
        assert store.get_run(made.info.run_id).inputs.dataset_inputs == inputs

    def test_the_same_dataset_again_is_ignored(self, store: TrackingStore) -> None:
        """A dataset is attached to a run once; its first tags and first details stay."""
        made = make_run(store)
        first = DatasetInput(Dataset("d", "1", "local", "here"), [InputTag("k", "old")])
        again = DatasetInput(Dataset("d", "1", "s3", "there"), [InputTag("k", "new")])
        store.log_inputs(made.info.run_id, [first])
        store.log_inputs(made.info.run_id, [again, again])
        assert store.get_run(made.info.run_id).inputs.dataset_inputs == [first]

    def test_runs_of_an_experiment_share_datasets(self, store: TrackingStore) -> None:
        """The same name and digest is one dataset for all runs, with tags of their own."""
        made = make_run(store)
        other = make_run(store, made.info.experiment_id)
        data = Dataset("shared", "1", "local", "{}")
        for run, context in ((made, "train"), (other, "eval")):
            tags = [InputTag("mlflow.data.context", context)]
            store.log_inputs(run.info.run_id, [DatasetInput(data, tags)])
        found = store.search_datasets([made.info.experiment_id])
        assert [(d.name, d.digest, d.context) for d in found] == [
            ("shared", "1", "eval"),
            ("shared", "1", "train"),
        ]

    def test_dataset_summaries_are_distinct_and_of_these_experiments(
        self, store: TrackingStore
    ) -> None:
        """A summary appears once however many runs read it, without context if it has none."""
        mine, foreign = make_experiment(store), make_experiment(store)
        for experiment in (mine, mine, foreign):
            run = make_run(store, experiment.experiment_id)
            store.log_inputs(run.info.run_id, [DATASET])
        found = store.search_datasets([mine.experiment_id])
        assert [(d.experiment_id, d.name, d.context) for d in found] == [
            (mine.experiment_id, "flights", None)
        ]
        assert store.search_datasets([]) == []
        assert store.search_datasets(["12345", "junk"]) == []

    def test_summaries_stop_at_a_thousand(self, store: TrackingStore) -> None:
        """However many datasets there are, at most 1,000 summaries are answered."""
        made = make_run(store)
        many = [DatasetInput(Dataset("d", str(n), "local", "{}")) for n in range(1001)]
        store.log_inputs(made.info.run_id, many)
        assert len(store.search_datasets([made.info.experiment_id])) == 1000

    def test_numbers_beyond_64_bits_are_refused_plainly(self, store: TrackingStore) -> None:
        """A time that no database can hold raises one of our errors."""
        made = make_run(store)
        with pytest.raises(EpochalError):
            store.update_run(made.info.run_id, RunChanges(end_time=2**63))
        assert store.get_run(made.info.run_id) == made
