"""POST experiments/delete."""


def test_it_sets_aside_the_experiment_and_its_runs(api, experiment, run):
    """Both are still readable."""
    assert api.post("experiments/delete", {"experiment_id": experiment}).json == {}
    assert api.run(run)["info"]["lifecycle_stage"] == "deleted"


def test_a_deleted_experiment_takes_no_runs(api, experiment):
    """Until it is restored."""
    api.post("experiments/delete", {"experiment_id": experiment})
    answer = api.post("runs/create", {"experiment_id": experiment})
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")


def test_deleting_twice_is_not_found(api, experiment):
    """As is deleting what never was."""
    api.post("experiments/delete", {"experiment_id": experiment})
    for gone in (experiment, "999999"):
        answer = api.post("experiments/delete", {"experiment_id": gone})
        assert answer.error == (404, "RESOURCE_DOES_NOT_EXIST")


def test_the_id_is_required(api):
    """And must be a number."""
    for asked in ({}, {"experiment_id": "x"}, {"experiment_id": 1}):
        answer = api.post("experiments/delete", asked)
        assert answer.error == (400, "INVALID_PARAMETER_VALUE")
