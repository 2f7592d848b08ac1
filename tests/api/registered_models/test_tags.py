"""POST registered-models/set-tag and DELETE registered-models/delete-tag."""


def test_set_and_deleted(api, registry, model):
    """An absent value is the empty text; deleting twice is no error."""
    api.post("registered-models/set-tag", {"name": model, "key": "k"})
    assert registry.model(model)["tags"] == [{"key": "k", "value": ""}]
    for _ in range(2):
        done = registry.send("DELETE", "registered-models/delete-tag", name=model, key="k")
        assert done.json == {}
    assert "tags" not in registry.model(model)


def test_what_is_refused(api, registry, model):
    """A bad key, too long a value, an unknown model."""
    for asked, code in (
        ({"name": model, "key": "a//b", "value": "v"}, (400, "INVALID_PARAMETER_VALUE")),
        ({"name": model, "key": "k", "value": "v" * 100_001}, (400, "INVALID_PARAMETER_VALUE")),
        ({"name": model}, (400, "INVALID_PARAMETER_VALUE")),
        ({"name": "nobody", "key": "k"}, (404, "RESOURCE_DOES_NOT_EXIST")),
    ):
        assert api.post("registered-models/set-tag", asked).error == code
    gone = registry.send("DELETE", "registered-models/delete-tag", name="nobody", key="k")
    assert gone.error == (404, "RESOURCE_DOES_NOT_EXIST")
