"""POST datasets/version."""


def test_it_is_whole(keeper, name):
    """Schema and profile are JSON within the answer."""
    schema = '{"mlflow_colspec": [{"type": "long", "name": "a", "required": true}]}'
    keeper.keep_csv(name, "a\n1\n", schema=schema, run_id="r", user_id="u")
    told = keeper.post("version", name=name, version=1).json["version"]
    assert told["schema"]["mlflow_colspec"][0]["name"] == "a"
    assert told["profile"] == {"rows": 1, "columns": []}
    assert (told["run_id"], told["user_id"], told["rows"]) == ("r", "u", 1)
    assert told["digest"] == told["content"][:16]


def test_the_newest_unless_told(keeper, name):
    """A schema that is no JSON stays text."""
    keeper.keep(name, b"1")
    keeper.keep(name, b"2", schema="NaN")
    told = keeper.post("version", name=name).json["version"]
    assert (told["version"], told["schema"]) == (2, "NaN")


def test_unknown_versions(keeper, name):
    """404 for names and numbers."""
    assert keeper.post("version", name=name).error == (404, "RESOURCE_DOES_NOT_EXIST")
    keeper.keep(name, b"1")
    assert keeper.post("version", name=name, version=2).error == (404, "RESOURCE_DOES_NOT_EXIST")
    assert keeper.post("version", name=name, version="x").error[0] == 400
