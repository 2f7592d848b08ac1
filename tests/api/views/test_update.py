"""POST views/update, our own."""

OURS = "/api/epochal/v1/"


def test_what_is_given_is_changed(api, experiment):
    """The rest stays."""
    made = api.post("views/create", {"name": "old", "query": {"filter": "a"}}, OURS).json["view"]
    asked = {"view_id": made["view_id"], "name": "new", "experiment_ids": [experiment]}
    changed = api.post("views/update", asked, OURS).json["view"]
    assert changed["updated_ms"] >= made["updated_ms"]
    assert changed == {
        **made,
        "name": "new",
        "experiment_ids": [experiment],
        "updated_ms": changed["updated_ms"],
    }


def test_an_unknown_view_is_a_404(api):
    """And one without an id a 400."""
    asked = {"view_id": "none", "name": "n"}
    assert api.post("views/update", asked, OURS).error == (404, "RESOURCE_DOES_NOT_EXIST")
    assert api.post("views/update", {}, OURS).error == (400, "INVALID_PARAMETER_VALUE")
