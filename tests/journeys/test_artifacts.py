"""Files of runs, as the courses keep them: F005, F014, F024, F045, F065, F109, F112."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

import epochal as mlflow
from epochal.client.mlflow_client import MlflowClient


def unpickled(place):
    return pickle.loads(Path(place).read_bytes())  # noqa: S301 - written by the test itself


def everything_below(run_id, folder=None):
    found = {}
    for entry in mlflow.artifacts.list_artifacts(run_id=run_id, artifact_path=folder):
        if entry.is_dir:
            found |= everything_below(run_id, entry.path)
        else:
            found[entry.path] = entry.file_size
    return found


def test_any_file_or_folder_is_an_artifact(fresh, experiment):
    """F005: listed under its path, and the same bytes come back."""
    (fresh / "plots/deep").mkdir(parents=True)
    (fresh / "plots/deep/a.bin").write_bytes(os.urandom(5000))
    (fresh / "notes.md").write_text("# Notes", encoding="utf-8")
    with mlflow.start_run() as run:
        mlflow.log_artifact("notes.md", artifact_path="docs")
        mlflow.log_artifact("plots")
        mlflow.log_artifacts("plots", artifact_path="inside")
    run_id = run.info.run_id
    assert everything_below(run_id) == {
        "docs/notes.md": 7,
        "inside/deep/a.bin": 5000,
        "plots/deep/a.bin": 5000,
    }
    place = mlflow.artifacts.download_artifacts(f"runs:/{run_id}/plots/deep/a.bin")
    assert Path(place).read_bytes() == (fresh / "plots/deep/a.bin").read_bytes()
    mlflow.artifacts.delete_artifacts(run_id=run_id, artifact_path="plots")
    MlflowClient().delete_artifacts(run_id, "docs/notes.md")
    assert everything_below(run_id) == {"inside/deep/a.bin": 5000}


def test_plot_opens_as_an_image(experiment):
    """F014: a figure of the data, drawn and looked at again."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib.figure import Figure

    figure = Figure()
    figure.add_subplot().hist([1, 2, 2, 3])
    with mlflow.start_run() as run:
        mlflow.log_figure(figure, "plots/durations.png")
    image = mlflow.artifacts.load_image(f"runs:/{run.info.run_id}/plots/durations.png")
    assert image.format == "PNG"


def test_second_model_never_overwrites_the_first(fresh, experiment):
    """F024: unlike files in a folder, each run keeps its own."""
    runs = []
    for alpha in (0.1, 0.2):
        Path("model.pkl").write_bytes(pickle.dumps({"alpha": alpha}))
        with mlflow.start_run() as run:
            mlflow.log_artifact("model.pkl", artifact_path="models")
        runs.append(run.info.run_id)
    places = [mlflow.artifacts.download_artifacts(f"runs:/{run}/models/model.pkl") for run in runs]
    assert [unpickled(place)["alpha"] for place in places] == [0.1, 0.2]


def test_files_lie_in_the_folder_that_was_chosen(fresh):
    """F045: an experiment with a folder of its own keeps its files there, by plain names."""
    mlflow.set_tracking_uri(f"sqlite:///{fresh}/backend.db")
    mlflow.create_experiment("scenario 2", artifact_location=f"file://{fresh}/artifacts_local")
    mlflow.set_experiment("scenario 2")
    with mlflow.start_run() as run:
        mlflow.log_dict({"model": "lasso"}, "model/meta.json")
    file = fresh / "artifacts_local" / run.info.run_id / "artifacts/model/meta.json"
    assert file.is_file()
    assert file.as_uri() == mlflow.get_run(run.info.run_id).info.artifact_uri + "/model/meta.json"


def test_notebook_comes_down_without_a_shell(server, fresh):
    """F065: with the server's address and the run alone."""
    mlflow.set_tracking_uri(server)
    mlflow.set_experiment("notebooks")
    (fresh / "analysis.ipynb").write_text('{"cells": []}', encoding="utf-8")
    with mlflow.start_run() as run:
        mlflow.log_artifact("analysis.ipynb")
    (fresh / "analysis.ipynb").unlink()
    place = MlflowClient(server).download_artifacts(run.info.run_id, "analysis.ipynb", fresh / "d")
    assert Path(place).read_text(encoding="utf-8") == '{"cells": []}'


def test_pickled_model_and_preprocessor_are_used_again(fresh, experiment):
    """F109, F112: downloaded, they turn raw rows into a prediction."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LinearRegression

    rows = [
        {"route": route, "distance": d} for d, route in enumerate(["a_b", "b_c", "a_b", "c_a"])
    ]
    vectorizer = DictVectorizer()
    features = vectorizer.fit_transform(rows)
    model = LinearRegression().fit(features, [10.0, 20.0, 12.0, 40.0])
    Path("lin_reg.bin").write_bytes(pickle.dumps((vectorizer, model)))
    Path("preprocessor.b").write_bytes(pickle.dumps(vectorizer))
    with mlflow.start_run() as run:
        mlflow.log_artifact(local_path="lin_reg.bin", artifact_path="models_pickle")
        mlflow.log_artifact("preprocessor.b", artifact_path="preprocessor")
    Path("lin_reg.bin").unlink()
    root = f"runs:/{run.info.run_id}"
    folder = mlflow.artifacts.download_artifacts(f"{root}/models_pickle")
    (_, again) = unpickled(Path(folder) / "lin_reg.bin")
    place = mlflow.artifacts.download_artifacts(f"{root}/preprocessor/preprocessor.b")
    prepared = unpickled(place).transform(rows)
    assert again.predict(prepared).tolist() == pytest.approx(model.predict(features).tolist())


def test_files_go_to_an_object_store_and_come_back(fresh, moto, monkeypatch):
    """An experiment in S3: logged, listed, downloaded and deleted, by run and by address."""
    for name, value in moto.environment.items():
        monkeypatch.setenv(name, value)
    place = moto.new_uri().replace(" ", "-")
    mlflow.set_tracking_uri(f"file://{fresh}/store")
    mlflow.create_experiment("in s3", artifact_location=place)
    mlflow.set_experiment("in s3")
    with mlflow.start_run() as run:
        mlflow.log_text("hello", "texts/a.txt")
        mlflow.log_dict({"a": 1}, "d.json")
    run_id = run.info.run_id
    assert list(everything_below(run_id)) == ["d.json", "texts/a.txt"]
    root = mlflow.get_run(run_id).info.artifact_uri
    assert root.startswith("s3://")
    assert mlflow.artifacts.load_text(f"{root}/texts/a.txt") == "hello"
    assert mlflow.artifacts.load_dict(f"runs:/{run_id}/d.json") == {"a": 1}
    folder = mlflow.artifacts.download_artifacts(root, dst_path=fresh / "d")
    assert (Path(folder) / "texts/a.txt").read_text(encoding="utf-8") == "hello"
    mlflow.artifacts.delete_artifacts(f"{root}/texts")
    assert list(everything_below(run_id)) == ["d.json"]


def test_addresses_that_lead_nowhere_are_named(fresh, experiment):
    """Each is an error that says what would be right."""
    for uri, reason in (
        ("models:/flights/1", "name=flights, version=1. not found"),
        ("hdfs://host/file", "cannot be reached"),
        ("s3:///no-bucket", "s3://bucket/path"),
        ("http://127.0.0.1/", "names no file"),
    ):
        with pytest.raises(mlflow.MlflowException, match=reason):
            mlflow.artifacts.download_artifacts(uri)
