"""A user's script that touches the whole tracking API and prints what it saw as JSON.

python script.py <tracking uri or "-" for the default> <name of the experiment>
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from pathlib import Path

import epochal as mlflow
from epochal.entities import Dataset, Metric, Param, RunTag, ViewType

seen: dict = {}


def note(name, value):
    seen[name] = value


def refused(name, call, *arguments, **options):
    try:
        call(*arguments, **options)
    except mlflow.MlflowException as error:
        note(name, error.error_code)
    else:
        note(name, "accepted")


def fail():
    raise RuntimeError("as planned")


def summary(run):
    tags = {
        key: value
        for key, value in run.data.tags.items()
        if not key.startswith(("mlflow.source.git", "mlflow.user", "mlflow.parentRunId"))
    }
    tags["mlflow.source.name"] = Path(tags.get("mlflow.source.name", "")).name
    metrics = {key: str(value) for key, value in run.data.metrics.items()}
    return [run.info.run_name, run.info.status, run.info.lifecycle_stage, metrics,
            dict(sorted(run.data.params.items())), dict(sorted(tags.items()))]  # fmt: skip


def log_everything(folder):
    with mlflow.start_run(run_name="whole", tags={"team": "a"}, description="**bold**") as run:
        note("param", mlflow.log_param("lr", 0.1))
        mlflow.log_params({"depth": 3, "none": None, "text": "größe"})
        for step in range(50):
            mlflow.log_metric("loss", 1 / (step + 1), step=step)
        mlflow.log_metrics({"acc": 0.5, "nan": math.nan, "negative": -1.5}, step=7)
        mlflow.log_metric("late", 2.0, step=5, timestamp=1000)
        mlflow.log_metric("late", 1.0, step=9, timestamp=500)
        mlflow.set_tag("kind", "x")
        mlflow.set_tags({"one": 1, "gone": "soon"})
        mlflow.delete_tag("gone")
        mlflow.log_text("hello", "notes/a.txt")
        mlflow.log_dict({"a": [1, 2]}, "config.json")
        mlflow.log_dict({"a": [1, 2]}, "config.yaml")
        (folder / "model").mkdir(exist_ok=True)
        (folder / "model/weights 1.bin").write_bytes(bytes(range(256)))
        mlflow.log_artifact(folder / "model/weights 1.bin", "files")
        mlflow.log_artifact(folder / "model")
        mlflow.log_artifacts(folder / "model", "copy/deep")
        mlflow.log_table({"a": [1, 2], "b": ["x", "y"]}, "table.json")
        mlflow.log_table({"a": [3], "b": ["z"]}, "table.json")
        dataset = Dataset("flights", "abc123", "local", json.dumps({"uri": "x.csv"}))
        mlflow.log_input(dataset, context="training")
        refused("param changed", mlflow.log_param, "lr", 0.2)
        refused("text metric", mlflow.log_metric, "bad", "many")
        refused("bad key", mlflow.log_metric, "a//b", 1.0)
        refused("second run", mlflow.start_run)
        with mlflow.start_run(run_name="inner", nested=True) as inner:
            mlflow.log_metric("loss", 3)
        note(
            "parent is outer",
            mlflow.get_parent_run(inner.info.run_id).info.run_id == run.info.run_id,
        )
        waited = mlflow.log_metric("waited", 1.0, synchronous=False)
        waited.wait()
        note("synchronous", mlflow.log_metric("waited", 2.0, step=1, synchronous=True))
    return run.info.run_id


def read_back(client, run_id, folder):
    run = client.get_run(run_id)
    note("run", summary(run))
    note("input", [[i.dataset.name, i.dataset.digest, [t.value for t in i.tags]]
                   for i in run.inputs.dataset_inputs])  # fmt: skip
    history = client.get_metric_history(run_id, "loss")
    note("history", [[point.step, point.value] for point in history])
    note(
        "late", [[p.timestamp, p.step, p.value] for p in client.get_metric_history(run_id, "late")]
    )
    note("no history", client.get_metric_history(run_id, "unknown"))
    for path in (None, "notes", "model", "copy", "copy/deep", "nothing", "config.json"):
        listed = client.list_artifacts(run_id, path)
        note(f"list {path}", [[info.path, info.is_dir, info.file_size] for info in listed])
    note("text", mlflow.artifacts.load_text(f"runs:/{run_id}/notes/a.txt"))
    note("dict", mlflow.artifacts.load_dict(f"{run.info.artifact_uri}/config.json"))
    target = Path(mlflow.artifacts.download_artifacts(run_id=run_id, dst_path=folder / "down"))
    note("files", sorted(str(p.relative_to(target)) for p in target.rglob("*") if p.is_file()))
    note("bytes", (target / "model/weights 1.bin").read_bytes() == bytes(range(256)))
    note("one", Path(client.download_artifacts(run_id, "copy/deep", folder / "one")).name)
    note("table", mlflow.load_table("table.json", run_ids=[run_id]).to_dict("list"))
    refused("no artifact", client.download_artifacts, run_id, "nothing")
    refused("escape", client.log_text, run_id, "x", "../../escape.txt")
    refused("no run", client.get_run, "0" * 32)


def change(client, experiment_id, name):
    made = client.create_run(
        experiment_id, run_name="by client", tags={"t": "1"}, start_time=12345
    )
    run_id = made.info.run_id
    client.log_batch(
        run_id,
        metrics=[Metric("m", float(n), 1000 + n, n) for n in range(1500)],
        params=[Param(f"p{n}", str(n)) for n in range(150)],
        tags=[RunTag(f"t{n}", str(n)) for n in range(120)],
    )
    run = client.get_run(run_id)
    note(
        "batch", [run.data.metrics, len(run.data.params), len(run.data.tags), run.info.start_time]
    )
    note("batch history", len(client.get_metric_history(run_id, "m")))
    client.update_run(run_id, name="renamed")
    client.set_terminated(run_id, "KILLED", end_time=23456)
    run = client.get_run(run_id)
    note(
        "renamed",
        [run.info.run_name, run.info.status, run.info.end_time, run.data.tags["mlflow.runName"]],
    )
    client.delete_run(run_id)
    note("deleted", client.get_run(run_id).info.lifecycle_stage)
    client.restore_run(run_id)
    refused("second experiment", client.create_experiment, name)
    refused("bad filter", client.search_runs, [experiment_id], "metrics.loss >")
    client.rename_experiment(experiment_id, f"{name}-renamed")
    client.rename_experiment(experiment_id, name)
    client.set_experiment_tag(experiment_id, "goal", "speed")
    experiment = client.get_experiment_by_name(name)
    note("experiment", [experiment.name, experiment.lifecycle_stage, experiment.tags.get("goal")])
    note("unknown experiment", client.get_experiment_by_name("never made"))


def search(client, experiment_id, name):
    found = mlflow.search_runs(
        [experiment_id], "metrics.loss < 0.5", order_by=["metrics.loss ASC"]
    )
    note("found", found["params.lr"].tolist())
    note("columns", sorted(c for c in found.columns if "git" not in c))
    runs = mlflow.search_runs(
        experiment_names=[name], output_format="list", order_by=["attributes.run_name ASC"]
    )
    note("names", [run.info.run_name for run in runs])
    page = client.search_runs([experiment_id], max_results=1, order_by=["attributes.run_name ASC"])
    rest = client.search_runs([experiment_id], max_results=5, page_token=page.token,
                              order_by=["attributes.run_name ASC"])  # fmt: skip
    note(
        "pages",
        [[run.info.run_name for run in page], [run.info.run_name for run in rest], rest.token],
    )
    listed = mlflow.search_experiments(filter_string=f"name = '{name}'")
    note("experiments", [item.name for item in listed])
    client.delete_experiment(experiment_id)
    note("active", len(mlflow.search_experiments(filter_string=f"name = '{name}'")))
    deleted = client.search_experiments(ViewType.DELETED_ONLY, filter_string=f"name = '{name}'")
    note("deleted experiment", [item.name for item in deleted])
    refused("into deleted", mlflow.set_experiment, name)
    client.restore_experiment(experiment_id)


def main(uri, name):
    if uri != "-":
        mlflow.set_tracking_uri(uri)
        note("uri", mlflow.get_tracking_uri() == uri)
    experiment = mlflow.set_experiment(name)
    client = mlflow.MlflowClient()
    with tempfile.TemporaryDirectory() as folder:
        run_id = log_everything(Path(folder))
        read_back(client, run_id, Path(folder))
    with mlflow.start_run(run_id=run_id) as resumed:
        mlflow.log_metric("after", 1)
        note("resumed", resumed.info.status)
        refused("param changed after", mlflow.log_param, "lr", 0.3)
    note("after", summary(mlflow.get_run(run_id)))
    note("last", mlflow.last_active_run().info.run_id == run_id)
    try:
        with mlflow.start_run(run_name="fails"):
            fail()
    except RuntimeError:
        note("failed", mlflow.last_active_run().info.status)
    change(client, experiment.experiment_id, name)
    search(client, experiment.experiment_id, name)
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    main(*sys.argv[1:])
