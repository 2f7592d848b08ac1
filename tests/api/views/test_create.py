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
        {"name": "a\ud800"},
        {"owner": "a\ud800"},
        {"query": {"a": "\ud800"}},
        {"query": {"\udfff": 1}},
        {"query": {"a": [{"b": "x\0"}]}},
        {"query": {"a": [float("nan")]}},
        {"query": {"a": 2**70}},
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


def test_what_json_cannot_tell_again_is_refused_before_it_is_kept(api):
    """A number beyond doubles, half a surrogate pair; the list goes on working."""
    for value in ("1e400", "-1e400", '"\\ud800"', '"\\u0000"'):
        text = f'{{"name": "n", "query": {{"a": {value}}}}}'
        assert api.post("views/create", text, OURS).error == (400, "INVALID_PARAMETER_VALUE")
    assert api.post("views/search", {}, OURS).status == 200


def test_an_experiment_must_be_there(api, experiment):
    """A view for one that is not would never be seen."""
    asked = {"name": "n", "experiment_ids": ["999999999"]}
    assert api.post("views/create", asked, OURS).error == (404, "RESOURCE_DOES_NOT_EXIST")
    made = api.post("views/create", {**asked, "experiment_ids": [experiment]}, OURS).json["view"]
    asked = {"view_id": made["view_id"], "experiment_ids": ["999999999"]}
    assert api.post("views/update", asked, OURS).error == (404, "RESOURCE_DOES_NOT_EXIST")


def test_a_name_is_taken_once(api, experiment):
    """Among the views for the same experiments, also when one is renamed."""
    asked = {"name": "n", "experiment_ids": [experiment]}
    assert api.post("views/create", asked, OURS).status == 200
    assert api.post("views/create", asked, OURS).error == (409, "RESOURCE_ALREADY_EXISTS")
    other = api.post("views/create", {**asked, "name": "m"}, OURS).json["view"]
    asked = {"view_id": other["view_id"], "name": "n"}
    assert api.post("views/update", asked, OURS).error == (409, "RESOURCE_ALREADY_EXISTS")
