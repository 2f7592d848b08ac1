"""The proxy in front of S3, and what lets clients go past it."""

import hashlib
import http.client
import itertools
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from fixtures.api import OURS, PROXY

PREFIX = "/api/2.0/mlflow-artifacts/"
_folders = itertools.count(1)


@pytest.fixture
def folder():
    """A folder of this test's own."""
    return f"s3-{next(_folders)}"


def get(api, path, **headers):
    return api.ask("GET", f"{PROXY}/{path}", headers=headers)


def send(url, body, method="PUT"):
    """Ask the object store itself, as a client does."""
    parts = urlsplit(url)
    line = http.client.HTTPConnection(parts.netloc, timeout=30)
    line.request(method, f"{parts.path}?{parts.query}", body)
    answer = line.getresponse()
    told = answer.read()
    line.close()
    return answer, told


@pytest.mark.parametrize("size", [0, 10, 3_000_000, 40_000_000])
def test_a_file_comes_back_as_it_was_sent(s3_api, folder, size):
    """Small ones in one request to the store, large ones in parts."""
    body = hashlib.sha256(b"%d" % size).digest() * (size // 32 + 1)
    assert s3_api.put_file(f"{folder}/deep/ä b", body[:size]).status == 200
    answer = get(s3_api, f"{folder}/deep/%C3%A4%20b")
    assert answer.body == body[:size]
    if size:
        assert get(s3_api, f"{folder}/deep/%C3%A4%20b", Range="bytes=-3").body == body[:size][-3:]


def test_listings_marks_and_deletes_are_as_in_a_folder(s3_api, folder):
    """Nobody can tell by the answers."""
    s3_api.put_file(f"{folder}/sub/a.txt", b"abc")
    assert s3_api.get("", PROXY, path=folder).json == {"files": [{"path": "sub", "is_dir": True}]}
    assert s3_api.get("", PROXY, path=f"{folder}/sub").json == {
        "files": [{"path": "a.txt", "is_dir": False, "file_size": 3}]
    }
    mark = get(s3_api, f"{folder}/sub/a.txt").headers["etag"]
    assert get(s3_api, f"{folder}/sub/a.txt", **{"If-None-Match": mark}).status == 304
    assert s3_api.put_file(f"{folder}/sub", b"x").error == (400, "INVALID_PARAMETER_VALUE")
    assert s3_api.ask("DELETE", f"{PROXY}/{folder}").json == {}
    assert get(s3_api, f"{folder}/sub/a.txt").error == (404, "RESOURCE_DOES_NOT_EXIST")
    assert s3_api.get("", PROXY, path=folder).json == {}


def test_an_interrupted_upload_leaves_nothing(s3_api, folder):
    """Neither a file nor, in the store, parts of one."""
    line = http.client.HTTPConnection("127.0.0.1", s3_api.port, timeout=20)
    line.putrequest("PUT", f"{PROXY}/{folder}/half")
    line.putheader("Content-Length", "100000000")
    line.endheaders(b"x" * 30_000_000)
    line.close()
    s3_api.put_file(f"{folder}/whole", b"x")
    assert [f["path"] for f in s3_api.get("", PROXY, path=folder).json["files"]] == ["whole"]


def test_a_client_sends_parts_itself(s3_api, folder):
    """Begun, sent and completed as MLflow's client does; the URLs say nothing but one object."""
    asked = {"path": "/home/somebody/big.bin", "num_parts": 2}
    begun = s3_api.post(f"mpu/create/{folder}", asked, PREFIX).json
    pieces = [b"a" * (5 << 20), b"b" * 10]
    parts = []
    for credential, piece in zip(begun["credentials"], pieces, strict=True):
        assert credential["headers"] == {}
        answer, _ = send(credential["url"], piece)
        parts.append(
            {
                "part_number": credential["part_number"],
                "etag": answer.headers["ETag"],
                "url": credential["url"],
            }
        )
    assert get(s3_api, f"{folder}/big.bin").status == 404
    end = {"path": "big.bin", "upload_id": begun["upload_id"], "parts": parts}
    other = s3_api.post("mpu/complete/elsewhere", end, PREFIX)
    assert other.error == (400, "INVALID_PARAMETER_VALUE")
    assert s3_api.post(f"mpu/complete/{folder}", end, PREFIX).json == {}
    assert get(s3_api, f"{folder}/big.bin").body == b"".join(pieces)
    signed = s3_api.get(f"presigned/{folder}/big.bin", PREFIX).json
    assert signed["file_size"] == (5 << 20) + 10
    assert send(signed["url"], None, "GET")[1] == b"".join(pieces)


@pytest.mark.parametrize("parts", [0, -1, 10_001, "many"])
def test_an_upload_has_one_to_ten_thousand_parts(s3_api, folder, parts):
    """Whatever else is asked is refused before anything is begun."""
    answer = s3_api.post(f"mpu/create/{folder}", {"path": "x", "num_parts": parts}, PREFIX)
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")


@pytest.mark.parametrize("tail", ["..", "a/%2e%2e/b", "%2fetc", "a%5cb", "a%00b", ".objects/aa"])
def test_no_spelling_leads_out(s3_api, tail):
    """Signed URLs are only given for what may be written."""
    answers = [
        s3_api.post(f"mpu/create/{tail}", {"path": "x", "num_parts": 1}, PREFIX),
        s3_api.get(f"presigned/{tail}", PREFIX),
        s3_api.post("artifacts/transfer", {"uri": "mlflow-artifacts:/a/../../b", "size": 1}, OURS),
    ]
    assert [answer.error for answer in answers] == [(400, "INVALID_PARAMETER_VALUE")] * 3


def test_what_is_stored_is_not_sent_again(s3_api, folder):
    """The same bytes get a second name; the store holds them once."""
    body = b"weights" * 100_000
    s3_api.put_file(f"{folder}/one", body)
    offer = {
        "uri": f"mlflow-artifacts:/{folder}",
        "path": "two",
        "size": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    assert s3_api.post("artifacts/transfer", offer, OURS).json == {"state": "stored"}
    assert get(s3_api, f"{folder}/two").body == body
    assert s3_api.ask("DELETE", f"{PROXY}/{folder}/one").status == 200
    assert get(s3_api, f"{folder}/two").body == body


def test_a_large_file_goes_directly(s3_api):
    """Its parts cover it whole, and completing them makes the file of the run."""
    run_id = s3_api.new_run("0")
    size = (33 << 20) + 5
    asked = {"run_id": run_id, "path": "models/big", "size": size, "sha256": "0" * 64}
    offer = s3_api.post("artifacts/transfer", asked, OURS).json
    assert offer["state"] == "direct"
    assert sum(part["size"] for part in offer["parts"]) == size
    parts = []
    for part in offer["parts"]:
        answer, _ = send(part["url"], bytes([part["number"]]) * part["size"])
        parts.append({"number": part["number"], "etag": answer.headers["ETag"]})
    assert s3_api.post(offer["complete_url"], {"parts": parts}, "").json == {}
    answer = s3_api.get("get-artifact", "/", run_id=run_id, path="models/big")
    assert len(answer.body) == size
    assert answer.body[-1] == len(parts)


def test_what_is_small_goes_through_the_proxy(s3_api, folder):
    """Asking the store would take longer than sending it."""
    asked = {"uri": f"mlflow-artifacts:/{folder}/x", "size": 1000}
    assert s3_api.post("artifacts/transfer", asked, OURS).json == {"state": "proxy"}


def test_a_server_says_what_clients_can_do_past_it(s3_api, start_server, s3_environment):
    """And offers none of it when it is told not to."""
    assert s3_api.get("server-info", "/api/3.0/mlflow/").json["multipart_uploads_enabled"] is True
    closed = start_server(destination=s3_environment.new_uri(), is_direct=False)
    told = closed.get("server-info", "/api/3.0/mlflow/").json
    assert told["multipart_uploads_enabled"] is told["multipart_downloads_enabled"] is False
    closed.put_file("x", b"x")
    assert closed.get("presigned/x", PREFIX).error == (501, "NOT_IMPLEMENTED")
    large = {"uri": "mlflow-artifacts:/y", "size": 1 << 30}
    assert closed.post("artifacts/transfer", large, OURS).json == {"state": "proxy"}


def test_files_that_others_laid_out_plainly_are_found(start_server, s3_environment):
    """A bucket that MLflow's server wrote is read, listed, overwritten and deleted as it is."""
    uri = s3_environment.new_uri()
    bucket = s3_environment.bucket(uri)
    bucket.put("1/run/artifacts/old.txt", b"old")
    api = start_server(destination=uri)
    api.put_file("1/run/artifacts/new.txt", b"new")
    listed = api.get("", PROXY, path="1/run/artifacts").json["files"]
    assert [file["path"] for file in listed] == ["new.txt", "old.txt"]
    assert get(api, "1/run/artifacts/old.txt").body == b"old"
    api.put_file("1/run/artifacts/old.txt", b"newer")
    assert get(api, "1/run/artifacts/old.txt").body == b"newer"
    api.ask("DELETE", f"{PROXY}/1/run/artifacts/old.txt")
    assert get(api, "1/run/artifacts/old.txt").status == 404


def test_an_experiment_may_lie_below_a_further_root(start_server, s3_environment, tmp_path):
    """In S3 or a folder; a place that the server does not name is text and no more."""
    further = s3_environment.new_uri()
    api = start_server(further_roots=[further, tmp_path / "more"])
    bucket = s3_environment.bucket(further)
    bucket.put("team/x.txt", b"unused")
    for location in (f"{further}/team", f"file://{tmp_path}/more/team"):
        run_id = api.new_run(api.new_experiment(artifact_location=location))
        answer = api.ask(
            "POST",
            f"/ajax-api/2.0/mlflow/upload-artifact?run_uuid={run_id}&path=a.txt",
            b"hello",
        )
        assert answer.status == 200, answer.body
        assert api.get("get-artifact", "/", run_id=run_id, path="a.txt").body == b"hello"
    for location in (s3_environment.new_uri(), "gs://elsewhere/x", "file:///etc"):
        run_id = api.new_run(api.new_experiment(artifact_location=location))
        answers = [
            api.get("get-artifact", "/", run_id=run_id, path="passwd"),
            api.get("artifacts/list", run_id=run_id),
            api.post("artifacts/transfer", {"run_id": run_id, "path": "x", "size": 1}, OURS),
        ]
        assert [answer.error for answer in answers] == [(403, "PERMISSION_DENIED")] * 3


def test_signed_urls_for_runs_that_keep_files_in_s3_plainly(start_server, s3_environment):
    """Where clients go to S3 themselves, a signed URL takes a file and another gives it."""
    uri = s3_environment.new_uri()
    api = start_server(destination=uri, proxied=False)
    run_id = api.new_run("0")
    assert api.run(run_id)["info"]["artifact_uri"].startswith(uri)
    asked = {"run_id": run_id, "path": "a b.txt", "expiration": 60}
    url = api.post("artifacts/presigned-upload-url", asked).json["presigned_url"]
    assert send(url, b"hello")[0].status == 200
    told = api.post("artifacts/presigned-download-url", asked).json
    assert told["file_size"] == 5
    assert send(told["presigned_url"], None, "GET")[1] == b"hello"
    for expiration in (0, 604_801):
        answer = api.post("artifacts/presigned-download-url", {**asked, "expiration": expiration})
        assert answer.error == (400, "INVALID_PARAMETER_VALUE")


def test_many_clients_send_the_same_file_at_once(s3_api, folder):
    """All succeed, and all read it."""
    body = b"same" * 3_000_000
    with ThreadPoolExecutor(6) as pool:
        sent = pool.map(lambda n: s3_api.put_file(f"{folder}/{n}", body).status, range(6))
        assert list(sent) == [200] * 6
    assert all(get(s3_api, f"{folder}/{n}").body == body for n in range(6))
