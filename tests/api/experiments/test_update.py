"""POST experiments/update."""


def test_it_renames(api, experiment):
    """The old name is free again."""
    asked = {"experiment_id": experiment, "new_name": f"renamed {experiment}"}
    assert api.post("experiments/update", asked).json == {}
    found = api.get("experiments/get", experiment_id=experiment).json["experiment"]
    assert found["name"] == f"renamed {experiment}"


def test_a_taken_name_is_refused(api, experiment):
    """With the code that says so and no SQL."""
    other = api.new_experiment(name=f"other than {experiment}")
    answer = api.post("experiments/update", {"experiment_id": other, "new_name": "Default"})
    assert answer.error == (400, "RESOURCE_ALREADY_EXISTS")


def test_a_deleted_one_is_not_renamed(api, experiment):
    """A 400; MLflow answers 500, which clients would try again."""
    api.post("experiments/delete", {"experiment_id": experiment})
    answer = api.post("experiments/update", {"experiment_id": experiment, "new_name": "x"})
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")


def test_both_fields_are_required(api, experiment):
    """And named."""
    assert "new_name" in api.post("experiments/update", {"experiment_id": experiment}).message
    assert "experiment_id" in api.post("experiments/update", {"new_name": "x"}).message


def test_an_unknown_one_is_not_found(api):
    """404."""
    answer = api.post("experiments/update", {"experiment_id": "999999", "new_name": "x"})
    assert answer.error == (404, "RESOURCE_DOES_NOT_EXIST")
