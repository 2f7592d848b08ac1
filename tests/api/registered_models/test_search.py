"""GET registered-models/search."""

import pytest

PROMPT = "mlflow.prompt.is_prompt"


@pytest.fixture(scope="module")
def models(server):
    from fixtures.api import Api
    from fixtures.registry import Registry

    registry = Registry(Api(server.port))
    names = {"s-b": {"team": "x"}, "s-a": {"team": "y"}, "s-c": {}}
    for name, tags in names.items():
        registry.new_model(name=name, tags=[{"key": k, "value": v} for k, v in tags.items()])
    registry.new_model(name="s-prompt", tags=[{"key": PROMPT, "value": "true"}])


def names_of(answer):
    return [model["name"] for model in answer.json.get("registered_models", [])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("name LIKE 's-%'", ["s-a", "s-b", "s-c"]),
        ("name = 's-a'", ["s-a"]),
        ("attribute.name IN ('s-a', 's-c')", ["s-a", "s-c"]),
        ("tags.team = 'x' AND name ILIKE 'S-%'", ["s-b"]),
        ("tag.team != 'x' AND name LIKE 's-%'", ["s-a"]),
        (f"tags.`{PROMPT}` = 'true' AND name LIKE 's-%'", ["s-prompt"]),
        (f"tags.`{PROMPT}` != 'false' AND name LIKE 's-%'", ["s-prompt"]),
        (f"name LIKE 's-%' AND tag.`{PROMPT}` != 'true'", ["s-a", "s-b", "s-c"]),
        (f"tags.`{PROMPT}` = 'false' AND name = 's-a'", ["s-a"]),
        ("name = 's-a' OR tags.team = 'x'", ["s-a", "s-b"]),
        ("name = 'nobody'", []),
    ],
)
def test_filters(api, models, text, found):
    """MLflow's grammar and ours; prompts are left out unless they are asked for."""
    assert names_of(api.get("registered-models/search", filter=text)) == found


def test_pages_and_orders(api, models):
    """In the order asked for, each model once."""
    asked = {"filter": "name LIKE 's-%'", "order_by": ["name DESC"], "max_results": 2}
    first = api.get("registered-models/search", **asked)
    token = first.json["next_page_token"]
    second = api.get("registered-models/search", **asked, page_token=token)
    assert names_of(first) + names_of(second) == ["s-c", "s-b", "s-a"]
    assert "next_page_token" not in second.json


@pytest.mark.parametrize(
    "asked",
    [
        {"max_results": 1001},
        {"max_results": 0},
        {"max_results": "many"},
        {"page_token": "rubbish"},
        {"filter": "version_number = 1"},
        {"filter": "attributes.name = 'a'"},
        {"filter": "name > 'a'"},
        {"filter": "name = "},
        {"order_by": "tags.team"},
        {"order_by": "version_number"},
        {"order_by": ["name", "name"]},
        {"filter": "count(name) > 1"},
    ],
)
def test_what_is_refused(api, asked):
    """400 for all."""
    refused = api.get("registered-models/search", **asked)
    assert refused.error == (400, "INVALID_PARAMETER_VALUE")
