"""Metrics as training logs them: one by one, by epoch, from many clients, beside xgboost."""

from __future__ import annotations

import math
import subprocess
import sys
import time

import numpy as np
import pytest

import epochal as mlflow
from fixtures.scripts import environment


def history(run_id, key):
    """The points of a metric by step."""
    points = mlflow.MlflowClient().get_metric_history(run_id, key)
    return sorted((point.step, point.value) for point in points)


def test_metrics_come_back_exactly_by_step(experiment):
    """One or many metrics, with a step; the latest value and the history are exact."""
    losses = [math.pi / (epoch + 1) for epoch in range(50)]
    with mlflow.start_run() as run:
        for epoch, loss in enumerate(losses):
            mlflow.log_metric("loss", loss, step=epoch)
            mlflow.log_metrics({"acc": 1 - loss / 4, "epoch": epoch}, step=epoch)
        mlflow.log_metric("no step", 0.1)
    data = mlflow.get_run(run.info.run_id).data
    assert data.metrics == {
        "loss": losses[-1], "acc": 1 - losses[-1] / 4, "epoch": 49.0, "no step": 0.1,
    }  # fmt: skip
    assert history(run.info.run_id, "loss") == list(enumerate(losses))
    assert history(run.info.run_id, "acc") == [(n, 1 - x / 4) for n, x in enumerate(losses)]
    assert history(run.info.run_id, "no step") == [(0, 0.1)]


def test_parallel_clients_lose_nothing(experiment, fresh):
    """Three processes create one experiment at once and log runs into it, all of them."""
    code = """
import sys
import epochal as mlflow
mlflow.set_experiment("shared by " + sys.argv[2])
for number in range(5):
    with mlflow.start_run(run_name=f"{sys.argv[1]}-{number}"):
        mlflow.log_param("client", sys.argv[1])
        for step in range(200):
            mlflow.log_metric("loss", number + step, step=step)
"""
    place = mlflow.get_tracking_uri()
    clients = [
        subprocess.Popen(
            [sys.executable, "-c", code, name, experiment.name],
            cwd=fresh,
            env=environment(fresh, MLFLOW_TRACKING_URI=place),
            stderr=subprocess.PIPE,
        )
        for name in ("starter", "explorer", "deployer")
    ]
    for client in clients:
        _, complaint = client.communicate(timeout=100)
        assert (client.returncode, complaint) == (0, b"")
    runs = mlflow.search_runs(
        experiment_names=["shared by " + experiment.name], output_format="list"
    )
    assert len(runs) == 15
    assert {run.info.status for run in runs} == {"FINISHED"}
    for run in runs:
        assert len(history(run.info.run_id, "loss")) == 200


def test_xgboost_is_not_disturbed(experiment):
    """1000 rounds with a validation set and early stopping go as without a run.

    Real data; every round logs both errors, and the model is the same to the last bit.
    """
    xgb = pytest.importorskip("xgboost")
    from sklearn.datasets import load_diabetes

    x, y = load_diabetes(return_X_y=True)
    train, valid = xgb.DMatrix(x[:350], y[:350]), xgb.DMatrix(x[350:], y[350:])
    params = {
        "max_depth": 3, "learning_rate": 0.02, "objective": "reg:squarederror", "seed": 42,
        "nthread": 1,
    }  # fmt: skip

    class Logs(xgb.callback.TrainingCallback):
        def after_iteration(self, model, epoch, evals_log):
            del model
            mlflow.log_metrics(
                {f"{name}-rmse": log["rmse"][-1] for name, log in evals_log.items()}, step=epoch
            )
            return False

    def fit(*callbacks):
        began, seen = time.perf_counter(), {}
        model = xgb.train(
            params,
            train,
            num_boost_round=1000,
            evals=[(train, "train"), (valid, "valid")],
            early_stopping_rounds=50,
            evals_result=seen,
            verbose_eval=False,
            callbacks=list(callbacks),
        )
        return model, seen, time.perf_counter() - began

    alone, errors, _ = fit()
    with mlflow.start_run() as run:
        mlflow.log_params(params)
        tracked, seen, _ = fit(Logs())
        mlflow.log_metric("best", tracked.best_score)
    assert 0 < tracked.best_iteration < 999
    assert tracked.best_iteration == alone.best_iteration
    assert seen == errors
    assert np.array_equal(tracked.predict(valid), alone.predict(valid))
    assert history(run.info.run_id, "valid-rmse") == list(enumerate(errors["valid"]["rmse"]))
    assert mlflow.get_run(run.info.run_id).info.status == "FINISHED"


def test_metrics_of_each_epoch_are_kept(experiment):
    """Epoch, lr, train_loss, val_loss and timings have a history by iteration in the run."""
    rng = np.random.default_rng(1)
    x = rng.normal(size=(200, 3))
    y = x @ [1.0, -2.0, 0.5] + rng.normal(size=200) / 10
    weights, rate, told = np.zeros(3), 0.1, []
    with mlflow.start_run() as run:
        for epoch in range(30):
            began = time.perf_counter()
            error = x[:150] @ weights - y[:150]
            weights -= rate * (x[:150].T @ error) / 150
            told.append(
                {
                    "epoch": epoch,
                    "lr": rate,
                    "train_loss": float(np.mean(error**2)),
                    "val_loss": float(np.mean((x[150:] @ weights - y[150:]) ** 2)),
                    "epoch_time_s": time.perf_counter() - began,
                }
            )
            mlflow.log_metrics(told[-1], step=epoch)
            rate *= 0.98
    for key in told[0]:
        assert history(run.info.run_id, key) == [(n, row[key]) for n, row in enumerate(told)]
    assert mlflow.get_run(run.info.run_id).data.metrics == told[-1]
    assert told[-1]["val_loss"] < told[0]["val_loss"]
