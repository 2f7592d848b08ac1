"""GET artifacts/archive: a folder of a run as one zip file."""

import io
import zipfile

import pytest

from fixtures.api import OURS


def archive(api, run, **asked):
    return api.get("artifacts/archive", OURS, run_id=run, **asked)


def upload(api, run, path, body):
    answer = api.ask(
        "POST", f"/ajax-api/2.0/mlflow/upload-artifact?run_uuid={run}&path={path}", body
    )
    assert answer.status == 200


def unzip(answer):
    assert answer.status == 200, answer.body
    with zipfile.ZipFile(io.BytesIO(answer.body)) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def test_a_folder_comes_whole(api, run):
    """With its folders, by names below it; large files pass in pieces."""
    files = {"a.txt": b"a", "sub/b.bin": b"b" * 3_000_000, "sub/deep/%C3%A9.txt": b""}
    for path, body in files.items():
        upload(api, run, f"model/{path}", body)
    answer = archive(api, run, path="model")
    assert answer.headers["content-disposition"] == "attachment; filename=model.zip"
    assert unzip(answer) == {path.replace("%C3%A9", "é"): body for path, body in files.items()}
    whole = unzip(archive(api, run))
    assert set(whole) == {f"model/{path}".replace("%C3%A9", "é") for path in files}
    assert answer.body == archive(api, run, path="model").body


def test_a_file_is_its_own_archive(api, run):
    """And a run without files makes an empty one."""
    assert unzip(archive(api, run)) == {}
    upload(api, run, "a.txt", b"a")
    assert unzip(archive(api, run, path="a.txt")) == {"a.txt": b"a"}


@pytest.mark.parametrize("path", ["../x", "/etc", "a\\b"])
def test_no_spelling_leads_out(api, run, path):
    """As everywhere."""
    assert archive(api, run, path=path).error == (400, "INVALID_PARAMETER_VALUE")


def test_what_is_missing_is_said(api, run):
    """A run or a path; before the first byte of a zip."""
    assert archive(api, run, path="none").error == (404, "RESOURCE_DOES_NOT_EXIST")
    assert archive(api, "0" * 32).error == (404, "RESOURCE_DOES_NOT_EXIST")
