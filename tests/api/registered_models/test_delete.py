"""DELETE registered-models/delete."""


def test_all_of_it_is_gone(api, registry, model):
    """Versions too; the second time it is unknown."""
    registry.new_version(model)
    assert registry.send("DELETE", "registered-models/delete", name=model).json == {}
    gone = registry.send("DELETE", "registered-models/delete", name=model)
    assert gone.error == (404, "RESOURCE_DOES_NOT_EXIST")
    assert api.get("model-versions/get", name=model, version="1").status == 404


def test_the_query_is_not_read(api, model):
    """The name stands in the body, as with MLflow."""
    answer = api.ask(
        "DELETE",
        f"/api/2.0/mlflow/registered-models/delete?name={model.replace(' ', '%20')}",
        "{}",
        {"Content-Type": "application/json"},
    )
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
