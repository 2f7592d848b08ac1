"""POST runs/values, our own: the distinct values of a field."""

import pytest

OURS = "/api/epochal/v1/"


def ask(api, experiment, **asked):
    return api.post("runs/values", {"experiment_ids": [experiment], **asked}, OURS)


def test_values_come_with_counts(api, experiment):
    """The most frequent first; texts by prefix."""
    for number in range(5):
        run = api.new_run(experiment)
        api.post("runs/set-tag", {"run_id": run, "key": "team", "value": f"t{number % 2}"})
        api.log(run, "loss", "NaN" if number else 0.5)
    found = ask(api, experiment, field="tags.team").json
    assert found == {"values": [{"value": "t0", "count": 3}, {"value": "t1", "count": 2}]}
    assert ask(api, experiment, field="tags.team", prefix="t1").json["values"][0]["count"] == 2
    assert ask(api, experiment, field="tags.team", max_results=1).json["values"] == [
        {"value": "t0", "count": 3}
    ]
    found = ask(api, experiment, field="metrics.loss").json["values"]
    assert found == [{"value": "NaN", "count": 4}, {"value": 0.5, "count": 1}]
    filtered = ask(api, experiment, field="tags.team", filter="metrics.loss < 1").json
    assert filtered["values"] == [{"value": "t0", "count": 1}]
    assert ask(api, experiment, field="tags.none").json == {"values": []}


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"field": "bogus"},
        {"field": "metrics.loss", "prefix": "0"},
        {"prefix": "\0"},
        {"max_results": 0},
    ],
)
def test_bad_values_are_refused(api, experiment, asked):
    """Each is a 400."""
    asked = {"field": "tags.team", **asked} if asked else asked
    assert ask(api, experiment, **asked).error == (400, "INVALID_PARAMETER_VALUE")
