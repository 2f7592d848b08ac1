"""POST runs/groups, our own: runs with equal values counted together."""

import pytest

OURS = "/api/epochal/v1/"


@pytest.fixture
def runs(api, experiment):
    """Four runs of two models, one run without."""
    made = [api.new_run(experiment, start_time=n) for n in range(4)]
    for number, run_id in enumerate(made):
        api.log(run_id, "loss", number / 4)
        if number:
            model = {"run_id": run_id, "key": "model", "value": "ab"[number % 2]}
            api.post("runs/log-parameter", model)
    return made


def ask(api, experiment, **asked):
    return api.post("runs/groups", {"experiment_ids": [experiment], **asked}, OURS)


def test_groups_have_counts_and_aggregates(api, experiment, runs):
    """By value, those without one last; aggregates are over runs."""
    said = ["count", "min(metrics.loss)", "max(max(metrics.loss))", "sum(duration)"]
    found = ask(api, experiment, by=["params.model"], aggregates=said).json
    assert found["next_page_token"] == ""
    assert [(group["by"]["params.model"], group["count"]) for group in found["groups"]] == [
        ("a", 1),
        ("b", 2),
        (None, 1),
    ]
    assert found["groups"][1]["aggregates"] == {
        "count": 2,
        "min(metrics.loss)": 0.25,
        "max(max(metrics.loss))": 0.75,
        "sum(duration)": None,
    }


def test_several_fields_and_pages(api, experiment, runs):
    """Each pair of values once, page by page."""
    by = ["status", "params.model"]
    token, found = "", []
    while True:
        page = ask(api, experiment, by=by, max_results=2, page_token=token).json
        found += [group["by"]["params.model"] for group in page["groups"]]
        token = page["next_page_token"]
        if not token:
            break
    assert found == ["a", "b", None]


@pytest.mark.parametrize(
    "asked",
    [
        {"by": ["bogus"]},
        {"by": ["status"] * 9},
        {"aggregates": ["median(metrics.loss)"]},
        {"aggregates": ["min"]},
        {"aggregates": ["min(params.model)"]},
        {"aggregates": ["min(metrics.loss"]},
        {"aggregates": ["count"] * 51},
        {"max_results": 0},
        {"page_token": "rubbish"},
    ],
)
def test_bad_values_are_refused(api, experiment, asked):
    """Each is a 400."""
    assert ask(api, experiment, **asked).error == (400, "INVALID_PARAMETER_VALUE")
