"""Real models on real data: trained, compared, chosen, trained again, and handed on."""

from __future__ import annotations

import hashlib
import json
import pickle
import time
import urllib.request
from pathlib import Path

import pandas as pd
import pytest
from sklearn.datasets import load_diabetes
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import Lasso
from sklearn.metrics import root_mean_squared_error

import epochal as mlflow

PATHS = {"train-data-path": "data/train.csv", "valid-data-path": "data/valid.csv"}


@pytest.fixture
def data(fresh):
    """442 patients, their progress a year later, as files for training and validation."""
    frame = load_diabetes(as_frame=True).frame
    (fresh / "data").mkdir()
    frame.iloc[:300].to_csv(PATHS["train-data-path"], index=False)
    frame.iloc[300:].to_csv(PATHS["valid-data-path"], index=False)


def parts(path):
    """Features and target of a file."""
    frame = pd.read_csv(path)
    return frame.drop(columns="target"), frame["target"]


def train(model, params):
    """Fit and measure; what a run needs to know to repeat it is all in `params`."""
    features, target = parts(params["train-data-path"])
    model.fit(features, target)
    features, target = parts(params["valid-data-path"])
    return float(root_mean_squared_error(target, model.predict(features)))


def lasso(alpha):
    """The id of a run as the course makes it by hand."""
    with mlflow.start_run() as run:
        mlflow.set_tag("developer", "Ada")
        params = {**PATHS, "alpha": alpha}
        mlflow.log_params(params)
        model = Lasso(alpha)
        mlflow.log_metric("rmse", train(model, params))
        Path("lasso.pkl").write_bytes(pickle.dumps(model))
        mlflow.log_artifact("lasso.pkl", artifact_path="models_pickle")
    return run.info.run_id


def test_lasso_run_comes_back_whole(experiment, data):
    """Tag, both paths, alpha and the error of a hand-made run are read as they were logged."""
    run = mlflow.get_run(lasso(0.1))
    assert run.data.tags["developer"] == "Ada"
    assert run.data.params == {**PATHS, "alpha": "0.1"}
    assert run.data.metrics == {"rmse": train(Lasso(0.1), PATHS)}


def test_second_run_differs_in_alpha_and_error(experiment, data):
    """Both stand side by side in the experiment's table, apart in just these two."""
    lasso(0.1)
    lasso(1)
    table = mlflow.search_runs(order_by=["start_time ASC"])
    assert list(table["params.alpha"]) == ["0.1", "1"]
    assert table["metrics.rmse"].nunique() == 2
    shown = [name for name in table.columns if name.startswith(("params.", "metrics."))]
    differing = {name for name in shown if len(set(table[name])) > 1}
    assert differing == {"params.alpha", "metrics.rmse"}


def test_model_of_a_run_loads_again(experiment, data):
    """The fitted model is downloaded from its run and predicts what it did before."""
    path = mlflow.artifacts.download_artifacts(f"runs:/{lasso(0.1)}/models_pickle/lasso.pkl")
    model = pickle.loads(Path(path).read_bytes())  # noqa: S301 - we wrote it ourselves
    features, target = parts(PATHS["valid-data-path"])
    (run,) = mlflow.search_runs(output_format="list")
    rmse = root_mean_squared_error(target, model.predict(features))
    assert run.data.metrics["rmse"] == float(rmse)


def test_past_result_is_repeated_from_its_params(experiment, data):
    """The best run's params, read back into a dict, train a model with the very same error."""
    for alpha in (0.01, 0.1, 1.0):
        lasso(alpha)
    (best,) = mlflow.search_runs(
        order_by=["metrics.rmse ASC"], max_results=1, output_format="list"
    )
    params = best.data.params
    assert train(Lasso(float(params["alpha"])), params) == best.data.metrics["rmse"]


def test_model_is_chosen_by_time_error_and_size(experiment, data, fresh):
    """Training time, error and megabytes stand on each run, and each of them sorts."""
    for trees in (5, 40):
        with mlflow.start_run(run_name=f"forest-{trees}"):
            model = RandomForestRegressor(trees, random_state=1)
            started = time.perf_counter()
            rmse = train(model, PATHS)
            Path("forest.pkl").write_bytes(pickle.dumps(model))
            mlflow.log_metrics(
                {
                    "training_time_s": time.perf_counter() - started,
                    "rmse": rmse,
                    "model_size_mb": Path("forest.pkl").stat().st_size / 1e6,
                }
            )
    firsts = {}
    for key in ("training_time_s", "rmse", "model_size_mb"):
        runs = mlflow.search_runs(order_by=[f"metrics.{key} ASC"], output_format="list")
        values = [run.data.metrics[key] for run in runs]
        assert values == sorted(values)
        firsts[key] = runs[0].info.run_name
        assert all(run.info.end_time >= run.info.start_time for run in runs)
    assert firsts["model_size_mb"] == "forest-5"
    assert firsts["rmse"] == "forest-40"


SECOND_CLIENT = """
import json, pathlib, pickle, sys, warnings
warnings.simplefilter("ignore")
import mlflow
mlflow.set_tracking_uri(sys.argv[1])
runs = mlflow.search_runs(
    experiment_names=[sys.argv[2]], filter_string="tags.developer = 'Ada'",
    order_by=["metrics.rmse ASC"], output_format="list",
)
run = runs[0]
path = mlflow.artifacts.download_artifacts(f"runs:/{run.info.run_id}/models_pickle/lasso.pkl")
print(json.dumps({
    "count": len(runs),
    "params": run.data.params,
    "rmse": run.data.metrics["rmse"],
    "user": run.info.user_id,
    "source": run.data.tags["mlflow.source.name"],
    "environment": mlflow.artifacts.load_text(f"runs:/{run.info.run_id}/requirements.txt"),
    "coefficients": pickle.loads(pathlib.Path(path).read_bytes()).coef_.tolist(),
}))
mlflow.MlflowClient().set_tag(run.info.run_id, "checked_by", "Grace")
"""


@pytest.mark.timeout(180)
def test_colleague_with_mlflow_sees_how_to_recreate_the_model(fresh, data, server, script):
    """What our client logs, a genuine MLflow client reads through the server: all of it.

    Params, error, author, script, environment and model; and its mark is seen in turn.
    """
    mlflow.set_tracking_uri(server)
    mlflow.set_experiment("shared")
    ids = [lasso(alpha) for alpha in (0.01, 10.0)]
    for run_id in ids:
        mlflow.MlflowClient().log_text(run_id, "scikit-learn==1.5\n", "requirements.txt")
    done = script(SECOND_CLIENT, server, "shared", PYTHONWARNINGS="ignore")
    assert done.code == 0, done.err
    seen = json.loads(done.out.splitlines()[-1])
    coefficients = seen.pop("coefficients")
    ours = min(
        (mlflow.get_run(run_id) for run_id in ids), key=lambda run: run.data.metrics["rmse"]
    )
    assert seen == {
        "count": 2,
        "params": ours.data.params,
        "rmse": ours.data.metrics["rmse"],
        "user": ours.info.user_id,
        "source": ours.data.tags["mlflow.source.name"],
        "environment": "scikit-learn==1.5\n",
    }
    model = Lasso(float(seen["params"]["alpha"]))
    train(model, seen["params"])
    assert model.coef_.tolist() == pytest.approx(coefficients)
    assert ours.data.tags["checked_by"] == "Grace"


def test_any_language_logs_by_plain_http(server):
    """A run is made, measured, ended and found with nothing but JSON over HTTP."""

    def call(endpoint, body):
        request = urllib.request.Request(
            f"{server}/api/2.0/mlflow/{endpoint}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    experiment = call("experiments/create", {"name": "from R"})["experiment_id"]
    run = call("runs/create", {"experiment_id": experiment, "start_time": 1})["run"]["info"]
    mine = {"run_id": run["run_id"]}
    call("runs/log-parameter", {**mine, "key": "alpha", "value": "0.1"})
    call("runs/log-metric", {**mine, "key": "rmse", "value": 7.5, "timestamp": 2, "step": 3})
    call("runs/update", {**mine, "status": "FINISHED", "end_time": 9})
    content = b"model of another language"
    place = f"{server}/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run['run_id']}/artifacts/m"
    urllib.request.urlopen(urllib.request.Request(place, content, method="PUT")).close()
    (found,) = call("runs/search", {"experiment_ids": [experiment], "filter": "metrics.rmse < 8"})[
        "runs"
    ]
    assert found["info"]["status"] == "FINISHED"
    assert found["data"]["params"] == [{"key": "alpha", "value": "0.1"}]
    with urllib.request.urlopen(f"{server}/get-artifact?path=m&run_id={run['run_id']}") as file:
        assert hashlib.sha256(file.read()).digest() == hashlib.sha256(content).digest()
