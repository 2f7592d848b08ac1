"""One script of everything that a tracking client does, told to a server by the real MLflow.

usage: script.py TRACKING_URI PREFIX ANSWERS.json

Runs under the interpreter of whichever MLflow is to speak, 2.x or 3.x. Each step's answer, or
the error it got, is written down under its name; the tests compare what two servers answered.
Whatever a server chooses by itself (ids, times, names of runs) is made comparable there.
PREFIX keeps the experiments of several clients on one server apart.
"""

import json
import math
import os
import sys
import tempfile
import warnings
from pathlib import Path

warnings.simplefilter("ignore")

import mlflow
import numpy as np
import pandas as pd
import registry_steps
from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException

IS_3 = mlflow.__version__.startswith("3.")
START = 1_000_000  # explicit times are small, so that they can be told from the clock's


def plain(value):
    """The value as JSON can say it, with MLflow's entities taken apart."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        items = [plain(item) for item in value]
        token = getattr(value, "token", None)
        return {"items": items, "has_more": True} if token else items
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, pd.DataFrame):
        return {"columns": list(value.columns), "rows": plain(value.to_numpy().tolist())}
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return {name: plain(item) for name, item in sorted(dict(value).items()) if name[0] != "_"}


def run_answer(run):
    """A run as one plain answer; the order of its tags and params is nobody's promise."""
    info = {
        name: getattr(run.info, name)
        for name in [
            "run_id",
            "experiment_id",
            "run_name",
            "user_id",
            "status",
            "start_time",
            "end_time",
            "artifact_uri",
            "lifecycle_stage",
        ]
    }
    inputs = [
        {
            "dataset": plain(dict(item.dataset)),
            "tags": sorted((tag.key, tag.value) for tag in item.tags),
        }
        for item in (run.inputs.dataset_inputs if run.inputs else [])
    ]
    return {
        "info": info,
        "metrics": plain(run.data.metrics),
        "params": plain(run.data.params),
        "tags": plain(run.data.tags),
        "inputs": sorted(inputs, key=str),
    }


def experiment_answer(experiment):
    """An experiment as one plain answer."""
    names = (
        "experiment_id name artifact_location lifecycle_stage tags creation_time last_update_time"
    )
    return {name: plain(getattr(experiment, name)) for name in names.split()}


class Teller:
    """Does one step after the other and writes the answers down."""

    def __init__(self, prefix) -> None:
        self.prefix = prefix
        self.client = MlflowClient()
        self.answers = {}
        self.journey = ""
        self.folder = Path(tempfile.mkdtemp())

    def do(self, name, work):
        """One step: its answer or its error. Returns what the work returned."""
        step = f"{self.journey}: {name}"
        if step in self.answers:
            raise ValueError(f"two steps are called {step!r}")
        try:
            result = work()
        except MlflowException as refused:
            self.answers[step] = {"error": refused.error_code, "says": str(refused)[:300]}
            return None
        except Exception as failed:  # noqa: BLE001 - the client itself broke: an answer as well
            self.answers[step] = {"broke": type(failed).__name__, "says": str(failed)[:300]}
            return None
        self.answers[step] = {"answer": self._plain(result)}
        return result

    def _plain(self, result):
        if type(result).__name__ == "Run":
            return run_answer(result)
        if type(result).__name__ == "Experiment":
            return experiment_answer(result)
        if isinstance(result, list):
            items = [self._plain(item) for item in result]
            return {"items": items, "has_more": True} if getattr(result, "token", None) else items
        return plain(result)

    def experiment(self, name, **options):
        """A fresh experiment for a journey."""
        return self.client.create_experiment(f"{self.prefix}{name}", **options)

    def run(self, experiment_id, number, **options):
        """A run whose start is known, so that orders are."""
        return self.client.create_run(
            experiment_id, start_time=START + number, run_name=f"run {number}", **options
        ).info.run_id


# --- journeys -----------------------------------------------------------------------------


def experiments(tell):
    """Experiments from birth to restoration."""
    client, name = tell.client, f"{tell.prefix}life"
    first = tell.do("create", lambda: client.create_experiment(name, tags={"team": "a", "x": ""}))
    tell.do("get", lambda: client.get_experiment(first))
    tell.do("get by name", lambda: client.get_experiment_by_name(name))
    tell.do("get unknown", lambda: client.get_experiment("99999999"))
    tell.do("get unknown by name", lambda: client.get_experiment_by_name("nobody's"))
    tell.do("get with a word for an id", lambda: client.get_experiment("word"))
    tell.do("get default", lambda: client.get_experiment("0"))
    tell.do("create again", lambda: client.create_experiment(name))
    tell.do("create without name", lambda: client.create_experiment(""))
    tell.do(
        "create with 500 characters", lambda: client.create_experiment((name + "e" * 500)[:500])
    )
    tell.do("create with 501 characters", lambda: client.create_experiment("e" * 501))
    tell.do(
        "create with location",
        lambda: client.get_experiment(
            client.create_experiment(f"{name}-at", artifact_location="mlflow-artifacts:/mine")
        ),
    )
    tell.do(
        "create at runs:",
        lambda: client.create_experiment(f"{name}-runs", artifact_location="runs:/a/b"),
    )
    tell.do(
        "create at a fragment",
        lambda: client.create_experiment(
            f"{name}-fragment", artifact_location="mlflow-artifacts:/a#b"
        ),
    )
    tell.do(
        "create in Unicode",
        lambda: client.get_experiment(client.create_experiment(f"{name} Größe 日本 🚀")),
    )
    tell.do("rename", lambda: client.rename_experiment(first, f"{name}-2"))
    tell.do("get renamed", lambda: client.get_experiment(first))
    tell.do("rename unknown", lambda: client.rename_experiment("99999999", "x"))
    tell.do("set tag", lambda: client.set_experiment_tag(first, "team", "b"))
    tell.do("set note", lambda: client.set_experiment_tag(first, "mlflow.note.content", "**hi**"))
    tell.do("set long tag", lambda: client.set_experiment_tag(first, "long", "v" * 20_000))
    tell.do("set too long tag", lambda: client.set_experiment_tag(first, "long", "v" * 20_001))
    tell.do("set tag with a bad key", lambda: client.set_experiment_tag(first, "a//b", "v"))
    tell.do("set tag of unknown", lambda: client.set_experiment_tag("99999999", "a", "v"))
    tell.do("get tagged", lambda: client.get_experiment(first))
    if hasattr(client, "delete_experiment_tag"):
        tell.do("delete tag", lambda: client.delete_experiment_tag(first, "long"))
        tell.do("delete absent tag", lambda: client.delete_experiment_tag(first, "long"))
        tell.do("get untagged", lambda: client.get_experiment(first))
    alive, gone = tell.run(first, 1), tell.run(first, 2)
    client.delete_run(gone)
    tell.do("delete", lambda: client.delete_experiment(first))
    tell.do("delete again", lambda: client.delete_experiment(first))
    tell.do("delete unknown", lambda: client.delete_experiment("99999999"))
    tell.do("get deleted", lambda: client.get_experiment(first).lifecycle_stage)
    tell.do("its run is deleted", lambda: client.get_run(alive).info.lifecycle_stage)
    tell.do("create with the name of a deleted one", lambda: client.create_experiment(f"{name}-2"))
    tell.do("create a run in a deleted one", lambda: client.create_run(first))
    tell.do("create a run in an unknown one", lambda: client.create_run("99999999"))
    tell.do("tag a deleted one", lambda: client.set_experiment_tag(first, "a", "b"))
    tell.do("set_experiment to a deleted one", lambda: mlflow.set_experiment(f"{name}-2"))
    tell.do("restore", lambda: client.restore_experiment(first))
    tell.do("restore again", lambda: client.restore_experiment(first))
    tell.do("restore unknown", lambda: client.restore_experiment("99999999"))
    tell.do(
        "both runs are back",
        lambda: [client.get_run(r).info.lifecycle_stage for r in (alive, gone)],
    )


def experiment_search(tell):
    """Searching for experiments."""
    client, prefix = tell.client, f"{tell.prefix}find-"
    for number, name in enumerate(["Anna", "berta", "Änne", "100%", "a_c", "it's"]):
        client.create_experiment(prefix + name, tags={"n": str(number), "Kind": "s"})
    client.delete_experiment(client.get_experiment_by_name(f"{prefix}berta").experiment_id)
    ours = f"name LIKE '{prefix}%'"

    def names(filter_string=ours, order_by=("experiment_id ASC",), **options):
        found = client.search_experiments(
            filter_string=filter_string, order_by=list(order_by), **options
        )
        return [experiment.name for experiment in found]

    views = ViewType.ACTIVE_ONLY, ViewType.DELETED_ONLY, ViewType.ALL
    tell.do("views", lambda: [names(view_type=view) for view in views])
    for text in [
        "name = '{p}Anna'", "name != '{p}Anna' AND name LIKE '{p}%'", "name LIKE '{p}a%'",
        "name ILIKE '{p}A%'", "name ILIKE '{p}ä%'", "name LIKE '{p}1__!%'", "name LIKE '{p}100%'",
        "name LIKE '{p}a_c'", "name = \"{p}it's\"", "tags.n = '3'", "tag.n != '3' AND name LIKE '{p}%'",
        "tags.Kind LIKE 's' AND name LIKE '{p}%'", "tags.kind = 's'", "tags.`n` = '1'",
        "tags.missing IS NULL AND name LIKE '{p}%'", "tags.n IS NOT NULL AND name LIKE '{p}%'",
        "attribute.name = '{p}Anna'", "attributes.name = '{p}Anna'", "creation_time > 0 AND name LIKE '{p}%'",
        "last_update_time >= 0 AND name = '{p}Anna'", "creation_time < 5", "creation_time > 1.5",
        "creation_time > '5'", "experiment_id = '0'", "experiment_id IN ('0', '1')",
        "experiment_id > '0'", "name IN ('a')", "name > 'a'", "color = 'a'", "params.a = 'b'",
        "name = Anna", "name == 'a'", "name LIKE 'a' OR name LIKE 'b'", "(name = 'a')", "name", "= 'a'",
        "name = 'a", "   ",
    ]:  # fmt: skip
        text = text.replace("{p}", prefix)  # noqa: PLW2901
        tell.do(f"filter {text.replace(tell.prefix, '')}", lambda text=text: names(text))
    for order in [
        "name", "name ASC", "name desc", "experiment_id DESC", "creation_time ASC",
        "last_update_time DESC", "attribute.name", "tags.n", "color", "name UP", "name,", "",
    ]:  # fmt: skip
        tell.do(
            f"order by {order!r}",
            lambda order=order: (
                sorted(names(order_by=[order])) if "time" in order else names(order_by=[order])
            ),
        )
    tell.do("order by two", lambda: names(order_by=["tags.n", "name"]))
    tell.do(
        "page of 2",
        lambda: client.search_experiments(filter_string=ours, max_results=2, order_by=["name"]),
    )

    def pages():
        found, token = [], None
        while True:
            page = client.search_experiments(
                filter_string=ours, max_results=2, order_by=["name DESC"], page_token=token
            )
            found.append([experiment.name for experiment in page])
            token = page.token
            if not token:
                return found

    tell.do("all pages", pages)
    for limit in (-1, 50_000, 50_001):
        tell.do(f"max_results {limit}", lambda limit=limit: names(max_results=limit))
    tell.do("rubbish page token", lambda: names(page_token="rubbish"))


def runs(tell):
    """Runs from creation to restoration."""
    client = tell.client
    experiment = tell.experiment("runs")
    created = tell.do(
        "create",
        lambda: client.create_run(
            experiment, start_time=START, run_name="first", tags={"a": "1", "mlflow.user": "ada"}
        ),
    )
    run = created.info.run_id
    tell.do("get", lambda: client.get_run(run))
    tell.do("get unknown", lambda: client.get_run("0" * 32))
    tell.do("get nonsense", lambda: client.get_run("non/sense"))
    tell.do(
        "create unnamed", lambda: bool(client.create_run(experiment, start_time=1).info.run_name)
    )
    tell.do(
        "create named by tag",
        lambda: client.create_run(experiment, start_time=2, tags={"mlflow.runName": "tagged"}),
    )
    tell.do(
        "create named twice",
        lambda: client.create_run(
            experiment, run_name="one", start_time=3, tags={"mlflow.runName": "two"}
        ),
    )
    tell.do(
        "create a child",
        lambda: client.create_run(experiment, start_time=4, tags={"mlflow.parentRunId": run}),
    )
    tell.do("rename", lambda: client.update_run(run, name="second"))
    tell.do("renamed also the tag", lambda: client.get_run(run))
    tell.do("rename by tag", lambda: client.set_tag(run, "mlflow.runName", "third"))
    tell.do("renamed by tag", lambda: client.get_run(run).info.run_name)
    tell.do("rename to nothing", lambda: client.update_run(run, name=""))
    tell.do("still named", lambda: client.get_run(run).info.run_name)
    for status in ("SCHEDULED", "RUNNING", "FAILED", "KILLED", "FINISHED"):
        tell.do(f"update to {status}", lambda status=status: client.update_run(run, status=status))
        tell.do(f"status {status}", lambda: client.get_run(run).info.status)
    tell.do("terminate", lambda: client.set_terminated(run, "FAILED", end_time=START + 500))
    tell.do("terminated", lambda: client.get_run(run))
    tell.do("run again", lambda: client.update_run(run, status="RUNNING"))
    tell.do("end time is kept", lambda: client.get_run(run).info.end_time)
    tell.do("terminate now", lambda: client.set_terminated(run))
    tell.do("terminated now", lambda: client.get_run(run).info.end_time > START + 500)
    tell.do("set tag", lambda: client.set_tag(run, "a", "2"))
    tell.do("set tag to a number", lambda: client.set_tag(run, "number", 5))
    tell.do("set tag to nothing", lambda: client.set_tag(run, "empty", ""))
    tell.do("set long tag", lambda: client.set_tag(run, "long", "t" * 8000))
    tell.do("set longer tag", lambda: client.set_tag(run, "longer", "t" * 8001))
    tell.do("delete tag", lambda: client.delete_tag(run, "number"))
    tell.do("delete absent tag", lambda: client.delete_tag(run, "number"))
    tell.do("delete tag of unknown run", lambda: client.delete_tag("0" * 32, "a"))
    tell.do("tags", lambda: client.get_run(run).data.tags)
    tell.do("delete", lambda: client.delete_run(run))
    tell.do("delete again", lambda: client.delete_run(run))
    tell.do("delete unknown", lambda: client.delete_run("0" * 32))
    tell.do("get deleted", lambda: client.get_run(run).info.lifecycle_stage)
    tell.do("log a metric into a deleted run", lambda: client.log_metric(run, "m", 1.0))
    tell.do("log a param into a deleted run", lambda: client.log_param(run, "p", 1))
    tell.do("tag a deleted run", lambda: client.set_tag(run, "t", 1))
    tell.do("delete a tag of a deleted run", lambda: client.delete_tag(run, "a"))
    tell.do("update a deleted run", lambda: client.update_run(run, status="RUNNING"))
    tell.do(
        "log a batch into a deleted run", lambda: client.log_batch(run, params=[Param("z", "1")])
    )
    tell.do("restore", lambda: client.restore_run(run))
    tell.do("restore again", lambda: client.restore_run(run))
    tell.do("restore unknown", lambda: client.restore_run("0" * 32))
    tell.do("restored", lambda: client.get_run(run).info.lifecycle_stage)
    tell.do("parent of nobody", lambda: client.get_parent_run(run))


def params(tell):
    """Params are written once and are text."""
    client = tell.client
    run = tell.run(tell.experiment("params"), 1)
    for key, value in {
        "text": "a", "number": 0.1, "none": None, "list": [1, "b"], "empty": "", "日本": "語",
        "train-data-path": "data/x.csv", "a/b c.d:e_f": "ok", "k" * 250: "long key",
        "k" * 251: "too long key", "": "no key", "a//b": "1", "../x": "1", "/abs": "1", ".": "1",
        "a,b": "1", "a\nb": "1", "a?b": "1", "long": "v" * 6000, "longer": "v" * 6001,
        "quotes": "it's \"q\" `b` \\ \t \n ✓", "nul": "a\x01b",
    }.items():  # fmt: skip
        tell.do(
            f"log {key[:20]!r} ({len(key)})",
            lambda key=key, value=value: client.log_param(run, key, value),
        )
    tell.do("same again", lambda: client.log_param(run, "text", "a"))
    tell.do("another value", lambda: client.log_param(run, "text", "b"))
    tell.do("of an unknown run", lambda: client.log_param("0" * 32, "text", "b"))
    batch = [Param("x", "1"), Param("y", "2")]
    tell.do("batch", lambda: client.log_batch(run, params=batch))
    tell.do("batch again", lambda: client.log_batch(run, params=batch))
    tell.do(
        "batch with one changed",
        lambda: client.log_batch(run, params=[Param("n", "1"), Param("x", "9")]),
    )
    tell.do(
        "batch that conflicts writes no metric and no tag",
        lambda: client.log_batch(
            run,
            params=[Param("x", "8")],
            metrics=[Metric("never", 1.0, 1, 0)],
            tags=[RunTag("never", "1")],
        ),
    )
    tell.do(
        "batch with a key twice",
        lambda: client.log_batch(run, params=[Param("d", "1"), Param("d", "1")]),
    )
    tell.do(
        "100 params",
        lambda: client.log_batch(run, params=[Param(f"h{i}", "1") for i in range(100)]),
    )
    tell.do("the run", lambda: client.get_run(run))


def metrics(tell):
    """Metrics: every double, every step, the latest rule, batches."""
    client = tell.client
    run = tell.run(tell.experiment("metrics"), 1)
    for name, value in {
        "one": 1, "tiny": 5e-324, "huge": 1.7976931348623157e308, "third": 1 / 3, "negative zero": -0.0,
        "nan": math.nan, "infinite": math.inf, "negative infinite": -math.inf, "big int": 2**53,
    }.items():  # fmt: skip
        tell.do(
            f"log {name}",
            lambda n=name, v=value: client.log_metric(run, n, v, timestamp=7, step=0),
        )
        tell.do(f"history of {name}", lambda n=name: client.get_metric_history(run, n))
    for key in ["a//b", "", "k" * 251, "../m", "m?"]:
        tell.do(
            f"log with key {key[:5]!r}",
            lambda key=key: client.log_metric(run, key, 1.0, timestamp=1),
        )
    tell.do("log with dots", lambda: client.log_metric(run, "acc.max", 0.75, timestamp=1))
    tell.do("log a bool", lambda: client.log_metric(run, "bool", True, timestamp=1))
    tell.do("log a word", lambda: client.log_metric(run, "word", "word", timestamp=1))
    tell.do("negative timestamp", lambda: client.log_metric(run, "m", 1.0, timestamp=-1))
    tell.do("into an unknown run", lambda: client.log_metric("0" * 32, "m", 1.0, timestamp=1))
    for step, timestamp, value in [
        (0, 100, 1.0), (5, 100, 5.0), (3, 200, 3.0), (-4, 900, 4.0), (5, 100, 4.0), (5, 100, 6.0),
        (2**40, 50, 7.0), (2**40, 50, 7.0), (-(2**40), 50, 8.0),
    ]:  # fmt: skip
        client.log_metric(run, "loss", value, timestamp=timestamp, step=step)
        tell.do(
            f"latest after ({step}, {timestamp}, {value}) no. {len(tell.answers)}",
            lambda: client.get_run(run).data.metrics["loss"],
        )
    tell.do("history", lambda: client.get_metric_history(run, "loss"))
    for value in (math.nan, 4.0, -4.0):
        client.log_metric(run, "unordered", value, timestamp=1, step=1)
    tell.do(
        "history of NaN among equals",
        lambda: [metric.value for metric in client.get_metric_history(run, "unordered")],
    )
    tell.do("history of an unknown key", lambda: client.get_metric_history(run, "nothing"))
    tell.do("history of an unknown run", lambda: client.get_metric_history("0" * 32, "loss"))
    for first, second in [
        (math.nan, -1.0),
        (-1.0, math.nan),
        (math.nan, 1.0),
        (1.0, math.nan),
        (math.inf, 1.0),
    ]:
        key = f"tie {first} {second}"
        client.log_metric(run, key, first, timestamp=1, step=1)
        client.log_metric(run, key, second, timestamp=1, step=1)
        tell.do(key, lambda key=key: client.get_run(run).data.metrics[key])
    thousand = [Metric(f"batch {i % 7}", i / 3, 1000 + i, i) for i in range(1000)]
    tell.do("batch of 1,000", lambda: client.log_batch(run, metrics=thousand))
    tell.do("batch history", lambda: client.get_metric_history(run, "batch 3"))
    tell.do("the same batch", lambda: client.log_batch(run, metrics=thousand))
    tell.do("batch history again", lambda: client.get_metric_history(run, "batch 3"))
    twice = [Metric("dup", 1.0, 1, 1)] * 2
    tell.do("one point twice in a batch", lambda: client.log_batch(run, metrics=twice))
    tell.do("one point", lambda: client.get_metric_history(run, "dup"))
    tell.do(
        "batch with a bad key stores nothing",
        lambda: client.log_batch(
            run, metrics=[Metric("fine", 1.0, 1, 1), Metric("a//b", 1.0, 1, 1)]
        ),
    )
    tell.do("empty batch", lambda: client.log_batch(run))
    tell.do("batch into an unknown run", lambda: client.log_batch("0" * 32, metrics=thousand[:1]))
    tell.do(
        "101 tags", lambda: client.log_batch(run, tags=[RunTag(f"t{i}", "1") for i in range(101)])
    )
    tell.do("the run", lambda: client.get_run(run))


def run_search(tell):
    """The grammar of run searches: each line of its table, each kind of error."""
    client = tell.client
    experiment, other = tell.experiment("search"), tell.experiment("search elsewhere")
    values = [0.5, 2.0, math.nan, None, math.inf, -math.inf, -1.0, 0.5]
    ids = []
    for number, value in enumerate(values):
        run = tell.run(
            experiment,
            number,
            tags={"mlflow.user": "Ada" if number % 2 else "bob", "i": str(number)},
        )
        ids.append(run)
        if value is not None:
            client.log_metric(run, "m", value, timestamp=1)
            client.log_metric(run, "acc.max", value, timestamp=1)
            client.log_metric(run, "x y", number, timestamp=1)
        client.log_param(run, "p", ["1", "10", "A", "a", "A_B", "AxB", "ä", "100%"][number])
        if number % 3:
            client.log_param(run, "train-data-path", f"data/{number}.csv")
            client.set_tag(run, "Key", "it's" if number == 1 else 'say "hi"')
            client.set_tag(run, "t.u", str(number))
    client.set_terminated(ids[1], "FINISHED", end_time=START + 77)
    client.set_terminated(ids[2], "FAILED", end_time=START + 78)
    client.delete_run(ids[7])
    for number, run in enumerate(ids[:3]):
        dataset = Dataset(
            f"data{number}", f"digest{number}", "local", "{}", schema="{}", profile="{}"
        )
        client.log_inputs(
            run,
            [
                DatasetInput(
                    dataset, [InputTag("mlflow.data.context", ["train", "eval", "test"][number])]
                )
            ],
        )
    elsewhere = tell.run(other, 50)

    def names(filter_string="", order_by=(), experiments=(experiment,), **options):
        found = client.search_runs(
            list(experiments), filter_string, order_by=list(order_by), **options
        )
        return [run.info.run_name for run in found]

    for text in [
        "", "metrics.m > 0.5", "metrics.m >= 0.5", "metrics.m < 0", "metrics.m <= -1", "metrics.m = 0.5",
        "metrics.m != 0.5", "metric.m = 2", "metrics.m = 2.0", "metrics.m = 2e0", "metrics.m > -1e400",
        "metrics.m > 1e400", "metrics.m < 1e308", "metrics.m > 0 AND metrics.m < 1", "metrics.m > 0 and metrics.m < 1",
        "metrics.acc.max > 0.5", "metrics.`acc.max` > 0.5", "metrics.`x y` > 1", 'metrics."x y" > 1',
        "METRICS.m > 0", "metrics.M > 0", "metrics.m > '0'", "metrics.m LIKE 'a'", "metrics.m IS NULL",
        "metrics.missing != 1", "metrics.m>0", "metrics.m   >   0",
        "params.p = 'A'", "params.p != 'A'", "param.p = 'A'", "parameters.p = 'A'", "parameter.p = 'A'",
        "params.p LIKE 'A%'", "params.p LIKE 'A_B'", "params.p ILIKE 'a%'", "params.p like 'a%'", "params.p ILIKE 'Ä'",
        "params.p LIKE '100%'", "params.p > '1'", "params.p = 1", "params.p IN ('1')", "params.missing = '1'",
        "params.missing != '1'", "params.`train-data-path` = 'data/1.csv'", 'params."train-data-path" = \'data/1.csv\'',
        "params.`train-data-path` IS NULL", "params.`train-data-path` IS NOT NULL", "params.`train-data-path` is null",
        "params.train-data-path = 'data/1.csv'", 'params.p = "A"',
        "tags.Key = \"it's\"", "tags.Key = 'say \"hi\"'", "tags.Key = 'it''s'", "tags.key = 'x'", "tag.i = '3'",
        "tags.i != '3'", "tags.i LIKE '%'", "tags.Key IS NULL", "tags.Key IS NOT NULL", "tags.t.u = '4'",
        "tags.`t.u` = '4'", "tags.mlflow.runName = 'run 2'", "tags.`mlflow.runName` = 'run 2'", "tags.i = 3",
        "tags.i IN ('1','2')", "tags.i NOT LIKE '1'",
        "status = 'FINISHED'", "status = 'finished'", "status != 'RUNNING'", "status LIKE 'F%'", "status ILIKE 'f%'",
        "attributes.status = 'FAILED'", "attribute.status = 'FAILED'", "attr.status = 'FAILED'", "run.status = 'FAILED'",
        "status IN ('FAILED')", "status > 'A'", "run_name = 'run 1'", "run_name LIKE 'run %'", "run_name ILIKE 'RUN 3'",
        "attributes.`Run name` = 'run 1'", "attributes.`run name` = 'run 1'", "`Run Name` = 'run 1'", "run_name != 'run 1'",
        "user_id = ''", "attributes.user_id LIKE '%'", "artifact_uri LIKE 'mlflow-artifacts:/%'",
        "start_time > 1000002", "attributes.start_time >= 1000002", "start_time = 1000003", "start_time < 1000002.5",
        "start_time > '1000002'", "created > 1000002", "Created > 1000002", "end_time > 0", "end_time = 1000077",
        "end_time != 1000077", "end_time < 5", "start_time IS NULL", "start_time LIKE '1'",
        "datasets.name = 'data1'", "dataset.name = 'data1'", "datasets.name != 'data1'", "datasets.name LIKE 'data%'",
        "datasets.name ILIKE 'DATA%'", "datasets.name IN ('data0', 'data2')", "datasets.name NOT IN ('data0')",
        "datasets.digest = 'digest2'", "datasets.context = 'train'", "dataset.context IN ('train', 'eval')",
        "datasets.name = 'data0' AND datasets.context = 'train'", "datasets.name = 'data0' AND datasets.context = 'eval'",
        "datasets.color = 'x'", "datasets.name > 'x'",
        "metrics.m > 0 AND params.p = 'A_B' AND tags.i = '4' AND status = 'RUNNING'",
        "color = 'x'", "name = 'x'", "experiment_id = '1'", "lifecycle_stage = 'active'", "wheels.m = 1",
        "metrics.m > 0 OR metrics.m < 0", "NOT metrics.m > 0", "(metrics.m > 0)", "metrics.m BETWEEN 0 AND 1",
        "metrics.m > 0;", "metrics.m == 0", "metrics.m <> 0", "1 < metrics.m", "metrics.m", "metrics.m >", "> 1",
        "metrics.m > 0AND params.p = 'A'", "   ", "params.p = 'A", "run_id IN ()", "run_id IN 'a'",
        "run_id = ''", "run_id LIKE '%'", "run_id IN ('a', 'b')", "metrics.m > 0 AND AND metrics.m < 1",
        "metrics.m ! 0", "params.p = A", "metrics.m > abc",
    ]:  # fmt: skip
        tell.do(f"filter {text}", lambda text=text: names(text))
    quoted = ", ".join(f"'{run}'" for run in ids[:3])
    tell.do("filter run_id IN", lambda: names(f"run_id IN ({quoted})"))
    tell.do(
        "filter attributes.run_id NOT IN", lambda: names(f"attributes.run_id NOT IN ({quoted})")
    )
    tell.do("filter run_id =", lambda: names(f"run_id = '{ids[3]}'"))
    tell.do("filter run_id !=", lambda: names(f"run_id != '{ids[3]}'"))
    tell.do(
        "a range of 60 clauses",
        lambda: names(" AND ".join(["metrics.m > -2"] * 30 + ["metrics.m < 3"] * 30)),
    )

    for order in [
        "metrics.m", "metrics.m ASC", "metrics.m DESC", "metrics.m desc", "metrics.missing DESC", "metrics.`acc.max` ASC",
        "metrics.acc.max DESC", "params.p", "params.p DESC", "params.`train-data-path` DESC", "tags.i DESC", "tags.Key",
        "start_time", "start_time DESC", "attributes.start_time ASC", "end_time ASC", "end_time DESC", "status ASC",
        "run_name DESC", "attribute.run_name", "created ASC", "Created DESC", "artifact_uri LIKE", "attributes.`Run name`",
        "lifecycle_stage", "datasets.name", "color", "metrics.m UP", "metrics.m ASC, params.p DESC", "metrics", "m",
        "", "metrics.m ASC NULLS LAST", "user_id",
    ]:  # fmt: skip
        tell.do(f"order by {order!r}", lambda order=order: names(order_by=[order]))
    tell.do("order by two", lambda: names(order_by=["status DESC", "metrics.m ASC"]))
    tell.do("order by ties", lambda: names(order_by=["user_id", "start_time ASC"]))
    views = ViewType.ACTIVE_ONLY, ViewType.DELETED_ONLY, ViewType.ALL
    tell.do("views", lambda: [names(run_view_type=view) for view in views])
    tell.do("two experiments", lambda: names(experiments=[experiment, other]))
    tell.do(
        "the other experiment",
        lambda: names(experiments=[other]) == [client.get_run(elsewhere).info.run_name],
    )
    tell.do("no experiments", lambda: names(experiments=[]))
    tell.do("an unknown experiment", lambda: names(experiments=["99999999"]))
    tell.do(
        "whole runs",
        lambda: client.search_runs([experiment], "tags.i != '7'", order_by=["start_time ASC"]),
    )

    def pages(**options):
        found, token = [], None
        while True:
            page = client.search_runs([experiment], max_results=3, page_token=token, **options)
            found.append([run.info.run_name for run in page])
            token = page.token
            if not token:
                return found

    tell.do("all pages", pages)
    tell.do("all pages by metric", lambda: pages(order_by=["metrics.m DESC"]))
    tell.do("all pages by param", lambda: pages(order_by=["params.`train-data-path` ASC"]))
    tell.do("a page as long as the result", lambda: client.search_runs([other], max_results=1))
    for limit in (-1, 0, 1, 50_000, 50_001):
        tell.do(f"max_results {limit}", lambda limit=limit: names(max_results=limit))
    tell.do("rubbish page token", lambda: names(page_token="rubbish"))
    tell.do(
        "as a table",
        lambda: mlflow.search_runs([experiment], "metrics.m > 0", order_by=["metrics.m ASC"])[
            [
                "status",
                "metrics.m",
                "params.p",
                "tags.i",
                "tags.mlflow.user",
                "params.train-data-path",
            ]
        ],
    )
    tell.do(
        "as a list by experiment name",
        lambda: [
            run.info.run_name
            for run in mlflow.search_runs(
                experiment_names=[f"{tell.prefix}search"], output_format="list", max_results=2
            )
        ],
    )


def datasets(tell):
    """Datasets as inputs of runs."""
    client = tell.client
    experiment = tell.experiment("datasets")
    one, two = tell.run(experiment, 1), tell.run(experiment, 2)

    def given(name="flights", digest="abc", context="train", **options):
        dataset = Dataset(name, digest, "local", '{"uri": "x.csv"}', **options)
        return [DatasetInput(dataset, [InputTag("mlflow.data.context", context)])]

    tell.do(
        "log", lambda: client.log_inputs(one, given(schema='{"a": 1}', profile='{"num_rows": 2}'))
    )
    tell.do("log again with another tag", lambda: client.log_inputs(one, given(context="eval")))
    tell.do("log another", lambda: client.log_inputs(one, given(digest="def", context="eval")))
    tell.do("log into another run", lambda: client.log_inputs(two, given(context="test")))
    tell.do("log with a long digest", lambda: client.log_inputs(two, given(digest="d" * 37)))
    tell.do("log with a long name", lambda: client.log_inputs(two, given(name="d" * 501)))
    tell.do("log into an unknown run", lambda: client.log_inputs("0" * 32, given()))
    tell.do("first run", lambda: client.get_run(one))
    tell.do("second run", lambda: client.get_run(two))
    tell.do(
        "found with the run", lambda: client.search_runs([experiment], order_by=["start_time ASC"])
    )
    with mlflow.start_run(experiment_id=experiment, run_name="fluent") as run:
        frame = pd.DataFrame({"x": [1, 2, 3], "y": [0.5, 0.25, None]})
        table = mlflow.data.from_pandas(
            frame, source="https://example.org/table.csv", name="table", targets="y"
        )
        tell.do("log_input", lambda: mlflow.log_input(table, context="training"))
    tell.do(
        "run with log_input",
        lambda: client.get_run(run.info.run_id).inputs.dataset_inputs[0].dataset.name,
    )
    tell.do(
        "its digest",
        lambda: client.get_run(run.info.run_id).inputs.dataset_inputs[0].dataset.digest,
    )


def artifacts(tell):
    """Artifacts of every kind, up and down."""
    client, folder = tell.client, tell.folder
    experiment = tell.experiment("artifacts")
    run = tell.run(experiment, 1)
    (folder / "tree/deep/er").mkdir(parents=True)
    (folder / "tree/a.txt").write_text("a", encoding="utf-8")
    (folder / "tree/deep/b.bin").write_bytes(bytes(range(256)))
    (folder / "tree/deep/er/empty").write_bytes(b"")
    for name in [
        "plain.txt",
        "with space.txt",
        "umläut ✓.txt",
        "50%25.txt",
        "a+b&c=d.txt",
        "semi;colon,.txt",
        ".hidden",
    ]:
        (folder / name).write_text(name, encoding="utf-8")
        tell.do(f"log {name}", lambda name=name: client.log_artifact(run, folder / name))
    tell.do("log under a path", lambda: client.log_artifact(run, folder / "plain.txt", "sub/path"))
    tell.do(
        "log a folder by log_artifact", lambda: client.log_artifact(run, folder / "tree", "as")
    )
    tell.do("log_artifacts", lambda: client.log_artifacts(run, folder / "tree", "tree"))
    tell.do("log_artifacts to the root", lambda: client.log_artifacts(run, folder / "tree"))
    tell.do("log what is not there", lambda: client.log_artifact(run, folder / "missing"))
    tell.do("log over an artifact", lambda: client.log_text(run, "second", "plain.txt"))
    tell.do("log_text", lambda: client.log_text(run, "größer\n", "texts/t.txt"))
    tell.do("log_dict", lambda: client.log_dict(run, {"a": [1, {"b": None}]}, "d.json"))
    tell.do("log_dict yaml", lambda: client.log_dict(run, {"a": [1, {"b": None}]}, "d.yaml"))
    tell.do(
        "log_table", lambda: client.log_table(run, {"x": [1, 2], "y": ["a", "b"]}, "table.json")
    )
    tell.do("log_table more", lambda: client.log_table(run, {"x": [3], "y": ["c"]}, "table.json"))
    tell.do(
        "log_image",
        lambda: client.log_image(run, np.zeros((4, 4, 3), dtype=np.uint8), "images/black.png"),
    )
    tell.do("log_figure", lambda: client.log_figure(run, figure(), "plots/line.png"))
    tell.do("climb out", lambda: client.log_artifact(run, folder / "plain.txt", "../../x"))
    tell.do("list", lambda: listing(client, run))
    for path in ("tree", "tree/deep", "texts", "texts/t.txt", "missing", "sub", "../x", "/etc"):
        tell.do(f"list {path}", lambda path=path: listing(client, run, path))
    target = folder / "down"
    for path in (
        "plain.txt", "with space.txt", "umläut ✓.txt", "a+b&c=d.txt", "semi;colon,.txt", ".hidden", "texts/t.txt",
        "d.json", "d.yaml", "table.json", "tree/deep/b.bin", "tree/deep/er/empty",
    ):  # fmt: skip
        tell.do(
            f"download {path}",
            lambda path=path: Path(
                client.download_artifacts(run, path, fresh(target))
            ).read_bytes(),
        )
    tell.do(
        "download a folder",
        lambda: files_below(client.download_artifacts(run, "tree", fresh(target))),
    )
    tell.do(
        "download everything",
        lambda: sorted(files_below(client.download_artifacts(run, "", fresh(target)))),
    )
    tell.do(
        "download what is not there",
        lambda: client.download_artifacts(run, "missing", fresh(target)),
    )
    tell.do(
        "download from an unknown run",
        lambda: client.download_artifacts("0" * 32, "x", fresh(target)),
    )
    uri = f"runs:/{run}"
    tell.do("load_text", lambda: mlflow.artifacts.load_text(f"{uri}/texts/t.txt"))
    tell.do("load_dict", lambda: mlflow.artifacts.load_dict(f"{uri}/d.json"))
    tell.do("load_image", lambda: mlflow.artifacts.load_image(f"{uri}/images/black.png").size)
    tell.do("load_table", lambda: client.load_table(experiment, "table.json"))
    tell.do(
        "load_table of one run", lambda: client.load_table(experiment, "table.json", run_ids=[run])
    )
    tell.do(
        "tags of the tables", lambda: client.get_run(run).data.tags.get("mlflow.loggedArtifacts")
    )
    tell.do(
        "by run id",
        lambda: Path(
            mlflow.artifacts.download_artifacts(run_id=run, artifact_path="d.json")
        ).read_text(),
    )
    located = client.create_experiment(
        f"{tell.prefix}located", artifact_location=f"mlflow-artifacts:/at/{tell.prefix}"
    )
    there = tell.run(located, 1)
    tell.do("log at a location", lambda: client.log_text(there, "x", "x.txt"))
    tell.do("list at a location", lambda: listing(client, there))
    tell.do("root at a location", lambda: client.get_run(there).info.artifact_uri)


def fluent(tell):
    """The module's own functions around an active run."""
    name = f"{tell.prefix}fluent"
    tell.do("set_experiment", lambda: mlflow.set_experiment(name))
    tell.do("set_experiment again", lambda: mlflow.set_experiment(name).experiment_id)
    tell.do(
        "set by id",
        lambda: mlflow.set_experiment(
            experiment_id=mlflow.get_experiment_by_name(name).experiment_id
        ),
    )
    with mlflow.start_run(
        run_name="parent", description="about", tags={"developer": "ada"}
    ) as parent:
        tell.do("active", lambda: mlflow.active_run().info.run_id == parent.info.run_id)
        mlflow.log_param("alpha", 0.1)
        mlflow.log_params({"a": 1, "b": None, "train-data-path": "x"})
        mlflow.log_metric("rmse", 7.5, step=3)
        mlflow.log_metrics({"mae": 1.0, "r2": math.nan}, step=4)
        mlflow.set_tag("model", "lasso")
        mlflow.set_tags({"x": 1, "y": "z"})
        mlflow.log_text("hi", "hi.txt")
        tell.do("artifact uri", lambda: mlflow.get_artifact_uri("hi.txt"))
        tell.do("second start", mlflow.start_run)
        with mlflow.start_run(nested=True, run_name="child") as child:
            mlflow.log_metric("rmse", 7.0)
        tell.do("parent of child", lambda: mlflow.get_parent_run(child.info.run_id).info.run_name)
    tell.do("ended", lambda: mlflow.get_run(parent.info.run_id))
    tell.do("child", lambda: mlflow.get_run(child.info.run_id))
    tell.do("last active", lambda: mlflow.last_active_run().info.run_name)
    try:
        with mlflow.start_run(run_name="failing") as failing:
            int("on purpose")
    except ValueError:
        tell.do("failed", lambda: mlflow.get_run(failing.info.run_id).info.status)
    with mlflow.start_run(run_id=parent.info.run_id):
        mlflow.log_metric("late", 1.0)
        tell.do("resumed", lambda: mlflow.get_run(parent.info.run_id).info.status)
    tell.do("resumed and ended", lambda: mlflow.get_run(parent.info.run_id))
    tell.do("resume unknown", lambda: mlflow.start_run(run_id="0" * 32))
    mlflow.end_run()
    tell.do("children", lambda: names_of(mlflow.search_runs(
        filter_string=f"tags.mlflow.parentRunId = '{parent.info.run_id}'", output_format="list")))  # fmt: skip
    mlflow.delete_run(child.info.run_id)
    tell.do(
        "without the deleted", lambda: sorted(names_of(mlflow.search_runs(output_format="list")))
    )
    tell.do("experiment tag", lambda: mlflow.set_experiment_tag("k", "v"))
    tell.do("experiment tags", lambda: mlflow.get_experiment_by_name(name).tags)
    tell.do(
        "search_experiments",
        lambda: [e.name for e in mlflow.search_experiments(filter_string=f"name = '{name}'")],
    )


# --- small pieces -------------------------------------------------------------------------


def figure():
    """A small plot."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib.figure import Figure

    drawing = Figure()
    drawing.subplots().plot([1, 2, 3])
    return drawing


def listing(client, run, path=None):
    """What a folder of artifacts shows; a drawing's size depends on fonts, so it is left out."""
    return [
        (item.path, item.is_dir, None if item.path.endswith(".png") else item.file_size)
        for item in client.list_artifacts(run, path)
    ]


def fresh(folder):
    """A new, empty folder to download into."""
    folder.mkdir(exist_ok=True)
    return tempfile.mkdtemp(dir=folder)


def files_below(folder):
    """Paths of all files below a folder and their sizes, drawings without."""
    root = Path(folder)
    return {
        str(path.relative_to(root)): None if path.suffix == ".png" else path.stat().st_size
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def names_of(found):
    """The names of runs."""
    return [run.info.run_name for run in found]


JOURNEYS = (
    experiments, experiment_search, runs, params, metrics, run_search, datasets, artifacts, fluent,
    *registry_steps.JOURNEYS,
)  # fmt: skip


def main():
    """Tell all journeys to one server."""
    uri, prefix, target = sys.argv[1:]
    mlflow.set_tracking_uri(uri)
    os.environ["MLFLOW_TRACKING_URI"] = uri
    tell = Teller(prefix)
    for journey in JOURNEYS:
        tell.journey = journey.__name__
        journey(tell)
    Path(target).write_text(
        json.dumps({"version": mlflow.__version__, "answers": tell.answers}, indent=1),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
