"""POST /api/epochal/v1/runs/create."""

OURS = "/api/epochal/v1/"


def test_a_run_with_a_chosen_id_can_be_created_again(api, experiment):
    """The second time answers with the run that is there."""
    asked = {"experiment_id": experiment, "run_id": f"mine-{experiment}", "start_time": 5}
    first = api.post("runs/create", asked, OURS).json["run"]["info"]
    again = api.post("runs/create", asked, OURS).json["run"]["info"]
    assert first == again
    assert first["run_id"] == f"mine-{experiment}"


def test_without_an_id_it_is_as_mlflows(api, experiment):
    """The server chooses one."""
    run = api.post("runs/create", {"experiment_id": experiment}, OURS).json["run"]
    assert len(run["info"]["run_id"]) == 32


def test_an_id_that_no_run_can_have_is_refused(api, experiment):
    """Ids become parts of paths."""
    asked = {"experiment_id": experiment, "run_id": "../x"}
    assert api.post("runs/create", asked, OURS).error == (400, "INVALID_PARAMETER_VALUE")
