"""POST search/complete, our own: what may come next in a filter."""

import pytest

OURS = "/api/epochal/v1/"


@pytest.fixture
def ask(api, experiment):
    for number, model in enumerate(["lasso", "lasso", "ridge"]):
        run = api.new_run(experiment)
        api.log(run, "val loss", 0.5)
        api.post("runs/log-parameter", {"run_id": run, "key": "model", "value": model})
        api.post("runs/set-tag", {"run_id": run, "key": "the team", "value": f"t{number}"})

    def ask(text, **more):
        cursor = text.index("|")
        body = {"text": text.replace("|", ""), "cursor": cursor, "experiment_ids": [experiment]}
        return api.post("search/complete", {**body, **more}, OURS)

    return ask


def test_keys_come_from_the_store(ask):
    """Quoted where they must be, with how many runs have them."""
    found = ask("metrics.v|").json
    assert found["candidates"] == [
        {"text": "metrics.`val loss`", "kind": "metric", "detail": "3 runs"}
    ]
    assert (found["start"], found["end"]) == (0, 9)
    assert "tags.`the team`" in [
        one["text"] for one in ask("status = 'x' AND tags.|").json["candidates"]
    ]


def test_values_come_from_the_store(ask):
    """The most frequent first; the stretch to replace holds the open quote."""
    found = ask("params.model = '|").json
    assert [one["text"] for one in found["candidates"]] == ["'lasso'", "'ridge'"]
    assert found["candidates"][0]["detail"] == "2 runs"
    assert (found["start"], found["end"]) == (15, 16)
    found = ask("params.model = 'r|'").json
    assert [one["text"] for one in found["candidates"]] == ["'ridge'"]
    assert (found["start"], found["end"], found["error"]) == (15, 18, None)


def test_the_fault_of_the_whole_text_is_told(ask):
    """From where to where, with a message that draws no line of carets."""
    found = ask("metrics.a > 1 XR| metrics.b > 1").json
    assert found["error"]["message"].startswith("Invalid clause(s) in filter string: 'XR'")
    assert "\n" not in found["error"]["message"]
    assert (found["error"]["start"], found["error"]["end"]) == (14, 16)
    assert ask("metrics.a > 1 |").json["error"] is None


def test_without_experiments_only_the_language_is_offered(ask):
    """Fields of ours, functions and relations."""
    offered = {one["text"] for one in ask("|", experiment_ids=[]).json["candidates"]}
    assert {"status", "min(", "parent.", "metrics.", "NOT"} <= offered
    assert not any("val loss" in text for text in offered)


def test_filters_over_experiments_are_completed(ask):
    """From their own table of fields."""
    found = ask("na|", kind="experiment").json
    assert [one["text"] for one in found["candidates"]] == ["name"]


@pytest.mark.parametrize(
    "asked",
    [
        {"text": 5},
        {"cursor": "far"},
        {"kind": "model"},
        {"experiment_ids": "0"},
    ],
)
def test_bad_requests_are_refused(api, asked):
    """Each is a 400; a cursor beyond the text is its end."""
    assert api.post("search/complete", asked, OURS).error == (400, "INVALID_PARAMETER_VALUE")
    assert api.post("search/complete", {"text": "sta", "cursor": 99}, OURS).json["start"] == 0
    assert api.post("search/complete", {}, OURS).json["error"] is None
