"""Experiments on the wire."""

import json

import pytest

from epochal.entities import DatasetSummary, Experiment, Page
from epochal.errors import EpochalError
from epochal.wire import experiments as wire

PLAIN = Experiment("3", "study", "mlflow-artifacts:/3")
FULL = Experiment("4", "other", "s3://b/4", "deleted", 10, 20, {"a": "1", "b": ""})


def test_an_experiment_has_mlflows_fields():
    """Ids are strings, times numbers, tags a list, and unset fields are left out."""
    assert json.loads(wire.encode_experiment(FULL))["experiment"] == {
        "experiment_id": "4",
        "name": "other",
        "artifact_location": "s3://b/4",
        "lifecycle_stage": "deleted",
        "last_update_time": 20,
        "creation_time": 10,
        "tags": [{"key": "a", "value": "1"}, {"key": "b", "value": ""}],
        "workspace": "default",
    }
    assert not {"tags", "creation_time"} & set(json.loads(wire.encode_experiment(PLAIN)))


@pytest.mark.parametrize("experiment", [PLAIN, FULL])
def test_experiments_go_there_and_back(experiment):
    """What the server encodes the client decodes to the same."""
    assert wire.decode_experiment(wire.encode_experiment(experiment)) == experiment


def test_pages_of_experiments_go_there_and_back():
    """With the token that asks for more, and without."""
    page = Page([PLAIN, FULL], "next")
    assert wire.decode_experiments(wire.encode_experiments(page)) == page
    assert wire.encode_experiments(Page([])) == b"{}"
    assert wire.decode_experiments(b"{}") == Page([])


def test_ids_and_summaries_go_there_and_back():
    """The two small answers."""
    assert wire.decode_experiment_id(wire.encode_experiment_id(PLAIN)) == "3"
    summaries = [DatasetSummary("3", "d", "x", "train"), DatasetSummary("3", "e", "y")]
    assert wire.decode_dataset_summaries(wire.encode_dataset_summaries(summaries)) == summaries


def test_an_answer_without_an_experiment_is_an_error():
    """A foreign server's answer is reported, not guessed at."""
    with pytest.raises(EpochalError):
        wire.decode_experiment(b"{}")
