"""POST experiments/delete-experiment-tag."""


def test_it_deletes_once(api, experiment):
    """The second time there is nothing to delete."""
    asked = {"experiment_id": experiment, "key": "k"}
    api.post("experiments/set-experiment-tag", {**asked, "value": "v"})
    assert api.post("experiments/delete-experiment-tag", asked).json == {}
    answer = api.post("experiments/delete-experiment-tag", asked)
    assert answer.error == (404, "RESOURCE_DOES_NOT_EXIST")


def test_the_key_is_required(api, experiment):
    """And named."""
    asked = {"experiment_id": experiment}
    assert "key" in api.post("experiments/delete-experiment-tag", asked).message
