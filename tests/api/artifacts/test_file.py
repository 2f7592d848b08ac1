"""PUT artifacts/file."""

import pytest

PATH = "/api/epochal/v1/artifacts/file"


def put(api, run, path, body, **headers):
    return api.ask("PUT", f"{PATH}?run_id={run}&path={path}", body, headers)


def test_a_file_may_be_larger_than_mlflow_takes(api, run):
    """More than ten megabytes, and whole."""
    body = b"0123456789abcdef" * 700_000
    assert put(api, run, "dir/big.bin", body).status == 200
    assert api.get("get-artifact", "/", run_id=run, path="dir/big.bin").body == body


@pytest.mark.parametrize("path", ["", "../x", "/x", "a%5Cb", "dir/"])
def test_bad_paths_are_refused(api, run, path):
    """Each is a 400."""
    assert put(api, run, path, b"x").error == (400, "INVALID_PARAMETER_VALUE")


def test_foreign_pages_may_not_upload(api, run):
    """The origin stands in their way."""
    answer = put(api, run, "a", b"x", Origin="https://evil.example")
    assert answer.error == (403, "PERMISSION_DENIED")


def test_an_unknown_run_is_not_found(api):
    """404."""
    assert put(api, "0" * 32, "a", b"x").error == (404, "RESOURCE_DOES_NOT_EXIST")
