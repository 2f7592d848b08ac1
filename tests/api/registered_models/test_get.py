"""GET registered-models/get."""


def test_versions_of_each_stage_and_aliases(api, registry, model):
    """The newest version of each stage without aliases, and the aliases of the model."""
    for _ in range(3):
        registry.new_version(model)
    moved = {"name": model, "version": "1", "stage": "Production"}
    api.post("model-versions/transition-stage", moved)
    api.post("registered-models/alias", {"name": model, "alias": "champion", "version": "1"})
    found = registry.model(model)
    assert [(v["version"], v["current_stage"]) for v in found["latest_versions"]] == [
        ("1", "Production"),
        ("3", "None"),
    ]
    assert found["aliases"] == [{"alias": "champion", "version": "1"}]
    assert not any("aliases" in version for version in found["latest_versions"])


def test_an_unknown_name(api):
    """404 in MLflow's words."""
    missing = api.get("registered-models/get", name="nobody")
    assert missing.error == (404, "RESOURCE_DOES_NOT_EXIST")
    assert missing.message == "Registered Model with name=nobody not found"


def test_without_a_name(api):
    """400."""
    assert api.get("registered-models/get").error == (400, "INVALID_PARAMETER_VALUE")
