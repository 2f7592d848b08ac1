"""GET model-versions/search."""

import pytest


def found(api, **asked):
    listed = api.get("model-versions/search", **asked).json.get("model_versions", [])
    return [version["version"] for version in listed]


def test_filters_orders_and_pages(api, registry, model):
    """By number, run, source and tag; aliases are not answered."""
    for run in ("r1", "r2", ""):
        registry.new_version(model, run_id=run, tags=[{"key": "k", "value": run}])
    api.post("registered-models/alias", {"name": model, "alias": "best", "version": "1"})
    mine = f"name = '{model}'"
    assert found(api, filter=f"{mine} AND version_number >= '2'", order_by="version_number") == [
        "2",
        "3",
    ]
    assert found(api, filter=f"{mine} AND run_id IN ('r1')") == ["1"]
    assert found(api, filter=f"{mine} AND tags.k = 'r2' AND source_path LIKE 's3%'") == ["2"]
    assert found(api, filter=f"{mine} AND alias = 'best'") == ["1"]
    asked = {"filter": mine, "order_by": ["version_number DESC"], "max_results": 2}
    first = api.get("model-versions/search", **asked).json
    assert [version["version"] for version in first["model_versions"]] == ["3", "2"]
    assert found(api, **asked, page_token=first["next_page_token"]) == ["1"]
    assert not any("aliases" in version for version in first["model_versions"])


@pytest.mark.parametrize(
    "asked",
    [
        {"max_results": 200_001},
        {"max_results": 0},
        {"page_token": "rubbish"},
        {"filter": "version_number = 1.5"},
        {"filter": "version_number = 'one'"},
        {"filter": "attributes.name = 'a'"},
        {"filter": "status = 'READY'"},
        {"order_by": "tags.a"},
        {"order_by": "timestamp"},
    ],
)
def test_what_is_refused(api, asked):
    """400 for all."""
    refused = api.get("model-versions/search", **asked)
    assert refused.error == (400, "INVALID_PARAMETER_VALUE")
