"""GET /get-artifact."""

import pytest


@pytest.fixture
def put(api, run):
    """Write a file of the run."""
    root = api.run(run)["info"]["artifact_uri"].removeprefix("mlflow-artifacts:/")
    return lambda name, body: api.put_file(f"{root}/{name}", body)


def ask(api, **asked):
    return api.get("get-artifact", "/", **asked)


@pytest.mark.parametrize("name", ["run_id", "run_uuid"])
def test_it_sends_the_bytes(api, run, put, name):
    """For the run's id by either name."""
    put("dir/a.csv", b"1,2")
    answer = ask(api, **{name: run}, path="dir/a.csv")
    assert (answer.status, answer.body) == (200, b"1,2")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("p.html", "text/html"),
        ("p.svg", "image/svg+xml"),
        ("p.png", "image/png"),
        ("p.json", "text/plain; charset=utf-8"),
        ("MLmodel", "text/plain; charset=utf-8"),
        ("p.bin", "application/octet-stream"),
    ],
)
def test_types_are_told_and_nothing_runs(api, run, put, name, kind):
    """Each is an attachment in a sandbox that no browser guesses at."""
    put(name, b"<script>")
    headers = ask(api, run_id=run, path=name).headers
    assert headers["content-type"] == kind
    assert headers["content-disposition"].startswith(f"attachment; filename={name}")
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]


def test_errors_are_json(api, run, put):
    """A missing file, a folder, no path, an unknown run."""
    put("dir/a.txt", b"x")
    assert ask(api, run_id=run, path="missing").error == (404, "RESOURCE_DOES_NOT_EXIST")
    assert ask(api, run_id=run, path="dir").error == (400, "INVALID_PARAMETER_VALUE")
    assert ask(api, run_id=run).error == (400, "INVALID_PARAMETER_VALUE")
    assert ask(api, path="a").error == (400, "INVALID_PARAMETER_VALUE")
    assert ask(api, run_id="0" * 32, path="a").error == (404, "RESOURCE_DOES_NOT_EXIST")


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a\\b", "%2e%2e/x", "a#b", "\x00"])
def test_no_spelling_leads_out(api, run, path):
    """Every one is refused."""
    assert ask(api, run_id=run, path=path).error == (400, "INVALID_PARAMETER_VALUE")
