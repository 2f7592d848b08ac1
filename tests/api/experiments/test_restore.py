"""POST experiments/restore."""


def test_it_brings_back_the_experiment_with_all_runs(api, experiment, run):
    """Also runs that were deleted one by one before."""
    api.post("runs/delete", {"run_id": run})
    api.post("experiments/delete", {"experiment_id": experiment})
    assert api.post("experiments/restore", {"experiment_id": experiment}).json == {}
    assert api.run(run)["info"]["lifecycle_stage"] == "active"


def test_restoring_an_active_one_is_not_found(api, experiment):
    """There is nothing to restore."""
    answer = api.post("experiments/restore", {"experiment_id": experiment})
    assert answer.error == (404, "RESOURCE_DOES_NOT_EXIST")


def test_the_id_is_required(api):
    """And named."""
    assert "experiment_id" in api.post("experiments/restore").message
