"""PATCH registered-models/update."""


def test_a_description_is_set_and_cleared(registry, model):
    """An absent one takes away what is there."""
    for fields in ({"description": "d"}, {}):
        done = registry.send("PATCH", "registered-models/update", name=model, **fields)
        assert done.json["registered_model"].get("description") == fields.get("description")
    assert "description" not in registry.model(model)


def test_an_unknown_model_and_too_long_a_text(registry, model):
    """404 and 400."""
    missing = registry.send("PATCH", "registered-models/update", name="nobody", description="d")
    assert missing.error == (404, "RESOURCE_DOES_NOT_EXIST")
    long = registry.send(
        "PATCH", "registered-models/update", name=model, description="d" * 100_001
    )
    assert long.error == (400, "INVALID_PARAMETER_VALUE")
