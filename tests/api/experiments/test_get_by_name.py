"""GET experiments/get-by-name."""


def test_it_finds_by_the_exact_name(api):
    """Names may hold what URLs escape."""
    experiment_id = api.new_experiment(name="ä & b/c?=%41 +")
    answer = api.get("experiments/get-by-name", experiment_name="ä & b/c?=%41 +")
    assert answer.json["experiment"]["experiment_id"] == experiment_id


def test_deleted_experiments_are_found(api):
    """Their names stay taken, so they can be looked up."""
    experiment_id = api.new_experiment(name="deleted by name")
    api.post("experiments/delete", {"experiment_id": experiment_id})
    answer = api.get("experiments/get-by-name", experiment_name="deleted by name")
    assert answer.json["experiment"]["lifecycle_stage"] == "deleted"


def test_an_unknown_name_is_not_found(api):
    """The client creates the experiment when it sees this code."""
    answer = api.get("experiments/get-by-name", experiment_name="nobody")
    assert answer.error == (404, "RESOURCE_DOES_NOT_EXIST")


def test_the_name_is_required(api):
    """Empty is absent."""
    answer = api.get("experiments/get-by-name", experiment_name="")
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
