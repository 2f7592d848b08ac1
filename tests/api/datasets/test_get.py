"""POST datasets/get."""


def test_it_tells_the_newest_version(keeper, name):
    """And how many there are."""
    keeper.keep(name, b"get 1", description="some bytes")
    keeper.keep(name, b"get 2")
    told = keeper.post("get", name=name).json["dataset"]
    assert (told["name"], told["versions"], told["description"]) == (name, 2, "some bytes")
    assert told["latest"]["version"] == 2


def test_unknown_names(keeper):
    """404, and 400 for none."""
    assert keeper.post("get", name="nobody").error == (404, "RESOURCE_DOES_NOT_EXIST")
    assert keeper.post("get").error == (400, "INVALID_PARAMETER_VALUE")
