"""POST model-versions/set-tag and DELETE model-versions/delete-tag."""


def test_set_and_deleted(api, registry, model):
    """Deleting twice is no error; an unknown version is."""
    registry.new_version(model)
    about = {"name": model, "version": "1"}
    api.post("model-versions/set-tag", {**about, "key": "k", "value": "v"})
    assert registry.version(model, "1")["tags"] == [{"key": "k", "value": "v"}]
    for _ in range(2):
        done = registry.send("DELETE", "model-versions/delete-tag", **about, key="k")
        assert done.json == {}
    assert "tags" not in registry.version(model, "1")
    about["version"] = "9"
    for answer in (
        api.post("model-versions/set-tag", {**about, "key": "k", "value": "v"}),
        registry.send("DELETE", "model-versions/delete-tag", **about, key="k"),
    ):
        assert answer.error == (404, "RESOURCE_DOES_NOT_EXIST")
