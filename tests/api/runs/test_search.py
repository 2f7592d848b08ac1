"""POST runs/search."""

import pytest


@pytest.fixture
def runs(api, experiment):
    """Three runs with losses 1, 2, 3, started one after the other."""
    made = [api.new_run(experiment, start_time=n, run_name=f"r{n}") for n in (1, 2, 3)]
    for n, run_id in enumerate(made, 1):
        api.log(run_id, "loss", n)
        api.post("runs/log-parameter", {"run_id": run_id, "key": "n", "value": str(n)})
    return made


@pytest.fixture
def search(api, experiment, runs):
    """Search this test's experiment."""
    return lambda **asked: api.post("runs/search", {"experiment_ids": [experiment], **asked})


def found(answer):
    return [run["info"]["run_name"] for run in answer.json.get("runs", [])]


def test_the_newest_comes_first(search):
    """Unless the request says otherwise."""
    assert found(search()) == ["r3", "r2", "r1"]
    assert found(search(order_by=["metrics.loss ASC"])) == ["r1", "r2", "r3"]


def test_filters_choose(search):
    """By metrics, params and attributes."""
    assert found(search(filter="metrics.loss >= 2 and params.n != '3'")) == ["r2"]
    assert found(search(filter="attributes.run_name LIKE 'r%' and run_name != 'r1'"))


def test_pages_follow_one_another(search):
    """The token leads to the rest and ends there."""
    first = search(max_results=2)
    second = search(max_results=2, page_token=first.json["next_page_token"])
    assert found(first) + found(second) == ["r3", "r2", "r1"]
    assert "next_page_token" not in second.json


def test_views_choose_the_stage(api, search, runs):
    """Deleted runs are found when asked for."""
    api.post("runs/delete", {"run_id": runs[0]})
    assert found(search()) == ["r3", "r2"]
    assert found(search(run_view_type="DELETED_ONLY")) == ["r1"]
    assert found(search(run_view_type=3)) == ["r3", "r2", "r1"]


@pytest.mark.parametrize("ids", [None, []])
def test_no_experiments_have_no_runs(api, ids):
    """No error either."""
    assert api.post("runs/search", {"experiment_ids": ids}).json == {}


@pytest.mark.parametrize(
    "asked",
    [
        {"max_results": 0},
        {"max_results": 50_001},
        {"page_token": "rubbish"},
        {"filter": "bogus = 1"},
        {"filter": "metrics.loss > 'a'"},
        {"filter": "metrics.loss > 1 AND"},
        {"filter": "params.n > '1' OR params.n < '2'"},
        {"order_by": ["metrics."]},
        {"run_view_type": 9},
        {"experiment_ids": ["x"]},
        {"experiment_ids": "0"},
    ],
)
def test_bad_values_are_refused(search, asked):
    """Each is a 400."""
    assert search(**asked).error == (400, "INVALID_PARAMETER_VALUE")


def test_a_long_filter_is_answered(search):
    """150 clauses break MLflow's server."""
    clauses = " and ".join(f"run_name != 'x{n}'" for n in range(150))
    assert len(found(search(filter=clauses))) == 3
