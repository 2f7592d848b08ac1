"""POST experiments/create."""

import pytest


def test_it_answers_with_the_id_and_keeps_what_was_given(api):
    """The id is a decimal string; tags and location come back from get."""
    tags = [{"key": "team", "value": "a"}, {"key": "note"}]
    asked = {"name": "created with all", "artifact_location": "s3://b/x/", "tags": tags}
    answer = api.post("experiments/create", asked)
    assert answer.status == 200
    found = api.get("experiments/get", **answer.json).json["experiment"]
    assert found["experiment_id"].isdigit()
    assert found["artifact_location"] == "s3://b/x"
    assert found["tags"] == [{"key": "note", "value": ""}, {"key": "team", "value": "a"}]
    assert found["lifecycle_stage"] == "active"
    assert found["creation_time"] == found["last_update_time"] > 0


def test_the_default_location_lies_below_the_proxy(api):
    """Clients of the proxy address artifacts by it."""
    experiment_id = api.new_experiment()
    found = api.get("experiments/get", experiment_id=experiment_id).json["experiment"]
    assert found["artifact_location"] == f"mlflow-artifacts:/{experiment_id}"


def test_a_name_is_taken_even_by_a_deleted_experiment(api):
    """The same name again is RESOURCE_ALREADY_EXISTS, with HTTP 400 as MLflow has it."""
    experiment_id = api.new_experiment(name="taken")
    assert api.post("experiments/create", {"name": "taken"}).error == (
        400,
        "RESOURCE_ALREADY_EXISTS",
    )
    api.post("experiments/delete", {"experiment_id": experiment_id})
    again = api.post("experiments/create", {"name": "taken"})
    assert again.error == (400, "RESOURCE_ALREADY_EXISTS")
    assert "INSERT" not in again.message


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"name": ""},
        {"name": 5},
        {"name": "x" * 501},
        {"name": "bad location", "artifact_location": "ftp://host/x"},
        {"name": "bad location", "artifact_location": "runs:/abc"},
        {"name": "bad location", "artifact_location": "/a/../b"},
        {"name": "bad location", "artifact_location": "s3://b/x#f"},
        {"name": "bad tag", "tags": [{"key": "", "value": "x"}]},
        {"name": "bad tag", "tags": [{"key": "../x", "value": "x"}]},
        {"name": "bad tag", "tags": [{"key": "k", "value": "x" * 20_001}]},
        {"name": "bad tag", "tags": "k"},
    ],
)
def test_bad_values_are_refused(api, asked):
    """Each is a 400 that keeps nothing."""
    assert api.post("experiments/create", asked).error == (400, "INVALID_PARAMETER_VALUE")
