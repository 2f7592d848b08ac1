"""A transport without a store."""

from __future__ import annotations

import pytest

from epochal.client.drafts import RunDraft, Search
from epochal.client.journal import Journal
from epochal.client.offline import OfflineTransport, experiment_name
from epochal.client.writers import WriterFolder
from epochal.entities import Dataset, DatasetInput, InputTag
from epochal.errors import AlreadyExistsError, NotFoundError, NotSupportedError
from epochal.ports.metrics import Window


@pytest.fixture
def offline(tmp_path):
    folder = WriterFolder(str(tmp_path / "journal"), "offline", "offline:")
    journal = Journal(folder.create_segment, lambda: None)
    yield OfflineTransport(str(tmp_path), journal)
    journal.close(delivered=-1, trim=True)
    folder.close()


@pytest.fixture
def run_id(offline):
    return offline.create_run(RunDraft("0", "ada", 5, "first", {"kind": "x"})).info.run_id


def test_runs_are_read_back_from_their_journal(offline, run_id):
    """Name, tags, status and datasets, as a store would show them."""
    data = Dataset("flights", "d1", "local", "{}")
    offline.log_inputs(run_id, [DatasetInput(data, [InputTag("context", "training")])])
    info = offline.update_run(run_id, status="FAILED", end_time=9, run_name="second")
    assert info.run_id == run_id
    run = offline.get_run(run_id)
    assert (run.info.run_name, run.info.status, run.info.end_time) == ("second", "FAILED", 9)
    assert (run.info.user_id, run.info.start_time) == ("ada", 5)
    assert run.data.tags == {"kind": "x", "mlflow.runName": "second"}
    assert run.inputs.dataset_inputs == [DatasetInput(data, [InputTag("context", "training")])]
    with pytest.raises(NotFoundError, match="offline"):
        offline.get_run("0" * 32)


def test_experiments_go_by_name(offline):
    """Until a store gives them an id."""
    assert offline.find_experiment_by_name("flights") is None
    made = offline.create_experiment("flights", None, {"team": "a"})
    assert experiment_name(made) == "flights"
    assert offline.get_experiment(made).tags == {"team": "a"}
    assert offline.find_experiment_by_name("flights").experiment_id == made
    assert offline.get_experiment("0").name == "Default"
    assert experiment_name("12") is None
    with pytest.raises(AlreadyExistsError):
        offline.create_experiment("flights", None, {})


@pytest.mark.parametrize(
    "ask",
    [
        lambda t: t.search_runs(["0"], Search()),
        lambda t: t.search_experiments(Search()),
        lambda t: t.rename_experiment("0", "a"),
        lambda t: t.delete_experiment("0"),
        lambda t: t.restore_experiment("0"),
        lambda t: t.delete_experiment_tag("0", "a"),
        lambda t: t.delete_run("a"),
        lambda t: t.restore_run("a"),
        lambda t: t.delete_tag("a", "b"),
        lambda t: t.log([]),
        lambda t: t.files_at("s3://bucket"),
        lambda t: t.histories.read("a", "b", Window(), superseded=False),
        lambda t: t.histories.draw(["a"], ["b"], Window(), 10),
        lambda t: t.histories.delete("a", "b"),
    ],
)
def test_what_needs_the_store_says_so(offline, ask):
    """And how to get there."""
    with pytest.raises(NotSupportedError, match="epochal sync"):
        ask(offline)
