"""POST registered-models/create."""

import pytest

NAME_ERRORS = ["a/b", "a:b", ".", "..", " ", "x" * 257, "nul\x00"]


def test_a_model_is_answered_whole(api):
    """With what was given; what was not given is left out."""
    asked = {"name": "made whole", "description": "*d*", "tags": [{"key": "a", "value": "b"}]}
    made = api.post("registered-models/create", asked).json["registered_model"]
    times = made.pop("creation_timestamp"), made.pop("last_updated_timestamp")
    assert made == asked
    assert times[0] == times[1] > 0
    assert (
        "description"
        not in api.post("registered-models/create", {"name": "made bare"}).json["registered_model"]
    )


def test_a_taken_name_is_refused(api, model):
    """With the code by which clients go on."""
    refused = api.post("registered-models/create", {"name": model})
    assert refused.error == (400, "RESOURCE_ALREADY_EXISTS")
    assert "already exists" in refused.message


@pytest.mark.parametrize("name", [*NAME_ERRORS, "", None, 5])
def test_a_bad_name_is_refused(api, name):
    """Empty, with a slash or colon, climbing, or too long."""
    refused = api.post("registered-models/create", {"name": name})
    assert refused.error == (400, "INVALID_PARAMETER_VALUE")


@pytest.mark.parametrize(
    "tag", [{"key": "a//b"}, {"key": ""}, {"key": "k", "value": "v" * 100_001}]
)
def test_a_bad_tag_is_refused(api, tag):
    """And no model is made."""
    refused = api.post("registered-models/create", {"name": "bad tag", "tags": [tag]})
    assert refused.error == (400, "INVALID_PARAMETER_VALUE")
    assert api.get("registered-models/get", name="bad tag").status == 404
