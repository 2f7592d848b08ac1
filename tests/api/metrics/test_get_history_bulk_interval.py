"""GET metrics/get-history-bulk-interval."""

import pytest


def ask(api, **asked):
    return api.get("metrics/get-history-bulk-interval", **{"metric_key": "loss", **asked})


@pytest.fixture
def steps(api, run):
    """A hundred points."""
    points = [{"key": "loss", "value": n, "timestamp": n, "step": n} for n in range(100)]
    api.post("runs/log-batch", {"run_id": run, "metrics": points})


def test_few_points_come_whole(api, run, steps):
    """By step, and each says whose it is."""
    rows = ask(api, run_ids=run).json["metrics"]
    assert [row["step"] for row in rows] == list(range(100))
    assert {row["run_id"] for row in rows} == {run}


def test_many_points_are_thinned_evenly(api, run, steps):
    """The first and the last stay."""
    rows = ask(api, run_ids=run, max_results=10).json["metrics"]
    sampled = [row["step"] for row in rows]
    assert len(sampled) == 10
    assert (sampled[0], sampled[-1]) == (0, 99)


def test_a_window_of_steps_is_inclusive(api, run, steps):
    """On both sides."""
    rows = ask(api, run_ids=run, start_step=10, end_step=12).json["metrics"]
    assert [row["step"] for row in rows] == [10, 11, 12]


def test_nothing_is_an_empty_object(api, run):
    """No list at all."""
    assert ask(api, run_ids=run).json == {}


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"run_ids": ["r"] * 101},
        {"run_ids": "r", "metric_key": ""},
        {"run_ids": "r", "start_step": 1},
        {"run_ids": "r", "start_step": 2, "end_step": 1},
        {"run_ids": "r", "max_results": 2501},
        {"run_ids": "r", "max_results": 0},
    ],
)
def test_bad_values_are_refused(api, asked):
    """Each is a 400."""
    assert ask(api, **asked).error == (400, "INVALID_PARAMETER_VALUE")
