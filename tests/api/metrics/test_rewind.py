"""POST metrics/rewind, our own."""

import pytest

OURS = "/api/epochal/v1/"


@pytest.fixture
def curve(api, run):
    """Ten points of two keys."""
    for key in ("loss", "accuracy"):
        for step in range(10):
            api.log(run, key, step / 2, step, step)


def rewind(api, run, step):
    return api.post("metrics/rewind", {"run_id": run, "step": step}, OURS)


def steps(api, run, **asked):
    return api.get("metrics/history", OURS, run_id=run, key="loss", **asked).json["step"]


def test_it_supersedes_later_points(api, run, curve):
    """Of every key; all answers show one curve, and the history keeps the other apart."""
    assert rewind(api, run, 6).json == {"rewind": 1, "superseded": 6}
    assert steps(api, run) == list(range(7))
    assert steps(api, run, superseded="true") == [7, 8, 9]
    shown = api.get("metrics/get-history", run_id=run, metric_key="loss").json["metrics"]
    assert [point["step"] for point in shown] == list(range(7))
    assert {metric["value"] for metric in api.run(run)["data"]["metrics"]} == {3.0}


def test_repeating_it_changes_nothing(api, run, curve):
    """And says so."""
    rewind(api, run, 6)
    assert rewind(api, run, 6).json == {"rewind": None, "superseded": 0}
    api.log(run, "loss", 9, 8)
    assert sorted(steps(api, run)) == [*range(7), 8]
    assert rewind(api, run, -1).json == {"rewind": 2, "superseded": 15}


@pytest.mark.parametrize("asked", [{}, {"step": None}, {"step": "x"}, {"step": 2**63}])
def test_bad_steps_are_refused(api, run, asked):
    """Each is a 400 that names the field."""
    answer = api.post("metrics/rewind", {"run_id": run, **asked}, OURS)
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
    assert "step" in answer.message


def test_only_active_runs_are_rewound(api, run, curve):
    """Others are a 400 or a 404."""
    assert rewind(api, "0" * 32, 1).error == (404, "RESOURCE_DOES_NOT_EXIST")
    api.post("runs/delete", {"run_id": run})
    assert rewind(api, run, 1).error == (400, "INVALID_PARAMETER_VALUE")
