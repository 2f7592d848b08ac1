"""POST runs/log-metric."""

import pytest


def history(api, run, key="loss"):
    return api.get("metrics/get-history", run_id=run, metric_key=key).json.get("metrics", [])


def test_a_point_is_stored_when_it_is_acknowledged(api, run):
    """It can be read at once; zero is a value and a timestamp."""
    assert api.log(run, "loss", 0, timestamp=0).json == {}
    assert history(api, run) == [{"key": "loss", "value": 0.0, "timestamp": 0, "step": 0}]


def test_the_same_point_twice_is_one_point(api, run):
    """Another value, step or timestamp is another point."""
    for value, step, timestamp in [(1, 1, 1), (1, 1, 1), (2, 1, 1), (1, 2, 1), (1, 1, 2)]:
        api.log(run, "loss", value, step, timestamp)
    assert len(history(api, run)) == 4


def test_numbers_may_be_texts_and_names_camel_case(api, run):
    """As protobuf's JSON has them."""
    asked = {"runId": run, "key": "loss", "value": "0.5", "timestamp": "7", "step": "-3"}
    assert api.post("runs/log-metric", asked).json == {}
    assert history(api, run) == [{"key": "loss", "value": 0.5, "timestamp": 7, "step": -3}]


@pytest.mark.parametrize("token", ["NaN", '"NaN"'])
def test_nan_is_kept_in_both_spellings(api, run, token):
    """MLflow stores the bare token as 0."""
    body = f'{{"run_id": "{run}", "key": "loss", "timestamp": 1, "value": {token}}}'
    assert api.post("runs/log-metric", body).json == {}
    assert history(api, run)[0]["value"] == "NaN"


def test_keys_may_hold_unicode_and_slashes(api, run):
    """They come back as they were sent."""
    assert api.log(run, "valid/日本 ü", 1).status == 200
    assert history(api, run, "valid/日本 ü")[0]["key"] == "valid/日本 ü"


@pytest.mark.parametrize(
    "changes",
    [
        {"key": None},
        {"key": ""},
        {"key": "../x"},
        {"key": "a//b"},
        {"key": "k" * 251},
        {"key": "a\u0000b"},
        {"value": None},
        {"value": "five"},
        {"value": [1]},
        {"value": {"a": 1}},
        {"timestamp": None},
        {"timestamp": -1},
        {"timestamp": 1.5},
        {"timestamp": 2**63},
        {"step": 2**63},
        {"step": "x"},
        {"run_id": ""},
        {"run_id": "a/b"},
        {"run_id": 5},
    ],
)
def test_bad_values_are_refused(api, run, changes):
    """Each is a 400 that stores nothing."""
    asked = {"run_id": run, "key": "loss", "value": 1, "timestamp": 1, **changes}
    assert api.post("runs/log-metric", asked).error == (400, "INVALID_PARAMETER_VALUE")
    assert history(api, run) == []


def test_an_unknown_run_is_not_found(api):
    """404."""
    assert api.log("0" * 32, "loss", 1).error == (404, "RESOURCE_DOES_NOT_EXIST")


def test_a_deleted_run_takes_no_points(api, run):
    """Until it is restored."""
    api.post("runs/delete", {"run_id": run})
    answer = api.log(run, "loss", 1)
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
    assert "active" in answer.message
