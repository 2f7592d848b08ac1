"""POST artifacts/delete."""

import pytest

OURS = "/api/epochal/v1/"


def keep(api, run, *paths):
    for path in paths:
        api.ask("POST", f"/ajax-api/2.0/mlflow/upload-artifact?run_uuid={run}&path={path}", b"x")


def delete(api, **fields):
    return api.post("artifacts/delete", fields, OURS)


def listed(api, run, **query):
    return [file["path"] for file in api.get("artifacts/list", run_id=run, **query).json["files"]]


def test_a_file_goes_and_its_neighbours_stay(api, run):
    """Only the named one."""
    keep(api, run, "a", "b")
    assert delete(api, run_id=run, path="a").status == 200
    assert listed(api, run) == ["b"]


def test_a_folder_goes_with_all_below_it(api, run):
    """Whatever its depth."""
    keep(api, run, "d/e/f", "d/g", "h")
    assert delete(api, run_id=run, path="d").status == 200
    assert listed(api, run) == ["h"]


@pytest.mark.parametrize("path", ["", "../x", "/x", "%2e%2e/x"])
def test_bad_paths_are_refused(api, run, path):
    """All files of a run are not deleted by leaving the path out."""
    assert delete(api, run_id=run, path=path).error == (400, "INVALID_PARAMETER_VALUE")


def test_an_unknown_run_is_not_found(api):
    """404."""
    assert delete(api, run_id="0" * 32, path="a").error == (404, "RESOURCE_DOES_NOT_EXIST")
