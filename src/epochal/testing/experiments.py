"""The promises of a tracking store about experiments."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from epochal.entities import Experiment, ViewType
from epochal.errors import AlreadyExistsError, EpochalError, NotActiveError, NotFoundError
from epochal.ports.tracking import ExperimentQuery, NewExperiment, NewRun
from epochal.testing.samples import NOW_MS, ROOT, make_experiment, make_run, new_experiment

if TYPE_CHECKING:
    from epochal.ports.tracking import TrackingStore

UNKNOWN = ("999999", "9" * 30, "never", "-1", "", "1.0", "\u0661")


class ExperimentContract:
    """What every tracking store promises about experiments."""

    def test_a_new_store_holds_the_default_experiment(self, store: TrackingStore) -> None:
        """Experiment 0 named Default is there from the start, with a place for artifacts."""
        default = store.get_experiment("0")
        assert (default.name, default.lifecycle_stage) == ("Default", "active")
        assert default.artifact_location == "mlflow-artifacts:/0"
        assert default.creation_time is not None

    def test_a_created_experiment_is_read_back_as_it_was_answered(
        self, store: TrackingStore
    ) -> None:
        """Creation answers the experiment that every later read answers too."""
        made = store.create_experiment(new_experiment("first", {"team": "vision", "ü": "日本"}))
        assert made == Experiment(
            experiment_id=made.experiment_id,
            name="first",
            artifact_location=f"{ROOT}/{made.experiment_id}",
            creation_time=NOW_MS,
            last_update_time=NOW_MS,
            tags={"team": "vision", "ü": "日本"},
        )
        assert store.get_experiment(made.experiment_id) == made
        assert store.find_experiment_by_name("first") == made

    def test_ids_are_decimal_and_grow_from_one(self, store: TrackingStore) -> None:
        """Ids are decimal text, counted from 1."""
        ids = [make_experiment(store).experiment_id for _ in range(3)]
        assert ids[0] == "1"
        assert sorted(ids, key=int) == ids

    def test_a_location_of_its_own_is_kept(self, store: TrackingStore) -> None:
        """An experiment that names a location keeps it, to the letter."""
        made = store.create_experiment(NewExperiment("own", ROOT, NOW_MS, "s3://bucket/a%20b"))
        assert store.get_experiment(made.experiment_id).artifact_location == "s3://bucket/a%20b"

    def test_a_taken_name_is_refused(self, store: TrackingStore) -> None:
        """A name is unique, and the refusal names it."""
        make_experiment(store, "taken")
        with pytest.raises(AlreadyExistsError, match="taken"):
            make_experiment(store, "taken")

    def test_names_differ_by_case_and_by_every_character(self, store: TrackingStore) -> None:
        """Names are compared to the letter: case, spaces and accents count."""
        names = ["Name", "name", "name ", "näme", "na\u0308me", "x" * 500, "'; DROP TABLE runs"]
        made = {name: make_experiment(store, name).experiment_id for name in names}
        for name, experiment_id in made.items():
            found = store.find_experiment_by_name(name)
            assert found is not None
            assert found.experiment_id == experiment_id

    def test_a_deleted_experiment_keeps_its_name_reserved(self, store: TrackingStore) -> None:
        """The name of a deleted experiment is taken; the refusal says how to get it back."""
        made = make_experiment(store, "reserved")
        store.set_experiment_stage(made.experiment_id, "deleted", NOW_MS)
        with pytest.raises(AlreadyExistsError, match="deleted"):
            make_experiment(store, "reserved")

    def test_of_many_who_create_one_name_at_once_exactly_one_wins(
        self, store: TrackingStore
    ) -> None:
        """One creator gets the experiment; all others get AlreadyExistsError, never a failure."""

        def attempt(_: int) -> str | None:
            try:
                return make_experiment(store, "contested").experiment_id
            except AlreadyExistsError:
                return None

        with ThreadPoolExecutor(8) as pool:
            won = [found for found in pool.map(attempt, range(16)) if found is not None]
        winner = store.find_experiment_by_name("contested")
        assert winner is not None
        assert won == [winner.experiment_id]

    @pytest.mark.parametrize("experiment_id", UNKNOWN)
    def test_an_unknown_experiment_is_not_found(
        self, store: TrackingStore, experiment_id: str
    ) -> None:
        """Every method that names an unknown experiment raises NotFoundError."""
        for attempt in (
            lambda: store.get_experiment(experiment_id),
            lambda: store.rename_experiment(experiment_id, "x", NOW_MS),
            lambda: store.set_experiment_stage(experiment_id, "deleted", NOW_MS),
            lambda: store.set_experiment_stage(experiment_id, "active", NOW_MS),
            lambda: store.set_experiment_tag(experiment_id, "k", "v"),
            lambda: store.delete_experiment_tag(experiment_id, "k"),
            lambda: store.create_run(NewRun("r", experiment_id, "n", "u", 0)),
        ):
            with pytest.raises(NotFoundError):
                attempt()

    def test_an_unknown_name_finds_nothing(self, store: TrackingStore) -> None:
        """Looking for a name that nobody has answers None."""
        assert store.find_experiment_by_name("nobody") is None

    def test_renaming_changes_the_name_and_the_time(self, store: TrackingStore) -> None:
        """A renamed experiment is found by its new name only, and was updated then."""
        made = make_experiment(store, "before")
        store.rename_experiment(made.experiment_id, "after", NOW_MS + 5)
        renamed = store.get_experiment(made.experiment_id)
        assert (renamed.name, renamed.last_update_time) == ("after", NOW_MS + 5)
        assert store.find_experiment_by_name("before") is None

    def test_renaming_to_a_taken_name_is_refused(self, store: TrackingStore) -> None:
        """Neither an active nor a deleted experiment gives its name away."""
        make_experiment(store, "active one")
        gone = make_experiment(store, "deleted one")
        store.set_experiment_stage(gone.experiment_id, "deleted", NOW_MS)
        made = make_experiment(store, "mine")
        for name in ("active one", "deleted one"):
            with pytest.raises(AlreadyExistsError, match=name):
                store.rename_experiment(made.experiment_id, name, NOW_MS)
        assert store.get_experiment(made.experiment_id).name == "mine"

    def test_renaming_to_its_own_name_changes_nothing(self, store: TrackingStore) -> None:
        """An experiment may be renamed to the name that it has."""
        made = make_experiment(store, "same")
        store.rename_experiment(made.experiment_id, "same", NOW_MS)
        assert store.get_experiment(made.experiment_id) == made

    def test_a_deleted_experiment_is_read_but_not_written(self, store: TrackingStore) -> None:
        """Deleted experiments are readable; renaming, tagging and new runs are refused."""
        made = make_experiment(store)
        store.set_experiment_tag(made.experiment_id, "k", "v")
        store.set_experiment_stage(made.experiment_id, "deleted", NOW_MS + 1)
        read = store.get_experiment(made.experiment_id)
        assert (read.lifecycle_stage, read.last_update_time) == ("deleted", NOW_MS + 1)
        assert store.find_experiment_by_name(made.name) == read
        for attempt in (
            lambda: store.rename_experiment(made.experiment_id, "x", NOW_MS),
            lambda: store.set_experiment_tag(made.experiment_id, "k", "w"),
            lambda: store.delete_experiment_tag(made.experiment_id, "k"),
            lambda: make_run(store, made.experiment_id),
        ):
            with pytest.raises(NotActiveError):
                attempt()

    def test_deleting_or_restoring_twice_is_not_found(self, store: TrackingStore) -> None:
        """There is no active experiment to delete twice and no deleted one to restore twice."""
        made = make_experiment(store)
        with pytest.raises(NotFoundError):
            store.set_experiment_stage(made.experiment_id, "active", NOW_MS)
        store.set_experiment_stage(made.experiment_id, "deleted", NOW_MS)
        with pytest.raises(NotFoundError):
            store.set_experiment_stage(made.experiment_id, "deleted", NOW_MS)

    def test_runs_follow_their_experiment(self, store: TrackingStore) -> None:
        """Deleting an experiment deletes its runs; restoring brings back all of them.

        Also the run that was deleted on its own before, as in MLflow; other experiments' runs
        stay as they are.
        """
        made = make_experiment(store)
        runs = [make_run(store, made.experiment_id).info.run_id for _ in range(3)]
        bystander = make_run(store).info.run_id
        store.set_run_stage(runs[0], "deleted", NOW_MS)
        store.set_experiment_stage(made.experiment_id, "deleted", NOW_MS)
        assert {store.get_run(run).info.lifecycle_stage for run in runs} == {"deleted"}
        assert store.get_run(bystander).info.lifecycle_stage == "active"
        store.set_experiment_stage(made.experiment_id, "active", NOW_MS)
        assert {store.get_run(run).info.lifecycle_stage for run in runs} == {"active"}

    def test_the_default_experiment_is_deleted_like_others(self, store: TrackingStore) -> None:
        """Experiment 0 has no privilege."""
        store.set_experiment_stage("0", "deleted", NOW_MS)
        assert store.get_experiment("0").lifecycle_stage == "deleted"

    def test_tags_are_overwritten_and_deleted(self, store: TrackingStore) -> None:
        """A tag is set any number of times; deleting it twice is not found."""
        made = make_experiment(store)
        for value in ("one", "", "z" * 20_000, "two\nlines 🎉"):
            store.set_experiment_tag(made.experiment_id, "note", value)
            assert store.get_experiment(made.experiment_id).tags == {"note": value}
        store.delete_experiment_tag(made.experiment_id, "note")
        assert store.get_experiment(made.experiment_id).tags == {}
        with pytest.raises(NotFoundError, match="note"):
            store.delete_experiment_tag(made.experiment_id, "note")

    def test_experiments_come_newest_first(self, store: TrackingStore) -> None:
        """Without an order: by creation time, latest first; equal ones by id."""
        made = [
            store.create_experiment(NewExperiment(f"e{at}{i}", ROOT, 2**42 + at))
            for i, at in enumerate((5, 9, 5, 7))
        ]
        ids = [experiment.experiment_id for experiment in made]
        page = store.search_experiments(ExperimentQuery())
        found = [experiment.experiment_id for experiment in page.items]
        assert found == [ids[1], ids[3], ids[0], ids[2], "0"]

    def test_views_choose_by_stage(self, store: TrackingStore) -> None:
        """A search sees active experiments, deleted ones or all."""
        kept, gone = make_experiment(store), make_experiment(store)
        store.set_experiment_stage(gone.experiment_id, "deleted", NOW_MS)
        for view, expected in (
            (ViewType.ACTIVE_ONLY, {"0", kept.experiment_id}),
            (ViewType.DELETED_ONLY, {gone.experiment_id}),
            (ViewType.ALL, {"0", kept.experiment_id, gone.experiment_id}),
        ):
            page = store.search_experiments(ExperimentQuery(view=view))
            assert {experiment.experiment_id for experiment in page.items} == expected

    def test_pages_of_experiments_join_to_the_whole(self, store: TrackingStore) -> None:
        """Page by page one sees each experiment once, with its tags; the last has no token."""
        for number in range(5):
            store.create_experiment(new_experiment(None, {"number": str(number)}))
        seen: list[Experiment] = []
        token = None
        while True:
            page = store.search_experiments(ExperimentQuery(limit=2, page_token=token))
            seen += page.items
            token = page.token
            if token is None:
                break
            assert len(page.items) == 2
        assert seen == store.search_experiments(ExperimentQuery()).items
        assert [e.tags.get("number") for e in seen if e.tags] == ["0", "1", "2", "3", "4"]

    def test_what_cannot_be_stored_is_refused_plainly(self, store: TrackingStore) -> None:
        """Text that is no Unicode raises one of our errors, and nothing is half done."""
        with pytest.raises(EpochalError):
            make_experiment(store, "lone \ud800 surrogate")
        assert len(store.search_experiments(ExperimentQuery()).items) == 1
