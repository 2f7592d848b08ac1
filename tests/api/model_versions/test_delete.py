"""DELETE model-versions/delete."""


def test_it_is_gone_with_its_aliases(api, registry, model):
    """And its number is not given again."""
    registry.new_version(model)
    api.post("registered-models/alias", {"name": model, "alias": "best", "version": "1"})
    assert registry.send("DELETE", "model-versions/delete", name=model, version="1").json == {}
    gone = registry.send("DELETE", "model-versions/delete", name=model, version="1")
    assert gone.error == (404, "RESOURCE_DOES_NOT_EXIST")
    assert "aliases" not in registry.model(model)
    assert registry.new_version(model)["version"] == "2"
