"""GET and POST registered-models/get-latest-versions."""


def numbers(answer):
    return [version["version"] for version in answer.json.get("model_versions", [])]


def test_the_newest_of_each_stage(api, registry, model):
    """Of all stages, or of those named, whatever their case."""
    for _ in range(2):
        registry.new_version(model)
    moved = {"name": model, "version": "1", "stage": "Staging"}
    api.post("model-versions/transition-stage", moved)
    path = "registered-models/get-latest-versions"
    assert numbers(api.post(path, {"name": model})) == ["1", "2"]
    assert numbers(api.post(path, {"name": model, "stages": ["staging"]})) == ["1"]
    assert numbers(api.get(path, name=model, stages=["None", "Production"])) == ["2"]


def test_what_is_refused(api, model):
    """An unknown model, and a stage that there is not."""
    path = "registered-models/get-latest-versions"
    assert api.post(path, {"name": "nobody"}).error == (404, "RESOURCE_DOES_NOT_EXIST")
    refused = api.post(path, {"name": model, "stages": ["bogus"]})
    assert refused.error == (400, "INVALID_PARAMETER_VALUE")
    assert "Value must be one of None, Staging, Production, Archived" in refused.message
