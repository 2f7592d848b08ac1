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


@pytest.fixture
def curves(api, experiment):
    """Two runs: one was best early and got worse, the other is best at its end."""
    for name, losses in (("early", (0.5, 0.1, 0.9)), ("late", (0.8, 0.6, 0.2))):
        run_id = api.new_run(experiment, run_name=name)
        for step, loss in enumerate(losses):
            api.log(run_id, "val loss", loss, step)
    return lambda **asked: found(
        api.post("runs/search", {"experiment_ids": [experiment], **asked})
    )


def test_summaries_choose_and_order(curves):
    """Functions of metrics, which MLflow's server does not know."""
    assert curves(order_by=["metrics.`val loss`"]) == ["late", "early"]
    assert curves(order_by=["min(metrics.`val loss`)"]) == ["early", "late"]
    assert curves(order_by=["MAX(metrics.`val loss`) DESC"]) == ["early", "late"]
    assert curves(order_by=["mean(metrics.`val loss`) DESC"]) == ["late", "early"]
    assert curves(filter="min(metrics.`val loss`) < 0.15") == ["early"]
    assert curves(filter="min_step(metrics.`val loss`) >= 2") == ["late"]
    assert len(curves(filter="count(metrics.`val loss`) = 3")) == 2


def test_an_unknown_function_is_explained(search):
    """With the nearest one and an example, whether it filters or orders."""
    for asked in ({"filter": "minn(metrics.loss) < 1"}, {"order_by": ["minn(metrics.loss)"]}):
        refused = search(**asked)
        assert refused.error == (400, "INVALID_PARAMETER_VALUE")
        assert "did you mean 'min'?" in refused.message
        assert "For example: min(metrics.loss)\n" in refused.message


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
        {"filter": "metrics.loss > 1 AND AND"},
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
