"""POST runs/delete."""


def test_it_moves_the_run_and_may_be_repeated(api, run):
    """The second time changes nothing."""
    for _ in range(2):
        assert api.post("runs/delete", {"run_id": run}).json == {}
        assert api.run(run)["info"]["lifecycle_stage"] == "deleted"


def test_an_unknown_run_is_not_found(api):
    """404."""
    answer = api.post("runs/delete", {"run_id": "0" * 32})
    assert answer.error == (404, "RESOURCE_DOES_NOT_EXIST")


def test_the_id_is_required(api):
    """And named."""
    assert "run_id" in api.post("runs/delete").message
