"""PUT, GET and DELETE mlflow-artifacts/artifacts: the proxy that clients keep files through."""

import base64
import hashlib
import http.client
import itertools

import pytest

from fixtures.api import PROXY

_folders = itertools.count(1)


@pytest.fixture
def folder():
    """A folder of this test's own."""
    return f"proxy-{next(_folders)}"


def get(api, path, **headers):
    return api.ask("GET", f"{PROXY}/{path}", headers=headers)


def test_a_file_comes_back_as_it_was_sent(api, folder):
    """Folders on the way are made; a second PUT replaces it."""
    for body in (b"one", b"", bytes(range(256)) * 5000):
        answer = api.put_file(f"{folder}/deep/file.bin", body)
        assert (answer.status, answer.body) == (200, b"")
        assert get(api, f"{folder}/deep/file.bin").body == body


def test_a_client_that_hangs_up_stops_its_download(api, server, folder, caplog):
    """The server reads no further, and that is no failure."""
    api.put_file(f"{folder}/big", b"x" * 50_000_000)
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    line.request("GET", f"{PROXY}/{folder}/big")
    assert len(line.getresponse().read(1000)) == 1000
    line.close()
    assert len(get(api, f"{folder}/big").body) == 50_000_000
    assert not caplog.records


def test_a_chunked_upload_works(api, server, folder):
    """Clients that stream do not know the length."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    pieces = (b"x" * 100_000 for _ in range(30))
    line.request("PUT", f"{PROXY}/{folder}/big", pieces, encode_chunked=True)
    assert line.getresponse().status == 200
    line.close()
    assert len(get(api, f"{folder}/big").body) == 3_000_000


@pytest.mark.parametrize("name", ["50%25.txt", "ä ö.txt", "a+b&c=d.txt", "日本.csv", "x?y.txt"])
def test_names_are_kept_as_given(api, folder, name):
    """MLflow decodes them twice."""
    assert api.put_file(f"{folder}/{name}", b"x").status == 200
    listed = api.get("", PROXY, path=folder).json["files"]
    assert [file["path"] for file in listed] == [name]


def test_a_download_cannot_run_as_a_page(api, folder):
    """It is an attachment in a sandbox, whatever its type."""
    api.put_file(f"{folder}/ü page.html", b"<script>alert(1)</script>")
    headers = get(api, f"{folder}/%C3%BC%20page.html").headers
    assert headers["content-disposition"] == (
        "attachment; filename=\"_ page.html\"; filename*=UTF-8''%C3%BC%20page.html"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("asked", "status", "body", "told"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=5-99", 206, b"56789", "bytes 5-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=1-2,4-5", 200, b"0123456789", None),
        ("bananas=1-2", 200, b"0123456789", None),
    ],
)
def test_single_ranges_are_served(api, folder, asked, *, status, body, told):
    """Others are answered with the whole file."""
    api.put_file(f"{folder}/digits", b"0123456789")
    answer = get(api, f"{folder}/digits", Range=asked)
    assert (answer.status, answer.body) == (status, body)
    assert answer.headers.get("content-range") == told


def test_head_tells_the_size_only(api, folder):
    """As GET, without the body."""
    api.put_file(f"{folder}/digits", b"0123456789")
    answer = api.ask("HEAD", f"{PROXY}/{folder}/digits")
    assert (answer.status, answer.headers["content-length"], answer.body) == (200, "10", b"")


def test_listings_have_bare_names(api, folder):
    """As the client expects them."""
    api.put_file(f"{folder}/sub/a.txt", b"abc")
    assert api.get("", PROXY, path=folder).json == {"files": [{"path": "sub", "is_dir": True}]}
    assert api.get("", PROXY, path=f"{folder}/sub").json == {
        "files": [{"path": "a.txt", "is_dir": False, "file_size": 3}]
    }
    assert api.get("", PROXY, path=f"{folder}/missing").json == {}
    assert api.get("", PROXY, path=f"{folder}/sub/a.txt").json == {}


def test_delete_removes_files_and_folders(api, folder):
    """What is absent is no error."""
    api.put_file(f"{folder}/sub/a.txt", b"abc")
    for path in (f"{folder}/sub/a.txt", folder, folder):
        assert api.ask("DELETE", f"{PROXY}/{path}").json == {}
    assert get(api, f"{folder}/sub/a.txt").error == (404, "RESOURCE_DOES_NOT_EXIST")


def test_the_whole_root_is_not_deleted(api):
    """Nobody means that."""
    assert api.ask("DELETE", f"{PROXY}/").error == (400, "INVALID_PARAMETER_VALUE")


def test_folders_are_not_files(api, folder):
    """Neither read nor written as such."""
    api.put_file(f"{folder}/sub/a.txt", b"abc")
    for answer in (
        get(api, f"{folder}/sub"),
        api.put_file(f"{folder}/sub", b"x"),
        api.put_file(f"{folder}/new/", b"x"),
        api.put_file(f"{folder}/sub/a.txt/below", b"x"),
    ):
        assert answer.error == (400, "INVALID_PARAMETER_VALUE")


ESCAPES = [
    "../secret",
    "..",
    "a/../../secret",
    "%2e%2e/secret",
    "%2E%2E%2Fsecret",
    "..%2fsecret",
    "%252e%252e%252fsecret",
    "..%5csecret",
    "..\\secret",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "a/%2e%2e/%2e%2e/secret",
    "C:/secret",
    "a%00b",
    "a%0ab",
    "x%23y",
    "%ff%fe",
]


@pytest.mark.parametrize("path", ESCAPES)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_no_spelling_leads_out(api, method, path):
    """Every one is refused before a file is touched."""
    assert api.ask(method, f"{PROXY}/{path}", b"x").error == (400, "INVALID_PARAMETER_VALUE")


@pytest.mark.parametrize("path", ["../x", "..", "%2e%2e", "/etc", "a\\b", "a\x00b"])
def test_no_listing_leads_out(api, path):
    """As no file does."""
    assert api.get("", PROXY, path=path).error == (400, "INVALID_PARAMETER_VALUE")


def test_links_are_not_followed_out(api, server, tmp_path):
    """A link inside the root that leads out is refused."""
    (tmp_path / "secret.txt").write_text("secret")
    api.put_file("links/a.txt", b"x")
    (server.folder / "artifacts/links/out").symlink_to(tmp_path)
    answer = get(api, "links/out/secret.txt")
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")


def test_an_interrupted_upload_leaves_nothing(api, server, folder):
    """A file appears whole or not at all."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    line.putrequest("PUT", f"{PROXY}/{folder}/half")
    line.putheader("Content-Length", "1000000")
    line.endheaders(b"x" * 1000)
    line.close()
    api.put_file(f"{folder}/whole", b"x")
    listed = api.get("", PROXY, path=folder).json["files"]
    assert [file["path"] for file in listed] == ["whole"]


def test_a_file_comes_with_its_mark_and_digest(api, folder):
    """So that a reader can tell whether it has it already, and whether it arrived whole."""
    api.put_file(f"{folder}/x", b"content")
    first = get(api, f"{folder}/x")
    coded = base64.b64encode(hashlib.sha256(b"content").digest()).decode()
    assert first.headers["repr-digest"] == f"sha-256=:{coded}:"
    again = get(api, f"{folder}/x", **{"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    api.put_file(f"{folder}/x", b"changed")
    assert get(api, f"{folder}/x", **{"If-None-Match": first.headers["etag"]}).body == b"changed"


def test_a_broken_download_is_resumed_only_from_the_same_file(api, folder):
    """`If-Range` names the mark of the part that the client has."""
    api.put_file(f"{folder}/x", b"0123456789")
    mark = get(api, f"{folder}/x").headers["etag"]
    rest = get(api, f"{folder}/x", **{"Range": "bytes=5-", "If-Range": mark})
    assert (rest.status, rest.body) == (206, b"56789")
    api.put_file(f"{folder}/x", b"abcdefghij")
    rest = get(api, f"{folder}/x", **{"Range": "bytes=5-", "If-Range": mark})
    assert (rest.status, rest.body) == (200, b"abcdefghij")


def test_a_body_with_another_digest_is_refused(api, folder):
    """Bytes that changed on the way never become a file; rubbish is no digest."""
    for size in (7, 3_000_000):
        wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
        for digest in (wrong, "AAAA", "!"):
            header = {"Content-Digest": f"sha-256=:{digest}:"}
            if digest == "!":
                header = {"Content-Digest": "sha-256=:A:"}
            answer = api.put_file(f"{folder}/x", b"x" * size, **header)
            assert answer.error == (400, "INVALID_PARAMETER_VALUE")
        right = base64.b64encode(hashlib.sha256(b"y" * size).digest()).decode()
        header = {"Content-Digest": f"md5=:AAAA:, sha-256=:{right}:"}
        assert get(api, f"{folder}/x").status == 404
        assert api.put_file(f"{folder}/y", b"y" * size, **header).status == 200


def test_a_folder_takes_no_parts_and_signs_nothing(api, run):
    """501, in the words that MLflow's client looks for, and it is not asked again."""
    upload = {"path": "a", "upload_id": "x", "num_parts": 2}
    parts = [{"part_number": 1, "etag": "x", "url": ""}]
    prefix = "/api/2.0/mlflow-artifacts/"
    answers = [
        api.post("mpu/create/x", upload, prefix),
        api.post("mpu/complete/x", {**upload, "parts": parts}, prefix),
        api.post("mpu/abort/x", upload, prefix),
        api.get("presigned/x", prefix),
        api.post("artifacts/presigned-upload-url", {"run_id": run, "path": "x"}),
        api.post("artifacts/presigned-download-url", {"run_id": run, "path": "x"}),
    ]
    assert [answer.error for answer in answers] == [(501, "NOT_IMPLEMENTED")] * 6
    told = "Multipart upload is not supported for the current artifact repository"
    assert answers[0].message.startswith(told)


def test_a_server_may_leave_artifacts_alone(start_server):
    """With --no-serve-artifacts the proxy says so; clients do not try again."""
    api = start_server(serve_artifacts=False)
    assert api.put_file("a", b"x").error == (501, "NOT_IMPLEMENTED")
    assert api.get("", PROXY).error == (501, "NOT_IMPLEMENTED")
