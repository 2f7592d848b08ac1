"""POST runs/log-batch."""

import pytest


def metrics(count, **changes):
    return [
        {"key": f"m{n}", "value": n, "timestamp": 1, "step": 0} | changes for n in range(count)
    ]


def pairs(count, letter):
    return [{"key": f"{letter}{n}", "value": "v"} for n in range(count)]


def test_everything_is_written(api, run):
    """Metrics, params and tags in one request."""
    asked = {"run_id": run, "metrics": metrics(800), "params": pairs(100, "p")}
    assert api.post("runs/log-batch", asked | {"tags": pairs(100, "t")}).json == {}
    data = api.run(run)["data"]
    assert [len(data[name]) for name in ("metrics", "params", "tags")] == [800, 100, 101]


def test_an_empty_batch_is_fine(api, run):
    """It writes nothing."""
    assert api.post("runs/log-batch", {"run_id": run}).json == {}


def test_a_point_twice_in_one_batch_is_one_point(api, run):
    """Also with NaN among them."""
    points = metrics(1) * 2 + metrics(1, value="NaN") * 2
    assert api.post("runs/log-batch", {"run_id": run, "metrics": points}).json == {}
    history = api.get("metrics/get-history", run_id=run, metric_key="m0").json["metrics"]
    assert [point["value"] for point in history] == [0.0, "NaN"]


@pytest.mark.parametrize(
    "asked",
    [
        {"metrics": metrics(1001)},
        {"params": pairs(101, "p")},
        {"tags": pairs(101, "t")},
        {"metrics": metrics(900), "params": pairs(60, "p"), "tags": pairs(60, "t")},
        {"params": pairs(1, "p") * 2},
        {"metrics": metrics(1, key="")},
        {"metrics": metrics(1, value=None)},
        {"metrics": metrics(1, timestamp=None)},
        {"metrics": metrics(1, timestamp=-5)},
        {"metrics": metrics(1, key="a//b")},
        {"metrics": {"key": "k"}},
        {"metrics": [[]]},
        {"tags": [{"key": ""}]},
    ],
)
def test_bad_batches_are_refused_as_a_whole(api, run, asked):
    """Nothing of them is written."""
    good = {"key": "good", "value": "v"}
    body = {"run_id": run, **asked, "tags": [*asked.get("tags", []), good]}
    assert api.post("runs/log-batch", body).error == (400, "INVALID_PARAMETER_VALUE")
    assert [tag["key"] for tag in api.run(run)["data"]["tags"]] == ["mlflow.runName"]


def test_a_changed_param_refuses_the_batch(api, run):
    """Nothing after it is written."""
    api.post("runs/log-parameter", {"run_id": run, "key": "p0", "value": "old"})
    asked = {"run_id": run, "metrics": metrics(1), "params": pairs(1, "p")}
    answer = api.post("runs/log-batch", asked)
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
    assert "metrics" not in api.run(run)["data"]


def test_unknown_and_deleted_runs_take_nothing(api, run):
    """404 and 400."""
    api.post("runs/delete", {"run_id": run})
    answer = api.post("runs/log-batch", {"run_id": run, "metrics": metrics(1)})
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
    answer = api.post("runs/log-batch", {"run_id": "0" * 32, "metrics": metrics(1)})
    assert answer.error == (404, "RESOURCE_DOES_NOT_EXIST")
