"""Data that belongs to what is tracked, and is kept once however often it is used."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import statsmodels.datasets
from sklearn.datasets import load_breast_cancer, load_diabetes
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, r2_score

import epochal as mlflow


@pytest.fixture
def patients():
    """569 tumours, 30 measurements of each, and what they turned out to be."""
    return load_breast_cancer(as_frame=True).frame


@pytest.fixture
def voters():
    """944 people and what they thought of two candidates in 1996."""
    return statsmodels.datasets.anes96.load_pandas().data


def stored_bytes(folder):
    return sum(path.stat().st_size for path in Path(folder).rglob("*.pack"))


def test_f012_the_run_tells_which_data_trained_it(experiment, patients, request):
    """F012: a year later, the very rows that a model was trained on are found again."""
    name = f"tumours {request.node.callspec.id}"
    train, valid = patients.iloc[:400], patients.iloc[400:]
    with mlflow.start_run() as run:
        mlflow.log_dataset(train, name, context="training")
        mlflow.log_dataset(valid, f"{name} valid", context="validation")
        model = LogisticRegression(max_iter=5000)
        model.fit(train.drop(columns="target"), train["target"])
        found = accuracy_score(valid["target"], model.predict(valid.drop(columns="target")))
        mlflow.log_metric("accuracy", found)
    inputs = mlflow.get_run(run.info.run_id).inputs.dataset_inputs
    by_context = {one.tags[0].value: mlflow.data.get_source(one).uri for one in inputs}
    again = mlflow.load_dataset(by_context["training"])
    pd.testing.assert_frame_equal(again, train)
    assert by_context["validation"] == f"datasets:/{name} valid/1"
    (reader,) = mlflow.dataset_lineage(by_context["training"])
    assert (reader.run_id, reader.context) == (run.info.run_id, "training")
    assert experiment.experiment_id == reader.experiment_id


def test_f012_paths_as_sources(experiment, fresh, patients):
    """F012: where data is not to be kept, the run still tells its path, schema and digest."""
    patients.to_csv(fresh / "train.csv", index=False)
    dataset = mlflow.data.from_csv("train.csv", targets="target")
    with mlflow.start_run() as run:
        mlflow.log_input(dataset, context="training")
    (noted,) = mlflow.get_run(run.info.run_id).inputs.dataset_inputs
    assert noted.dataset.name == "train"
    assert noted.dataset.digest == dataset.digest
    assert '"uri": "train.csv"' in noted.dataset.source
    assert '"mean radius"' in noted.dataset.schema
    found = mlflow.search_runs([experiment.experiment_id], "dataset.name = 'train'")
    assert list(found["run_id"]) == [run.info.run_id]


def test_f015_ten_runs_store_a_table_once(fresh):
    """F015: logging the same table in ten runs does not store it ten times."""
    mlflow.set_tracking_uri(f"file://{fresh}/store")
    mlflow.set_experiment("once")
    frame = load_diabetes(as_frame=True).frame
    sizes = []
    for alpha in range(10):
        with mlflow.start_run():
            version = mlflow.log_dataset(frame, "diabetes", context="training")
            model = Ridge(alpha=alpha + 0.1).fit(frame.drop(columns="target"), frame["target"])
            score = r2_score(frame["target"], model.predict(frame.drop(columns="target")))
            mlflow.log_metric("r2", score)
        sizes.append(stored_bytes(fresh / "store"))
    assert version.version == 1
    assert len(set(sizes)) == 1
    assert sizes[0] <= version.size_bytes
    assert len(mlflow.dataset_lineage("diabetes/1")) == 10


def test_f088_parquet_is_read_and_kept(experiment, fresh, voters, request):
    """F088: Parquet of any writer is read, described, kept, previewed and given back."""
    voters.to_parquet("voters.parquet")
    dataset = mlflow.data.from_parquet("voters.parquet", targets="vote")
    assert dataset.profile == {"num_rows": 944, "num_elements": 944 * voters.shape[1]}
    name = f"voters {request.node.callspec.id}"
    with mlflow.start_run(experiment_id=experiment.experiment_id):
        mlflow.log_input(dataset)
        version = mlflow.log_dataset("voters.parquet", name)
    assert (version.format, version.rows, version.columns) == ("parquet", *voters.shape)
    copy = mlflow.load_dataset(version, "path", str(fresh / "copy"))
    assert Path(copy).read_bytes() == Path("voters.parquet").read_bytes()
    pd.testing.assert_frame_equal(mlflow.load_dataset(version), voters)


def test_f166_data_has_versions_and_digests(experiment, voters, request):
    """F166: versions are numbered, compared and deleted; what runs read is protected."""
    name = f"election {request.node.callspec.id}"
    first = mlflow.log_dataset(voters, name)
    older = voters.assign(age=voters["age"] + 20)
    second = mlflow.log_dataset(older, name, description="twenty years later")
    assert (first.version, second.version) == (1, 2)
    assert first.content != second.content
    drift = mlflow.data.diff(f"datasets:/{name}/1", f"datasets:/{name}@latest")
    moved = {one["name"] for one in drift["columns"] if one["verdict"] != "stable"}
    assert moved == {"age"}
    with mlflow.start_run(experiment_id=experiment.experiment_id) as run:
        mlflow.log_input(mlflow.get_dataset(f"{name}/1"), "training")
    with pytest.raises(mlflow.MlflowException, match="still an input"):
        mlflow.delete_dataset(f"{name}/1")
    mlflow.delete_dataset(f"{name}/2")
    assert [one.version for one in mlflow.list_dataset_versions(name)] == [1]
    assert mlflow.dataset_lineage(name)[0].run_id == run.info.run_id
