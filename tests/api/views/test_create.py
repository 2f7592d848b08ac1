"""POST views/create, our own."""

import pytest

OURS = "/api/epochal/v1/"


def test_a_view_is_made(api, experiment):
    """With an id, the times, and all that was given."""
    query = {"filter": "metrics.loss < 1", "columns": ["a"], "charts": [{"x": None, "y": 1.5}]}
    asked = {"name": "best", "experiment_ids": [experiment], "query": query, "owner": "ada"}
    view = api.post("views/create", asked, OURS).json["view"]
    assert len(view.pop("view_id")) == 32
    assert view.pop("created_ms") == view.pop("updated_ms") > 0
    assert view == asked


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"name": " "},
        {"name": "x" * 251},
        {"name": "a\0"},
        {"query": "text"},
        {"query": {"a": "x" * 1_000_001}},
        {"experiment_ids": [str(n) for n in range(1001)]},
        {"owner": "x" * 251},
    ],
)
def test_bad_values_are_refused(api, asked):
    """Each is a 400."""
    asked = {"name": "n", **asked} if asked else asked
    assert api.post("views/create", asked, OURS).error == (400, "INVALID_PARAMETER_VALUE")


@pytest.mark.parametrize("depth", [3000, 100_000])
def test_what_is_nested_too_deeply_is_refused(api, depth):
    """A query is a tree that a person made."""
    text = '{"name": "n", "query": ' + '{"a": ' * depth + "1" + "}" * depth + "}"
    assert api.post("views/create", text, OURS).error == (400, "INVALID_PARAMETER_VALUE")
