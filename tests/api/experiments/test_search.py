"""POST and GET experiments/search."""

import pytest

PREFIX = "searched"


@pytest.fixture(scope="module")
def names(server):
    """Three experiments, the last one deleted."""
    from fixtures.api import Api

    api = Api(server.port)
    made = [f"{PREFIX} {letter}" for letter in "abc"]
    ids = [api.new_experiment(name=name) for name in made]
    api.post("experiments/delete", {"experiment_id": ids[-1]})
    return made


def search(api, **asked):
    body = {"max_results": 100, "filter": f"name LIKE '{PREFIX} %'", **asked}
    return api.post("experiments/search", body)


def found(answer):
    return [experiment["name"] for experiment in answer.json.get("experiments", [])]


def test_it_finds_active_ones_newest_first(api, names):
    """The default view and the default order."""
    assert found(search(api)) == [names[1], names[0]]


@pytest.mark.parametrize(("view", "count"), [("DELETED_ONLY", 1), (2, 1), ("ALL", 3), (3, 3)])
def test_views_choose_the_stage(api, names, view, count):
    """By name or number."""
    assert len(found(search(api, view_type=view))) == count


def test_order_by_is_obeyed(api, names):
    """Names ascending."""
    assert found(search(api, order_by=["name ASC"])) == names[:2]


def test_pages_follow_one_another(api, names):
    """The token leads to the rest and ends there."""
    first = search(api, max_results=2, view_type="ALL", order_by=["name"])
    token = first.json["next_page_token"]
    asked = {"max_results": 2, "view_type": "ALL", "order_by": ["name"], "page_token": token}
    second = search(api, **asked)
    assert found(first) + found(second) == names
    assert "next_page_token" not in second.json


def test_get_asks_the_same_with_a_query(api, names):
    """Repeated keys are lists."""
    asked = {"max_results": 5, "filter": f"name = '{names[0]}'", "order_by": ["name", "x"][:1]}
    assert found(api.get("experiments/search", **asked)) == names[:1]


def test_nothing_found_is_an_empty_object(api):
    """No list at all."""
    assert search(api, filter="name = 'nobody'").json == {}


@pytest.mark.parametrize(
    "asked",
    [
        {"max_results": None},
        {"max_results": 0},
        {"max_results": 50_001},
        {"max_results": "many"},
        {"view_type": "BOGUS"},
        {"page_token": "rubbish"},
        {"filter": "name = "},
        {"filter": "metrics.a > 1"},
        {"order_by": ["bogus"]},
        {"order_by": "name"},
    ],
)
def test_bad_values_are_refused(api, asked):
    """Leaving out max_results is one of them."""
    assert search(api, **asked).error == (400, "INVALID_PARAMETER_VALUE")


def test_a_filter_that_breaks_tells_where(api):
    """Pages show the position in place."""
    answer = search(api, filter="name = 'a' AND bogus = 'b'")
    assert answer.json["error_class"] == "UnknownFieldError"
    assert answer.json["details"]["position"] == 15
