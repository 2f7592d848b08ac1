"""POST views/search, our own."""

import pytest

OURS = "/api/epochal/v1/"


def test_views_are_found_by_experiment(api, experiment):
    """Those saved for it and those for all, by name, page by page."""
    for name in ("b", "a"):
        asked = {"name": name, "experiment_ids": [experiment]}
        assert api.post("views/create", asked, OURS).status == 200
    asked = {"experiment_ids": [experiment], "max_results": 1}
    first = api.post("views/search", asked, OURS).json
    assert [view["name"] for view in first["views"]] == ["a"]
    rest = api.post("views/search", {**asked, "page_token": first["next_page_token"]}, OURS).json
    assert [view["name"] for view in rest["views"]] == ["b"]
    assert rest["next_page_token"] == ""


@pytest.mark.parametrize("asked", [{"max_results": 0}, {"page_token": "x"}])
def test_bad_values_are_refused(api, asked):
    """Each is a 400."""
    assert api.post("views/search", asked, OURS).error == (400, "INVALID_PARAMETER_VALUE")
