"""POST artifacts/transfer on a folder: what is there already is linked."""

import hashlib

import pytest

from fixtures.api import OURS, PROXY


def offer(api, **asked):
    return api.post("artifacts/transfer", asked, OURS)


def test_what_is_stored_gets_a_second_name(api, server, run):
    """One inode, whoever sends it; another size is another file."""
    body = b"model" * 50_000
    api.put_file("transfer/one", body)
    digest = hashlib.sha256(body).hexdigest()
    asked = {"run_id": run, "path": "models/two", "size": len(body), "sha256": digest}
    assert offer(api, **{**asked, "size": 1}).json == {"state": "proxy"}
    assert offer(api, **asked).json == {"state": "stored"}
    answer = api.get("get-artifact", "/", run_id=run, path="models/two")
    assert answer.body == body
    assert (server.folder / "artifacts/transfer/one").stat().st_nlink == 3


def test_what_is_unknown_goes_through_the_proxy(api, run):
    """However large it is: a folder signs nothing."""
    asked = {"run_id": run, "path": "x", "size": 1 << 40, "sha256": "ab" * 32}
    assert offer(api, **asked).json == {"state": "proxy"}


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"path": "x", "size": 1}, 400),
        ({"run_id": "{run}", "uri": "mlflow-artifacts:/x", "path": "x", "size": 1}, 400),
        ({"run_id": "{run}", "path": "../x", "size": 1}, 400),
        ({"run_id": "{run}", "path": "", "size": 1, "sha256": "ab" * 32}, 400),
        ({"run_id": "{run}", "path": "x", "size": -1}, 400),
        ({"run_id": "{run}", "path": "x", "size": 1, "sha256": "no digest"}, 400),
        ({"run_id": "0" * 32, "path": "x", "size": 1}, 404),
        ({"uri": "s3://bucket/x", "path": "x", "size": 1}, 403),
        ({"uri": "file:///etc", "path": "passwd", "size": 1}, 403),
    ],
)
def test_bad_requests_are_refused(api, run, asked, status):
    """Before anything is linked."""
    given = {name: run if value == "{run}" else value for name, value in asked.items()}
    assert offer(api, **given).status == status


def test_a_folder_takes_no_parts(api, run):
    """So there is nothing to complete."""
    answer = api.post(
        f"artifacts/transfer/complete?run_id={run}&path=x&upload_id=y",
        {"parts": [{"number": 1, "etag": "z"}]},
        OURS,
    )
    assert answer.error == (501, "NOT_IMPLEMENTED")
    assert api.ask("GET", f"{PROXY}/x").status == 404
