"""POST runs/delete-tag."""


def test_it_deletes_once(api, run):
    """The second time there is nothing to delete."""
    asked = {"run_id": run, "key": "k"}
    api.post("runs/set-tag", {**asked, "value": "v"})
    assert api.post("runs/delete-tag", asked).json == {}
    assert api.post("runs/delete-tag", asked).error == (404, "RESOURCE_DOES_NOT_EXIST")


def test_the_key_is_required(api, run):
    """And named."""
    assert "key" in api.post("runs/delete-tag", {"run_id": run}).message


def test_an_unknown_run_is_not_found(api):
    """404."""
    answer = api.post("runs/delete-tag", {"run_id": "0" * 32, "key": "k"})
    assert answer.error == (404, "RESOURCE_DOES_NOT_EXIST")
