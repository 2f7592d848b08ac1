"""What a run keeps, told by a script and read back: the same in a folder and on a server."""

from __future__ import annotations

import getpass
import math
import subprocess
import time
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from PIL import Image

import epochal as mlflow


def finished(**params):
    """The id of a run with these params that has ended."""
    with mlflow.start_run() as run:
        mlflow.log_params(params)
    return run.info.run_id


def found(filter_string="", order_by=None):
    """The runs of the active experiment that match."""
    return mlflow.search_runs(filter_string=filter_string, order_by=order_by, output_format="list")


def test_experiment_holds_every_run_of_a_script(experiment):
    """Three trials are three runs of one experiment, each with an id of its own."""
    ids = {finished(trial=trial) for trial in range(3)}
    assert len(ids) == 3
    assert {run.info.run_id for run in found()} == ids
    assert {run.info.experiment_id for run in found()} == {experiment.experiment_id}


def test_params_come_back_as_text(experiment):
    """Numbers and text, one or many, are kept under their keys as `str` writes them."""
    with mlflow.start_run() as run:
        mlflow.log_param("alpha", 0.1)
        mlflow.log_params({"max_depth": 7, "kernel": "rbf", "shuffle": True, "note": "größer"})
    assert mlflow.get_run(run.info.run_id).data.params == {
        "alpha": "0.1",
        "max_depth": "7",
        "kernel": "rbf",
        "shuffle": "True",
        "note": "größer",
    }


def test_metrics_come_back_exactly_by_step(experiment):
    """Each value stands at its step bit for bit, NaN and infinity too; the latest is shown."""
    values = [0.1 + 0.2, 1e-308, -1e300, math.nan, math.inf, 7.0]
    with mlflow.start_run() as run:
        for step, value in enumerate(values):
            mlflow.log_metric("loss", value, step=step)
        mlflow.log_metrics({"rmse": 1 / 3, "mae": 2.5}, step=10)
    history = mlflow.MlflowClient().get_metric_history(run.info.run_id, "loss")
    assert [(point.step, repr(point.value)) for point in history] == [
        (step, repr(value)) for step, value in enumerate(values)
    ]
    assert mlflow.get_run(run.info.run_id).data.metrics == {"loss": 7.0, "rmse": 1 / 3, "mae": 2.5}


def test_tags_are_kept_and_searched(experiment):
    """Developer, kind of model and "best" are on the run, and a search finds it by each."""
    finished()
    with mlflow.start_run() as run:
        mlflow.set_tag("developer", "Ada")
        mlflow.set_tags({"model": "xgboost", "parameters": "best"})
    for tag in ("developer = 'Ada'", "model = 'xgboost'", "parameters = 'best'"):
        assert [item.info.run_id for item in found(f"tags.{tag}")] == [run.info.run_id]


def test_artifacts_come_back_byte_for_byte(experiment, fresh):
    """A file and a folder stand below the chosen paths and are downloaded unchanged."""
    content = bytes(range(256)) * 50
    folder = fresh / "plots"
    (folder / "deep").mkdir(parents=True)
    for path in (fresh / "model ü.bin", folder / "a.bin", folder / "deep/b.bin"):
        path.write_bytes(content)
    with mlflow.start_run() as run:
        mlflow.log_artifact("model ü.bin", artifact_path="models/first")
        mlflow.log_artifacts("plots", artifact_path="plots")
    run_id = run.info.run_id
    listed = mlflow.artifacts.list_artifacts(run_id=run_id, artifact_path="models/first")
    assert [(item.path, item.file_size) for item in listed] == [
        ("models/first/model ü.bin", len(content))
    ]
    root = Path(mlflow.artifacts.download_artifacts(run_id=run_id))
    files = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    assert files == {"models/first/model ü.bin", "plots/a.bin", "plots/deep/b.bin"}
    assert {(root / name).read_bytes() for name in files} == {content}


def test_figure_opens_as_an_image(experiment):
    """A plot of the data, logged as a figure, is a picture in the run."""
    figure = Figure(figsize=(2, 1), dpi=100)
    figure.subplots().plot([1, 4, 9])
    with mlflow.start_run() as run:
        mlflow.log_figure(figure, "plots/data.png")
    path = mlflow.artifacts.download_artifacts(f"runs:/{run.info.run_id}/plots/data.png")
    with Image.open(path) as image:
        image.load()
        assert (image.format, image.size) == ("PNG", (200, 100))


def test_times_are_noted_without_asking(experiment):
    """Start and end lie around the run's block, in milliseconds."""
    before = time.time_ns() // 1_000_000
    run = mlflow.get_run(finished())
    after = time.time_ns() // 1_000_000
    assert run.info.end_time is not None
    assert before <= run.info.start_time <= run.info.end_time <= after
    assert run.info.status == "FINISHED"


def test_author_is_noted_without_asking(experiment):
    """The name of the user is on the run."""
    run = mlflow.get_run(finished())
    assert run.info.user_id == run.data.tags["mlflow.user"] == getpass.getuser()


def test_script_and_commit_are_noted_without_asking(script, tmp_path):
    """A run names the script and the commit of the checkout that the script lies in."""
    (tmp_path / "sub").mkdir()
    commit = ("-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-m", "one")
    for command in (("init", "--quiet"), (*commit, "--quiet", "--allow-empty")):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.strip()
    done = script(
        """
        import os
        import epochal as mlflow
        os.chdir("/")  # it is the script's place that counts, not where it was started
        with mlflow.start_run() as run:
            pass
        tags = mlflow.get_run(run.info.run_id).data.tags
        print(tags["mlflow.source.name"], tags["mlflow.source.git.commit"], sep="\\n")
        """,
        MLFLOW_TRACKING_URI=f"{tmp_path}/store",
    )
    assert done.code == 0, done.err
    assert done.out.splitlines() == [str(tmp_path / "script.py"), head]


def test_search_finds_one_run_among_many(experiment):
    """By name, by tag and by value: one of two hundred, and no other."""
    client = mlflow.MlflowClient()
    ids = []
    for number in range(200):
        run = client.create_run(
            experiment.experiment_id, run_name=f"trial-{number}", tags={"number": number}
        )
        client.log_metric(run.info.run_id, "score", number / 200, synchronous=False)
        ids.append(run.info.run_id)
    for asked in (
        "attributes.run_name = 'trial-137'",
        "tags.number = '137'",
        "metrics.score > 0.684 and metrics.score < 0.686",
    ):
        assert [run.info.run_id for run in found(asked)] == [ids[137]]


def test_runs_ordered_by_metric_give_the_best(experiment):
    """The first of the runs by rising error is the best; one that never measured is last."""
    errors = {}
    for rmse in (7.1, 6.4, math.nan, 9.0):
        with mlflow.start_run() as run:
            mlflow.log_metric("rmse", rmse)
        errors[run.info.run_id] = rmse
    unmeasured = finished()
    ordered = [run.info.run_id for run in found(order_by=["metrics.rmse ASC"])]
    assert [errors[run_id] for run_id in ordered[:3]] == [6.4, 7.1, 9.0]
    assert ordered[-1] == unmeasured


def test_runs_of_several_days_and_people_are_told_apart(experiment):
    """A search by author and by time picks what it names, and time orders it."""
    client = mlflow.MlflowClient()
    day_ms = 86_400_000
    for user in ("ada", "grace"):
        for day in (1, 2, 3):
            client.create_run(
                experiment.experiment_id,
                start_time=day * day_ms,
                run_name=f"{user}-{day}",
                tags={"mlflow.user": user},
            )
    asked = f"attributes.user_id = 'ada' and attributes.start_time >= {2 * day_ms}"
    for direction, expected in (("ASC", ["ada-2", "ada-3"]), ("DESC", ["ada-3", "ada-2"])):
        runs = found(asked, [f"attributes.start_time {direction}"])
        assert [run.info.run_name for run in runs] == expected


def test_second_model_never_overwrites_the_first(experiment, fresh):
    """Two runs log a file of one name; each keeps its own."""
    runs = []
    for content in ("first", "second"):
        Path("model.pkl").write_text(content, encoding="utf-8")
        with mlflow.start_run() as run:
            mlflow.log_artifact("model.pkl")
        runs.append(run.info.run_id)
    kept = [mlflow.artifacts.load_text(f"runs:/{run_id}/model.pkl") for run_id in runs]
    assert kept == ["first", "second"]


def test_cell_that_is_run_again_makes_a_new_run(experiment):
    """The same code with a changed value leaves the old run as it was."""
    cell = "with mlflow.start_run() as run:\n    mlflow.log_param('alpha', alpha)"
    for alpha in (0.1, 1.0):
        exec(cell, {"mlflow": mlflow, "alpha": alpha})  # noqa: S102 - a notebook does just this
    assert [run.data.params["alpha"] for run in found()] == ["1.0", "0.1"]


def test_cell_that_is_interrupted_does_not_block_the_next_one(experiment):
    """A run whose cell broke is marked failed, and the cell can simply be run again."""
    with pytest.raises(ZeroDivisionError), mlflow.start_run():
        mlflow.log_metric("loss", 1 / 0)
    finished()
    assert [run.info.status for run in found()] == ["FINISHED", "FAILED"]


def test_experiment_carries_tags_and_a_description(experiment):
    """What belongs to all runs, notes included, is kept on the experiment and found by it."""
    mlflow.set_experiment_tags({"team": "traffic", "mlflow.note.content": "How late?"})
    read = mlflow.get_experiment(experiment.experiment_id)
    assert read.tags["team"] == "traffic"
    assert read.tags["mlflow.note.content"] == "How late?"
    named = f"name = '{experiment.name}' and tags.team = 'traffic'"
    assert len(mlflow.search_experiments(filter_string=named)) == 1


def test_experiment_that_is_selected_twice_is_one(experiment):
    """Selecting a name creates it once; the second time it is found."""
    again = mlflow.set_experiment(experiment.name)
    assert again.experiment_id == experiment.experiment_id
    named = f"name = '{experiment.name}'"
    assert len(mlflow.search_experiments(filter_string=named)) == 1


def test_keys_with_dashes_are_searched_in_quotes(experiment):
    """`train-data-path` is a legal key; quoted in a filter it matches."""
    run_id = finished(**{"train-data-path": "data/green_2021-01.parquet"})
    finished()
    for quoted in ('"train-data-path"', "`train-data-path`"):
        (run,) = found(f"params.{quoted} LIKE '%2021-01%'")
        assert run.info.run_id == run_id


def test_direct_calls_stand_beside_a_callback(experiment, fresh):
    """Metrics by epoch, a folder and a configuration are logged from within a loop."""

    def after_epoch(epoch, loss):
        mlflow.log_metrics({"train_loss": loss, "val_loss": loss * 1.1}, step=epoch)

    (fresh / "checkpoint").mkdir()
    (fresh / "checkpoint/weights.bin").write_bytes(b"\1\2")
    with mlflow.start_run() as run:
        mlflow.log_params({"lr": 1e-4, "dropout": 0.5, "layers": [64, 32]})
        for epoch in range(3):
            after_epoch(epoch, 1 / (epoch + 1))
        mlflow.log_artifacts("checkpoint")
    read = mlflow.get_run(run.info.run_id)
    assert read.data.params == {"lr": "0.0001", "dropout": "0.5", "layers": "[64, 32]"}
    history = mlflow.MlflowClient().get_metric_history(run.info.run_id, "val_loss")
    assert [point.step for point in history] == [0, 1, 2]
    assert [f.path for f in mlflow.artifacts.list_artifacts(run_id=run.info.run_id)] == [
        "weights.bin"
    ]


def test_what_was_logged_is_not_changed_silently(experiment):
    """A param keeps its first value, a metric every value; a deleted run can be read still."""
    run_id = finished(alpha=0.1)
    client = mlflow.MlflowClient()
    with pytest.raises(mlflow.MlflowException, match="alpha"):
        client.log_param(run_id, "alpha", 0.2, synchronous=True)
    for value in (1.0, 2.0):
        client.log_metric(run_id, "rmse", value, timestamp=5, step=0)
    started = mlflow.get_run(run_id).info
    client.delete_run(run_id)
    read = client.get_run(run_id)
    assert read.data.params == {"alpha": "0.1"}
    assert [point.value for point in client.get_metric_history(run_id, "rmse")] == [1.0, 2.0]
    assert (read.info.user_id, read.info.start_time) == (started.user_id, started.start_time)
    assert read.info.lifecycle_stage == "deleted"
