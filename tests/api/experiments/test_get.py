"""GET experiments/get."""

import pytest


def test_the_default_experiment_is_there(api):
    """Experiment 0 exists from the first start."""
    found = api.get("experiments/get", experiment_id="0").json["experiment"]
    assert (found["name"], found["workspace"]) == ("Default", "default")


def test_deleted_experiments_are_returned(api, experiment):
    """With their stage."""
    api.post("experiments/delete", {"experiment_id": experiment})
    found = api.get("experiments/get", experiment_id=experiment).json["experiment"]
    assert found["lifecycle_stage"] == "deleted"


def test_both_prefixes_answer_alike(api, experiment):
    """Pages ask below /ajax-api."""
    ajax = api.get("experiments/get", "/ajax-api/2.0/mlflow/", experiment_id=experiment)
    assert ajax.json == api.get("experiments/get", experiment_id=experiment).json


def test_an_unknown_one_is_not_found(api):
    """404 with the code that clients look for."""
    answer = api.get("experiments/get", experiment_id="999999")
    assert answer.error == (404, "RESOURCE_DOES_NOT_EXIST")


@pytest.mark.parametrize("given", ["abc", "-1", "1.5", "9" * 30])
def test_an_id_that_is_no_number_is_refused(api, given):
    """Rather than looked up."""
    answer = api.get("experiments/get", experiment_id=given)
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")


def test_the_id_is_required(api):
    """And named."""
    answer = api.get("experiments/get")
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
    assert "experiment_id" in answer.message


def test_a_get_may_carry_its_message_in_a_body(api, experiment):
    """Old clients do; without a query the body is read."""
    body = f'{{"experiment_id": "{experiment}"}}'
    answer = api.ask("GET", "/api/2.0/mlflow/experiments/get", body)
    assert answer.json["experiment"]["experiment_id"] == experiment
