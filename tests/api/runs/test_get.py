"""GET runs/get."""

import pytest


def test_it_shows_the_latest_of_each_metric(api, run):
    """And params and tags; an unset list is absent."""
    assert "metrics" not in api.run(run)["data"]
    for step in (3, 1, 2):
        api.log(run, "loss", step / 4, step)
    api.post("runs/log-parameter", {"run_id": run, "key": "lr", "value": "0.1"})
    data = api.run(run)["data"]
    assert data["metrics"] == [{"key": "loss", "value": 0.75, "timestamp": 1, "step": 3}]
    assert data["params"] == [{"key": "lr", "value": "0.1"}]


def test_the_old_name_of_the_id_is_enough(api, run):
    """`run_uuid`."""
    assert api.get("runs/get", run_uuid=run).json["run"]["info"]["run_id"] == run


def test_infinities_depend_on_who_asks(api, run):
    """Our client announces itself and gets the truth; NaN is text for everybody."""
    api.log(run, "up", "Infinity")
    api.log(run, "nan", "NaN")
    for headers, expected in (
        ({}, 1.7976931348623157e308),
        ({"X-Epochal-Client": "1"}, "Infinity"),
    ):
        answer = api.get("runs/get", run_id=run, headers=headers)
        metrics = {m["key"]: m["value"] for m in answer.json["run"]["data"]["metrics"]}
        assert metrics == {"up": expected, "nan": "NaN"}


def test_deleted_runs_are_returned(api, run):
    """With their stage."""
    api.post("runs/delete", {"run_id": run})
    assert api.run(run)["info"]["lifecycle_stage"] == "deleted"


@pytest.mark.parametrize("run_id", ["0" * 32, "nobody", "../x", "a b", "x" * 5000])
def test_an_unknown_run_is_not_found(api, run_id):
    """404, whatever the id looks like."""
    answer = api.get("runs/get", run_id=run_id)
    assert answer.error == (404, "RESOURCE_DOES_NOT_EXIST")


def test_the_id_is_required(api):
    """And named."""
    assert "run_id" in api.get("runs/get").message
