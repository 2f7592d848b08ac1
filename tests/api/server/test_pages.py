"""The web pages, and the prefix that a server may be put below."""


def test_the_start_page_is_html(api):
    """The built UI, or a page that says how to build it."""
    answer = api.ask("GET", "/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert b"<html" in answer.body or b"<!doctype html" in answer.body.lower()


def test_no_path_leads_out_of_the_pages(api):
    """They are looked up by name, never on the disk."""
    for path in ("/../pyproject.toml", "/..%2f..%2fsettings.py", "/static/../../errors.py"):
        assert api.ask("GET", path).error == (404, "ENDPOINT_NOT_FOUND")


def test_a_prefix_goes_before_every_path(start_server):
    """The API, the probes and the pages."""
    api = start_server(static_prefix="/tracking")
    assert api.get("experiments/get", "/tracking/api/2.0/mlflow/", experiment_id="0").status == 200
    assert api.ask("GET", "/tracking/health").status == 200
    assert api.ask("GET", "/tracking/").headers["content-type"].startswith("text/html")
    assert api.ask("GET", "/tracking").headers["location"] == "/tracking/"
    assert api.get("experiments/get", experiment_id="0").error == (404, "ENDPOINT_NOT_FOUND")
