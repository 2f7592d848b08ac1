"""POST runs/log-parameter."""

import pytest


def log(api, run, key, value):
    return api.post("runs/log-parameter", {"run_id": run, "key": key, "value": value})


def params(api, run):
    return {p["key"]: p["value"] for p in api.run(run)["data"].get("params", [])}


def test_a_param_is_written_once(api, run):
    """The same value again is fine, another one is not."""
    assert log(api, run, "lr", "0.1").json == {}
    assert log(api, run, "lr", "0.1").json == {}
    answer = log(api, run, "lr", "0.2")
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
    assert "Changing param values is not allowed" in answer.message
    assert answer.json["error_class"] == "ParamChangedError"
    assert params(api, run) == {"lr": "0.1"}


@pytest.mark.parametrize("value", ["", None])
def test_an_absent_value_is_empty(api, run, value):
    """As with MLflow."""
    assert log(api, run, "p", value).status == 200
    assert params(api, run) == {"p": ""}


def test_long_values_are_cut(api, run):
    """At 6,000 characters, as MLflow does by default."""
    assert log(api, run, "p", "x" * 7000).status == 200
    assert params(api, run) == {"p": "x" * 6000}


@pytest.mark.parametrize(("key", "value"), [("p", 5), ("", "v"), (None, "v"), ("./x", "v")])
def test_bad_values_are_refused(api, run, key, value):
    """Each is a 400."""
    assert log(api, run, key, value).error == (400, "INVALID_PARAMETER_VALUE")


def test_an_unknown_run_is_not_found(api):
    """404."""
    assert log(api, "0" * 32, "p", "v").error == (404, "RESOURCE_DOES_NOT_EXIST")
