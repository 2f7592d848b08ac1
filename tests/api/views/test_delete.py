"""POST views/delete, our own."""

OURS = "/api/epochal/v1/"


def test_a_view_is_deleted_once(api):
    """The second time it is not there."""
    view_id = api.post("views/create", {"name": "v"}, OURS).json["view"]["view_id"]
    assert api.post("views/delete", {"view_id": view_id}, OURS).json == {}
    again = api.post("views/delete", {"view_id": view_id}, OURS)
    assert again.error == (404, "RESOURCE_DOES_NOT_EXIST")
    assert api.post("views/delete", {}, OURS).error == (400, "INVALID_PARAMETER_VALUE")
