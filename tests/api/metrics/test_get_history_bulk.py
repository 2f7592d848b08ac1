"""GET metrics/get-history-bulk."""

import pytest

AJAX = "/ajax-api/2.0/mlflow/"


def ask(api, **asked):
    return api.get("metrics/get-history-bulk", AJAX, **asked)


def test_it_gives_the_points_of_several_runs(api, experiment):
    """Run by run, each by timestamp, and each row says whose it is."""
    runs = sorted(api.new_run(experiment) for _ in range(2))
    for n, run_id in enumerate(runs):
        api.log(run_id, "loss", n, n, n)
    answer = ask(api, run_id=[*reversed(runs), "0" * 32], metric_key="loss")
    assert answer.json == {
        "metrics": [
            {"key": "loss", "value": n, "timestamp": n, "step": n, "run_id": run_id}
            for n, run_id in enumerate(runs)
        ]
    }


def test_nothing_is_an_empty_list(api, run):
    """It says so, unlike other endpoints."""
    assert ask(api, run_id=run, metric_key="loss").json == {"metrics": []}


def test_max_results_bounds_the_whole(api, run):
    """Not each run."""
    for step in range(5):
        api.log(run, "loss", step, step)
    assert len(ask(api, run_id=run, metric_key="loss", max_results=3).json["metrics"]) == 3


def test_nan_is_text(api, run):
    """Browsers cannot read the bare token that MLflow sends here."""
    api.log(run, "loss", "NaN")
    assert ask(api, run_id=run, metric_key="loss").json["metrics"][0]["value"] == "NaN"


@pytest.mark.parametrize(
    "asked",
    [
        {"metric_key": "loss"},
        {"run_id": "r"},
        {"run_id": ["r"] * 101, "metric_key": "loss"},
        {"run_id": "r", "metric_key": "loss", "max_results": 0},
    ],
)
def test_bad_values_are_refused(api, asked):
    """Each is a 400."""
    assert ask(api, **asked).error == (400, "INVALID_PARAMETER_VALUE")


def test_it_is_for_pages_only(api):
    """As with MLflow, the /api form does not exist."""
    assert api.get("metrics/get-history-bulk").error == (404, "ENDPOINT_NOT_FOUND")
