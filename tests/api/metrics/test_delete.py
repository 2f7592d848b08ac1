"""POST metrics/delete, our own."""

OURS = "/api/epochal/v1/"


def delete(api, run, key):
    return api.post("metrics/delete", {"run_id": run, "key": key}, OURS)


def test_it_forgets_a_key(api, run):
    """Other keys stay."""
    api.log(run, "loss", 1)
    api.log(run, "accuracy", 2)
    assert delete(api, run, "loss").json == {}
    assert [metric["key"] for metric in api.run(run)["data"]["metrics"]] == ["accuracy"]
    assert api.get("metrics/get-history", run_id=run, metric_key="loss").json == {}


def test_unknown_keys_and_runs_are_not_found(api, run):
    """A 404 that names what is missing; a second deletion too."""
    api.log(run, "loss", 1)
    assert delete(api, "0" * 32, "loss").error == (404, "RESOURCE_DOES_NOT_EXIST")
    assert "lose" in delete(api, run, "lose").message
    delete(api, run, "loss")
    assert delete(api, run, "loss").error == (404, "RESOURCE_DOES_NOT_EXIST")


def test_deleted_runs_keep_their_metrics(api, run):
    """And both fields are required."""
    assert "key" in api.post("metrics/delete", {"run_id": run}, OURS).message
    assert "run_id" in api.post("metrics/delete", {"key": "loss"}, OURS).message
    api.log(run, "loss", 1)
    api.post("runs/delete", {"run_id": run})
    assert delete(api, run, "loss").error == (400, "INVALID_PARAMETER_VALUE")
