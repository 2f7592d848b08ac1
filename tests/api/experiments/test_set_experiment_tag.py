"""POST experiments/set-experiment-tag."""

import pytest


def tags(api, experiment):
    found = api.get("experiments/get", experiment_id=experiment).json["experiment"]
    return {tag["key"]: tag["value"] for tag in found.get("tags", [])}


def test_it_writes_and_overwrites(api, experiment):
    """The last value stays; an absent one is empty."""
    for value in ("a", "b", None):
        asked = {"experiment_id": experiment, "key": "k", "value": value}
        assert api.post("experiments/set-experiment-tag", asked).json == {}
        assert tags(api, experiment) == {"k": value or ""}


def test_a_deleted_experiment_takes_no_tags(api, experiment):
    """A 400 that says which state it must be in."""
    api.post("experiments/delete", {"experiment_id": experiment})
    asked = {"experiment_id": experiment, "key": "k", "value": "v"}
    answer = api.post("experiments/set-experiment-tag", asked)
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
    assert "active" in answer.message


@pytest.mark.parametrize("changes", [{"key": ""}, {"key": "a//b"}, {"value": "x" * 20_001}])
def test_bad_values_are_refused(api, experiment, changes):
    """Keys are paths and values have a length."""
    asked = {"experiment_id": experiment, "key": "k", "value": "v", **changes}
    answer = api.post("experiments/set-experiment-tag", asked)
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")


def test_an_unknown_experiment_is_not_found(api):
    """404."""
    asked = {"experiment_id": "999999", "key": "k", "value": "v"}
    answer = api.post("experiments/set-experiment-tag", asked)
    assert answer.error == (404, "RESOURCE_DOES_NOT_EXIST")
