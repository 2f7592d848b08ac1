"""POST datasets/lineage."""

import json

from fixtures.datasets import log_input


def test_runs_that_read_it_and_their_models(keeper, api, run, name):
    """Who made it, who read which version for what, and what came of it."""
    version = keeper.keep(name, b"lineage 1", run_id=run).json["version"]
    keeper.keep(name, b"lineage 2")
    assert log_input(api, run, version, "training").status == 200
    history = json.dumps([{"artifact_path": "model", "run_id": run}])
    api.post("runs/set-tag", {"run_id": run, "key": "mlflow.log-model.history", "value": history})
    told = keeper.post("lineage", name=name, version=1).json
    assert told["made_by"] == run
    (reader,) = told["read_by"]
    assert (reader["run_id"], reader["context"], reader["version"]) == (run, "training", 1)
    assert reader["models"] == ["model"]
    assert keeper.post("lineage", name=name, version=2).json["read_by"] == []
    assert [one["version"] for one in keeper.post("lineage", name=name).json["read_by"]] == [1]


def test_foreign_tags_do_no_harm(keeper, api, run, name):
    """The history of models is a tag that users may set to anything."""
    version = keeper.keep(name, b"lineage 3").json["version"]
    log_input(api, run, version)
    for text in ("{", "{}", "[1, {}]"):
        api.post("runs/set-tag", {"run_id": run, "key": "mlflow.log-model.history", "value": text})
        assert keeper.post("lineage", name=name).json["read_by"][0]["models"] == []


def test_unknown_names(keeper, name):
    """404."""
    assert keeper.post("lineage", name=name).error == (404, "RESOURCE_DOES_NOT_EXIST")
