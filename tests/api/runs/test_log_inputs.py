"""POST runs/log-inputs."""

import pytest

DATASET = {"name": "d", "digest": "x", "source_type": "local", "source": "s", "schema": "{}"}
TAGS = [{"key": "mlflow.data.context", "value": "train"}]


def log(api, run, *datasets):
    return api.post("runs/log-inputs", {"run_id": run, "datasets": list(datasets)})


def test_datasets_come_back_with_their_tags(api, run):
    """Unset fields are absent."""
    assert log(api, run, {"dataset": DATASET, "tags": TAGS}).json == {}
    assert api.run(run)["inputs"] == {"dataset_inputs": [{"dataset": DATASET, "tags": TAGS}]}


def test_the_same_dataset_again_is_ignored(api, run):
    """Its new tags too, as with MLflow."""
    log(api, run, {"dataset": DATASET, "tags": TAGS})
    assert log(api, run, {"dataset": DATASET, "tags": [{"key": "a", "value": "b"}]}).json == {}
    assert len(api.run(run)["inputs"]["dataset_inputs"][0]["tags"]) == 1


@pytest.mark.parametrize("field", ["name", "digest", "source_type", "source"])
def test_a_dataset_lacks_nothing(api, run, field):
    """MLflow stores datasets without identity."""
    dataset = {name: value for name, value in DATASET.items() if name != field}
    assert log(api, run, {"dataset": dataset}).error == (400, "INVALID_PARAMETER_VALUE")


@pytest.mark.parametrize("changes", [{"digest": "x" * 37}, {"name": "n" * 501}, {"name": 5}])
def test_bad_values_are_refused(api, run, changes):
    """Each is a 400."""
    answer = log(api, run, {"dataset": DATASET | changes})
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")


def test_an_unknown_run_is_not_found(api):
    """404."""
    assert log(api, "0" * 32, {"dataset": DATASET}).error == (404, "RESOURCE_DOES_NOT_EXIST")
