"""POST registered-models/rename."""


def test_versions_follow(api, registry, model):
    """The old name is free."""
    registry.new_version(model)
    done = api.post("registered-models/rename", {"name": model, "new_name": f"{model} new"})
    assert done.json["registered_model"]["name"] == f"{model} new"
    assert registry.version(f"{model} new", "1")["name"] == f"{model} new"
    registry.new_model(name=model)


def test_what_is_refused(api, registry, model):
    """A taken name, a bad one, none, and an unknown model."""
    other = registry.new_model()
    for asked, code in (
        ({"name": model, "new_name": other}, (400, "RESOURCE_ALREADY_EXISTS")),
        ({"name": model, "new_name": "a/b"}, (400, "INVALID_PARAMETER_VALUE")),
        ({"name": model}, (400, "INVALID_PARAMETER_VALUE")),
        ({"name": "nobody", "new_name": "new"}, (404, "RESOURCE_DOES_NOT_EXIST")),
    ):
        assert api.post("registered-models/rename", asked).error == code
    assert api.post("registered-models/rename", {"name": model, "new_name": model}).status == 200
