"""POST runs/table, our own: runs as columns."""

import pytest

from epochal.wire.tables import decode_table

OURS = "/api/epochal/v1/"


@pytest.fixture
def runs(api, experiment):
    """Three runs; the first has no loss, the second NaN, the last the best."""
    made = [api.new_run(experiment, start_time=n, run_name=f"r{n}") for n in range(3)]
    api.log(made[1], "loss", "NaN")
    for step, value in enumerate((0.125, "Infinity", 0.25)):
        api.log(made[2], "loss", value, step)
    for number, run_id in enumerate(made):
        api.post("runs/log-parameter", {"run_id": run_id, "key": "my key", "value": f"v{number}"})
    return made


def ask(api, experiment, /, headers=None, **asked):
    return api.post("runs/table", {"experiment_ids": [experiment], **asked}, OURS, **headers or {})


def test_columns_come_as_asked_for(api, experiment, runs):
    """Null where a run has nothing; NaN and infinities by name; columns as they were spelled."""
    columns = ["metrics.loss", "max(metrics.loss)", "params.`my key`", "run_name", "status"]
    found = ask(api, experiment, columns=columns, order_by=["metrics.loss"]).json
    assert found == {
        "run_ids": runs[::-1],
        "columns": {
            "metrics.loss": [0.25, "NaN", None],
            "max(metrics.loss)": ["Infinity", "NaN", None],
            "params.`my key`": ["v2", "v1", "v0"],
            "run_name": ["r2", "r1", "r0"],
            "status": ["RUNNING"] * 3,
        },
        "next_page_token": "",
    }


def test_columns_come_packed_on_request(api, experiment, runs):
    """The same values."""
    asked = {"columns": ["metrics.loss", "count(metrics.loss)", "params.`my key`", "end_time"]}
    packed = ask(api, experiment, {"Accept": "application/x-msgpack"}, **asked)
    assert packed.headers["content-type"] == "application/x-msgpack"
    table = decode_table(packed.body)
    assert table.run_ids == runs[::-1]
    assert table.columns["metrics.loss"][0] == 0.25
    assert table.columns["metrics.loss"][1] != table.columns["metrics.loss"][1]
    assert table.columns["metrics.loss"][2] is None
    assert table.columns["count(metrics.loss)"] == [3, 1, None]
    assert table.columns["params.`my key`"] == ["v2", "v1", "v0"]
    assert table.columns["end_time"] == [None] * 3


def test_without_columns_all_come(api, experiment, runs):
    """Keys as they are, unquoted."""
    found = ask(api, experiment).json
    assert list(found["columns"]) == [
        *("experiment_id", "run_name", "status", "artifact_uri", "start_time", "end_time"),
        *("metrics.loss", "params.my key", "tags.mlflow.runName"),
    ]


def test_pages_and_filters(api, experiment, runs):
    """A filter and a view choose the runs, a token leads on."""
    found = ask(api, experiment, columns=[], max_results=2).json
    assert found["run_ids"] == [runs[2], runs[1]]
    token = found["next_page_token"]
    rest = ask(api, experiment, columns=[], max_results=2, page_token=token).json
    assert (rest["run_ids"], rest["next_page_token"]) == ([runs[0]], "")
    found = ask(api, experiment, columns=[], filter="params.`my key` = 'v1'").json
    assert found["run_ids"] == [runs[1]]
    assert ask(api, experiment, columns=[], run_view_type="DELETED_ONLY").json["run_ids"] == []
    assert api.post("runs/table", {"columns": ["run_id"]}, OURS).json["run_ids"] == []


@pytest.mark.parametrize(
    "asked",
    [
        {"columns": ["bogus"]},
        {"columns": [""]},
        {"columns": ["metrics.a b"]},
        {"columns": ["min(params.a)"]},
        {"columns": ["datasets.name"]},
        {"columns": "metrics.loss"},
        {"columns": ["run_id"] * 1001},
        {"max_results": 0},
        {"max_results": 50_001},
        {"page_token": "rubbish"},
        {"filter": "metrics."},
        {"order_by": ["sideways"]},
        {"run_view_type": "SOME"},
    ],
)
def test_bad_values_are_refused(api, experiment, asked):
    """Each is a 400."""
    assert ask(api, experiment, **asked).error == (400, "INVALID_PARAMETER_VALUE")
