"""POST fields, our own: which fields the runs of some experiments have."""

import pytest

OURS = "/api/epochal/v1/"


@pytest.fixture
def logged(api, experiment):
    """Two runs that log numbers, words and dates."""
    for number in range(2):
        run = api.new_run(experiment)
        api.log(run, "val loss", number)
        params = [{"key": "lr", "value": f"1e-{number}"}, {"key": "opt", "value": f"{number}x"}]
        tags = [{"key": "day", "value": f"2026-01-0{number + 1}"}]
        api.post("runs/log-batch", {"run_id": run, "params": params, "tags": tags})
    return experiment


def ask(api, *experiments, **asked):
    return api.post("fields", {"experiment_ids": experiments, **asked}, OURS)


def test_fields_come_with_types_and_counts(api, logged):
    """Attributes, then what was logged, spelled as a filter spells it."""
    found = ask(api, logged).json
    assert found["next_page_token"] == ""
    assert found["fields"][0] == {
        "field": "run_id",
        "kind": "attribute",
        "key": "run_id",
        "type": "text",
        "count": 2,
        "is_exact": True,
    }
    seen = [(one["field"], one["type"], one["count"]) for one in found["fields"][10:]]
    assert seen == [
        ("metrics.`val loss`", "number", 2),
        ("params.lr", "number", 2),
        ("params.opt", "text", 2),
        ("tags.day", "date", 2),
        ("tags.mlflow.runName", "text", 2),
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"prefix": "metrics."}, ["metrics.`val loss`"]),
        ({"prefix": "params.L"}, ["params.lr"]),
        ({"prefix": "metrics.`val"}, ["metrics.`val loss`"]),
        ({"prefix": "status"}, ["status"]),
        ({"kinds": ["tag"], "prefix": "D"}, ["tags.day"]),
        ({"kinds": ["tag"], "prefix": "params.l"}, []),
        ({"kinds": ["metric", "param"]}, ["metrics.`val loss`", "params.lr", "params.opt"]),
    ],
)
def test_kinds_and_prefixes_narrow(api, logged, asked, found):
    """A prefix is that of the key or of the field as written, whatever its case."""
    assert [one["field"] for one in ask(api, logged, **asked).json["fields"]] == found


def test_several_experiments_are_one_catalogue(api, logged):
    """Keys of one name are one field, counted together."""
    other = api.new_experiment()
    api.log(api.new_run(other), "val loss", 1)
    (metric,) = ask(api, logged, other, kinds=["metric"]).json["fields"]
    assert metric["count"] == 3


@pytest.mark.parametrize(
    "asked",
    [{"kinds": ["bogus"]}, {"max_results": 0}, {"max_results": 10_001}, {"page_token": "x"}],
)
def test_bad_values_are_refused(api, experiment, asked):
    """Each is a 400."""
    assert ask(api, experiment, **asked).error == (400, "INVALID_PARAMETER_VALUE")
