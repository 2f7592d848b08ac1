"""POST runs/update."""

import pytest


def update(api, run, **changes):
    return api.post("runs/update", {"run_id": run, "run_uuid": run, **changes})


@pytest.mark.parametrize("status", ["FINISHED", 3])
def test_it_ends_a_run(api, run, status):
    """By the status's name or number; the answer is the run's info."""
    info = update(api, run, status=status, end_time=99).json["run_info"]
    assert (info["status"], info["end_time"]) == ("FINISHED", 99)
    assert api.run(run)["info"] == info


def test_a_finished_run_may_run_again(api, run):
    """There are no rules about transitions; the end time is kept."""
    update(api, run, status="FINISHED", end_time=99)
    info = update(api, run, status="RUNNING").json["run_info"]
    assert (info["status"], info["end_time"]) == ("RUNNING", 99)


def test_a_new_name_is_also_the_tag(api, run):
    """An empty one is ignored."""
    update(api, run, run_name="better")
    assert update(api, run, run_name="").json["run_info"]["run_name"] == "better"
    assert {"key": "mlflow.runName", "value": "better"} in api.run(run)["data"]["tags"]


def test_an_unknown_status_is_refused(api, run):
    """With the names that there are; MLflow ignores it silently."""
    answer = update(api, run, status="BOGUS")
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
    assert "FINISHED" in answer.message


def test_a_deleted_run_is_not_updated(api, run):
    """Until it is restored."""
    api.post("runs/delete", {"run_id": run})
    assert update(api, run, status="FINISHED").error == (400, "INVALID_PARAMETER_VALUE")


def test_an_unknown_run_is_not_found(api):
    """404."""
    assert update(api, "0" * 32, status="FINISHED").error == (404, "RESOURCE_DOES_NOT_EXIST")
