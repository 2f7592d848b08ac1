"""PATCH model-versions/update."""


def test_a_description_is_set_and_cleared(registry, model):
    """An absent one takes away what is there."""
    registry.new_version(model)
    for fields in ({"description": "d"}, {}):
        asked = {"name": model, "version": "1", **fields}
        done = registry.send("PATCH", "model-versions/update", **asked)
        assert done.json["model_version"].get("description") == fields.get("description")


def test_an_unknown_version(registry, model):
    """404."""
    missing = registry.send("PATCH", "model-versions/update", name=model, version="1")
    assert missing.error == (404, "RESOURCE_DOES_NOT_EXIST")
