"""POST, GET and DELETE registered-models/alias."""

import pytest

PATH = "registered-models/alias"


def test_an_alias_moves(api, registry, model):
    """From version to version; the version knows its aliases."""
    for version in ("1", "2"):
        registry.new_version(model)
        assert api.post(PATH, {"name": model, "alias": "best", "version": version}).json == {}
    found = api.get(PATH, name=model, alias="best").json["model_version"]
    assert (found["version"], found["aliases"]) == ("2", ["best"])
    assert "aliases" not in registry.version(model, "1")


def test_latest_is_the_greatest_number(api, registry, model):
    """Without being set, in any case; of a model without versions there is none."""
    assert api.get(PATH, name=model, alias="latest").error == (404, "RESOURCE_DOES_NOT_EXIST")
    registry.new_version(model)
    registry.new_version(model)
    assert api.get(PATH, name=model, alias="Latest").json["model_version"]["version"] == "2"


def test_deleting(api, registry, model):
    """Twice is no error; afterwards it is a bad value, as with MLflow."""
    registry.new_version(model)
    api.post(PATH, {"name": model, "alias": "best", "version": "1"})
    for _ in range(2):
        assert registry.send("DELETE", PATH, name=model, alias="best").json == {}
    missing = api.get(PATH, name=model, alias="best")
    assert missing.error == (400, "INVALID_PARAMETER_VALUE")
    assert missing.message == "Registered model alias best not found."
    gone = registry.send("DELETE", PATH, name="nobody", alias="best")
    assert gone.error == (404, "RESOURCE_DOES_NOT_EXIST")


@pytest.mark.parametrize("alias", ["latest", "LATEST", "v1", "V12", "a b", "a/b", "x" * 256, ""])
def test_a_bad_alias_is_refused(api, registry, model, alias):
    """Reserved, with other characters, or too long."""
    registry.new_version(model)
    refused = api.post(PATH, {"name": model, "alias": alias, "version": "1"})
    assert refused.error == (400, "INVALID_PARAMETER_VALUE")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"version": "9"}, (404, "RESOURCE_DOES_NOT_EXIST")),
        ({"version": "9" * 30}, (404, "RESOURCE_DOES_NOT_EXIST")),
        ({"version": "x"}, (400, "INVALID_PARAMETER_VALUE")),
        ({"version": "1", "name": "nobody"}, (404, "RESOURCE_DOES_NOT_EXIST")),
    ],
)
def test_an_unknown_version(api, model, fields, code):
    """404; what is no number is a bad value."""
    assert api.post(PATH, {"name": model, "alias": "best", **fields}).error == code
