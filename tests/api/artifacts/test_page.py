"""GET artifacts/page."""

import pytest

OURS = "/api/epochal/v1/"


def show(api, run, path, body=b"<script>1</script>"):
    api.ask("POST", f"/ajax-api/2.0/mlflow/upload-artifact?run_uuid={run}&path={path}", body)
    return api.get("artifacts/page", OURS, run_id=run, path=path)


def test_a_page_runs_in_an_origin_of_its_own(api, run):
    """Its scripts may run, but see neither our pages nor the server, and ask nobody."""
    answer = show(api, run, "report.html")
    assert (answer.status, answer.body) == (200, b"<script>1</script>")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    rules = answer.headers["content-security-policy"].split("; ")
    assert "sandbox allow-scripts" in rules
    assert "default-src 'none'" in rules
    assert not any(rule.startswith("connect-src") for rule in rules)
    assert "frame-ancestors 'self'" in rules


def test_a_document_is_shown_as_what_its_name_says(api, run):
    """Whatever it holds, a .pdf is never read as a page."""
    answer = show(api, run, "paper.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == "inline; filename=paper.pdf"


@pytest.mark.parametrize("path", ["a.svg", "a.js", "html", "a.html.txt"])
def test_other_files_are_only_downloaded(api, run, path):
    """A 400 says which are shown."""
    assert show(api, run, path).error == (400, "INVALID_PARAMETER_VALUE")


def test_what_is_not_there_is_not_found(api, run):
    """404 for a file, 400 for none."""
    asked = api.get("artifacts/page", OURS, run_id=run, path="no.html")
    assert asked.error == (404, "RESOURCE_DOES_NOT_EXIST")
    assert api.get("artifacts/page", OURS, run_id=run).error[0] == 400
