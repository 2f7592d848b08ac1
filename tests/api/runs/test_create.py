"""POST runs/create."""

import re

import pytest


def create(api, experiment, **fields):
    return api.post("runs/create", {"experiment_id": experiment, **fields})


def test_a_run_is_born_running(api, experiment):
    """With an id of 32 hexadecimal digits, a place for artifacts, and no outputs yet."""
    run = create(api, experiment, user_id="ada", start_time=12).json["run"]
    info = run["info"]
    assert re.fullmatch(r"[0-9a-f]{32}", info["run_id"])
    assert info["run_uuid"] == info["run_id"]
    assert (info["status"], info["start_time"], info["user_id"]) == ("RUNNING", 12, "ada")
    assert info["artifact_uri"].endswith(f"/{experiment}/{info['run_id']}/artifacts")
    assert "end_time" not in info
    assert "outputs" not in run


def test_a_run_without_a_name_gets_one(api, experiment):
    """In the info and in the tag alike."""
    run = create(api, experiment).json["run"]
    name = run["info"]["run_name"]
    assert re.fullmatch(r"[a-z]+-[a-z]+-\d+", name)
    assert {"key": "mlflow.runName", "value": name} in run["data"]["tags"]


def test_what_is_absent_is_zero_or_empty(api, experiment):
    """As with MLflow."""
    info = create(api, experiment).json["run"]["info"]
    assert (info["start_time"], info["user_id"]) == (0, "")


def test_the_name_may_come_as_a_tag(api, experiment):
    """Or as both, if they agree."""
    tags = [{"key": "mlflow.runName", "value": "mine"}]
    assert create(api, experiment, tags=tags).json["run"]["info"]["run_name"] == "mine"
    assert create(api, experiment, tags=tags, run_name="mine").status == 200
    answer = create(api, experiment, tags=tags, run_name="yours")
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")


def test_the_id_is_not_the_clients_to_choose(api, experiment):
    """An unknown field is ignored."""
    assert create(api, experiment, run_id="mine").json["run"]["info"]["run_id"] != "mine"


def test_an_unknown_experiment_is_not_found(api):
    """404."""
    assert create(api, "999999").error == (404, "RESOURCE_DOES_NOT_EXIST")


@pytest.mark.parametrize(
    "changes",
    [
        {"experiment_id": "x"},
        {"experiment_id": 0},
        {"start_time": "soon"},
        {"start_time": 2**63},
        {"tags": [{"key": "a//b"}]},
        {"tags": {"k": "v"}},
        {"run_name": 5},
    ],
)
def test_bad_values_are_refused(api, experiment, changes):
    """Each is a 400."""
    asked = {"experiment_id": experiment, **changes}
    assert api.post("runs/create", asked).error == (400, "INVALID_PARAMETER_VALUE")


def test_an_experiment_is_required(api):
    """An absent one is no number."""
    assert api.post("runs/create").error == (400, "INVALID_PARAMETER_VALUE")
