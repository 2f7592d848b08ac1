"""POST runs/log-model, which clients of MLflow 2 call."""

import json

import pytest

MODEL = {"artifact_path": "model", "utc_time_created": "2024-01-01", "flavors": {}}


def log(api, run, model):
    text = model if isinstance(model, str) else json.dumps(model)
    return api.post("runs/log-model", {"run_id": run, "model_json": text})


def test_models_are_kept_in_a_tag(api, run):
    """In the order in which they came."""
    for path in ("a", "b"):
        model = MODEL | {"run_id": run, "artifact_path": path}
        assert log(api, run, model).json == {}
    tags = {tag["key"]: tag["value"] for tag in api.run(run)["data"]["tags"]}
    history = json.loads(tags["mlflow.log-model.history"])
    assert [model["artifact_path"] for model in history] == ["a", "b"]


@pytest.mark.parametrize("model", ["{", "[]", "5", MODEL, MODEL | {"run_id": "other"}])
def test_what_is_no_model_of_this_run_is_refused(api, run, model):
    """Each is a 400."""
    assert log(api, run, model).error == (400, "INVALID_PARAMETER_VALUE")
