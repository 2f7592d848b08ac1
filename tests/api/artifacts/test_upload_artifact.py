"""POST upload-artifact."""

import pytest

PATH = "/ajax-api/2.0/mlflow/upload-artifact"


def upload(api, run, path, body, **headers):
    return api.ask("POST", f"{PATH}?run_uuid={run}&path={path}", body, headers)


def test_the_body_becomes_a_file_of_the_run(api, run):
    """Whatever its content type."""
    answer = upload(api, run, "dir/a.txt", b"hello", **{"Content-Type": "text/plain"})
    assert (answer.status, answer.body) == (200, b"")
    assert api.get("get-artifact", "/", run_id=run, path="dir/a.txt").body == b"hello"


def test_ten_megabytes_are_the_limit(api, run):
    """One byte more is too much, and nothing of it is kept."""
    limit = 10 * 1024 * 1024
    assert upload(api, run, "big", b"x" * limit).status == 200
    answer = upload(api, run, "bigger", b"x" * (limit + 1))
    assert answer.error == (413, "INVALID_PARAMETER_VALUE")
    listed = api.get("artifacts/list", run_id=run).json["files"]
    assert [file["path"] for file in listed] == ["big"]


@pytest.mark.parametrize("path", ["", "../x", "/x", "a%5Cb", "%252e%252e/x", "dir/"])
def test_bad_paths_are_refused(api, run, path):
    """Each is a 400."""
    assert upload(api, run, path, b"x").error == (400, "INVALID_PARAMETER_VALUE")


def test_foreign_pages_may_not_upload(api, run):
    """No content type stands in their way here, so the origin must."""
    answer = upload(api, run, "a", b"x", Origin="https://evil.example")
    assert answer.error == (403, "PERMISSION_DENIED")


def test_an_unknown_run_is_not_found(api):
    """404."""
    assert upload(api, "0" * 32, "a", b"x").error == (404, "RESOURCE_DOES_NOT_EXIST")
