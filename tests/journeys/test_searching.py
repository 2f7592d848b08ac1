"""Runs are found again: the same in a folder and on a server, from Python and the command line."""

from __future__ import annotations

import json
import os

import pytest
from click.testing import CliRunner

import epochal as mlflow
from epochal.cli.main import epochal as command
from epochal.errors import SearchSyntaxError

DAY = 86_400_000
NOVEMBER = 1_793_491_200_000  # 2026-11-01 in UTC


@pytest.fixture
def trials(experiment):
    """A sweep of four trials over two days by two people, and a run on its own."""
    client = mlflow.MlflowClient()

    def made(name, *, day, user, tags=(), **logged):
        run = client.create_run(
            experiment.experiment_id,
            start_time=NOVEMBER + day * DAY + 60_000,
            run_name=name,
            tags={"mlflow.user": user, **dict(tags)},
        )
        run_id = run.info.run_id
        client.log_param(run_id, "train-data-path", f"data/{name}.csv")
        for key, value in logged.items():
            log = client.log_metric if isinstance(value, float) else client.log_param
            log(run_id, key, value)
        client.set_terminated(run_id, "FINISHED", NOVEMBER + day * DAY + 3_660_000)
        return run_id

    sweep = made("sweep", day=0, user="ada", tags={"team": "rides"})
    inside = {"mlflow.parentRunId": sweep}
    made("a", day=0, user="ada", tags={**inside, "model": "xgboost"}, rmse=0.3, lr="1e-2")
    made("b", day=1, user="bob", tags={**inside, "model": "lasso"}, rmse=0.2, lr="0.1")
    made("c", day=1, user="ada", tags={**inside, "model": "ridge"}, rmse=0.4, lr="auto")
    made("alone", day=2, user="bob", tags={"model": "xgboost"}, rmse=0.5, lr="0.001")


def found(text, order_by=("start_time", "run_name")):
    """The names of the runs that match, oldest first."""
    frame = mlflow.search_runs(filter_string=text, order_by=list(order_by))
    return list(frame["tags.mlflow.runName"]) if len(frame) else []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # by name, tag or value
        ("run_name = 'b'", ["b"]),
        ("tags.model='xgboost'", ["a", "alone"]),
        ("tags.model IN ('lasso', 'ridge')", ["b", "c"]),
        ("metrics.rmse < 0.35", ["a", "b"]),
        ("metrics.rmse BETWEEN 0.2 AND 0.4 AND NOT tags.model = 'lasso'", ["a", "c"]),
        ("params.lr <= 0.01", ["a", "alone"]),
        ("tags.model =~ '^(lasso|ridge)$'", ["b", "c"]),
        # names with dashes
        ("params.`train-data-path` = 'data/b.csv'", ["b"]),
        ("params.\"train-data-path\" LIKE '%/a%'", ["a", "alone"]),
        # runs of several days and people
        ("start_time = '2026-11-02'", ["b", "c"]),
        ("start_time > '2026-11-02' AND tags.mlflow.user = 'bob'", ["b", "alone"]),
        ("tags.mlflow.user = 'ada' AND duration >= 1h", ["a", "sweep", "c"]),
        ("start_time > now - 7d OR run_name = 'c'", ["c"]),
        # what belongs together
        ("parent.run_name = 'sweep'", ["a", "b", "c"]),
        ("parent.tags.team = 'rides' AND metrics.rmse < 0.25", ["b"]),
        ("parent.run_id IS NULL", ["sweep", "alone"]),
        ("child.metrics.rmse < 0.25", ["sweep"]),
        ("NOT metrics.rmse > 0", ["sweep"]),
    ],
)
def test_runs_are_found_by_what_is_known_of_them(trials, text, names):
    """By name, tag, value, day, person and relation."""
    # The clock stands where it stands; runs of November 2026 may lie ahead of it or behind.
    if "now" in text:
        text = text.replace("now - 7d", "now + 36500d")
    assert found(text) == names


def test_people_and_days_are_told_apart_by_order(trials):
    """Sorted by person, then by day, the newest first."""
    order = ["tags.mlflow.user", "start_time DESC", "run_name"]
    assert found("", order) == ["c", "a", "sweep", "alone", "b"]


def test_an_unquoted_dash_is_explained(trials):
    """With the spelling that is right, and the place."""
    with pytest.raises(SearchSyntaxError, match="needs backquotes") as caught:
        found("params.train-data-path = 'x'")
    assert caught.value.message.endswith("  params.train-data-path = 'x'\n              ^")


def test_the_command_line_finds_the_same(trials, experiment):
    """As JSON, of one experiment."""
    text = "tags.model='xgboost' OR parent.run_name = 'sweep' AND metrics.rmse < 0.25"
    options = ["--experiment-id", experiment.experiment_id, "--order-by", "metrics.rmse", "--json"]
    environment = {**os.environ, "MLFLOW_TRACKING_URI": mlflow.get_tracking_uri()}
    done = CliRunner().invoke(command, ["runs", "search", text, *options], env=environment)
    assert done.exit_code == 0, done.output
    assert [row["run_name"] for row in json.loads(done.output)] == ["b", "a", "alone"]
