"""GET /health, /version and server-info."""

import pytest


@pytest.mark.parametrize(("path", "told"), [("/health", b"OK"), ("/version", b"3.17.2")])
def test_probes_are_plain_text(api, path, told):
    """As clients and orchestrators expect them."""
    answer = api.ask("GET", path)
    assert (answer.status, answer.body) == (200, told)
    assert answer.headers["content-type"].startswith("text/plain")


def test_health_answers_under_any_name(api):
    """Orchestrators ask by address."""
    assert api.ask("GET", "/health", headers={"Host": "10.1.2.3:8080"}).status == 200


@pytest.mark.parametrize("prefix", ["/api/3.0/mlflow/", "/ajax-api/3.0/mlflow/"])
def test_server_info_promises_nothing_that_is_not_there(api, prefix):
    """Clients fail when a promise is broken."""
    told = api.get("server-info", prefix).json
    assert told["store_type"] == "SqlStore"
    assert told["multipart_downloads_enabled"] is False
