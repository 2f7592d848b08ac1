"""GET model-versions/get and model-versions/get-download-uri."""

import pytest

BOTH = ["model-versions/get", "model-versions/get-download-uri"]


@pytest.mark.parametrize("path", BOTH)
def test_what_is_not_there(api, registry, model, path):
    """404 for the version; 400 for what is no number, or nothing."""
    registry.new_version(model)
    missing = api.get(path, name=model, version="9")
    assert missing.error == (404, "RESOURCE_DOES_NOT_EXIST")
    assert missing.message == f"Model Version (name={model}, version=9) not found"
    assert api.get(path, name="nobody", version="1").status == 404
    for asked in ({"version": "x"}, {}):
        assert api.get(path, name=model, **asked).error == (400, "INVALID_PARAMETER_VALUE")


def test_the_storage_of_a_version(api, registry, model):
    """Where the files lie."""
    registry.new_version(model)
    found = api.get("model-versions/get-download-uri", name=model, version="1")
    assert found.json == {"artifact_uri": "s3://bucket/model"}
