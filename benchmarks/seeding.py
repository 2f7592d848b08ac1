"""Stores full of runs to search in: the same runs for us, for MLflow and for FastTrackML.

Each run has 20 params, 20 metrics of one point, 5 tags and a name. Ours and MLflow's are written
by bulk SQL in the program's own schema, indexes built afterwards, since through their clients
100,000 runs would take minutes and hours; `check` compares a small store of ours with one that
our own store wrote. The points of metrics are left out: no search reads them. FastTrackML is
told over HTTP.
"""

from __future__ import annotations

import json
import random
import sqlite3
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

START_MS = 1_700_000_000_000
WORDS = [
    "night",
    "day",
    "baseline",
    "sweep",
    "final",
    "debug",
    "warm",
    "cold",
    "long",
    "short",
    "deep",
    "wide",
    "tiny",
    "huge",
    "first",
    "second",
    "third",
    "fourth",
    "last",
    "best",
]
OPTIMIZERS = ["a", "b", "c", "d", "e", "f", "g", "x", "y", "z"]


@dataclass(frozen=True, slots=True)
class Shape:
    """How many of what an experiment has."""

    runs: int
    metrics: int = 20
    params: int = 20
    tags: int = 5


@dataclass(frozen=True, slots=True)
class SeededRun:
    """One run to be written."""

    run_id: str
    name: str
    start_time: int
    metrics: list[float]
    params: list[str]
    tags: list[str]


def runs_of(shape: Shape, seed: int = 0) -> Iterator[SeededRun]:
    """The runs of an experiment, always the same.

    The first param is different in each run, the second one of ten letters; the first tag is a
    sentence that holds `night` in one of twenty runs.
    """
    chance = random.Random(seed)
    for number in range(shape.runs):
        noise = [chance.random() for _ in range(shape.metrics)]
        params = [f"{chance.random():.6f}", chance.choice(OPTIMIZERS)]
        params += [str(chance.choice((16, 32, 64, 128))) for _ in range(shape.params - 2)]
        word = chance.choice(WORDS)
        tags = [f"the {word} run of team {number % 7}"]
        tags += [f"value {number % (place + 2)}" for place in range(1, shape.tags)]
        yield SeededRun(
            f"{seed:08x}{number:024x}",
            f"run-{number}",
            START_MS + 1000 * number,
            noise,
            params[: shape.params],
            tags,
        )


class Target:
    """A database that rows are poured into: SQLite or PostgreSQL, whatever the schema."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite")
        if self.is_sqlite:
            self._connection: Any = sqlite3.connect(url.removeprefix("sqlite:///"))
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.execute("PRAGMA cache_size = -500000")
        else:
            import psycopg

            self._connection = psycopg.connect(url)
            self._connection.execute("SET maintenance_work_mem = '512MB'")

    def pour(self, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert many rows."""
        listed = ", ".join(columns)
        if self.is_sqlite:
            marks = ", ".join("?" * len(columns))
            sql = f"INSERT INTO {table} ({listed}) VALUES ({marks})"
            self._connection.executemany(sql, rows)
            return
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def ask(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query; placeholders are question marks."""
        if not self.is_sqlite:
            sql = sql.replace("?", "%s")
        cursor = self._connection.execute(sql, params)
        return cursor.fetchall() if cursor.description else []

    def drop_indexes(self, tables: Sequence[str]) -> list[str]:
        """Remove the indexes of some tables; answers how to build them again."""
        if self.is_sqlite:
            marks = ", ".join("?" * len(tables))
            found = self.ask(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL "
                f"AND tbl_name IN ({marks})",
                tables,
            )
        else:
            found = self.ask(
                "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(?) AND "
                "indexname NOT IN (SELECT conname FROM pg_constraint)",
                (list(tables),),
            )
        for name, _ in found:
            self.ask(f"DROP INDEX {name}")
        return [sql for _, sql in found]

    def finish(self, indexes: Sequence[str]) -> None:
        """Build indexes, let PostgreSQL's autovacuum have been here, and close."""
        for sql in indexes:
            self.ask(sql)
        self._connection.commit()
        if not self.is_sqlite:
            self._connection.autocommit = True
            self.ask("VACUUM ANALYZE")
        self._connection.close()


OUR_TABLES = ("runs", "params", "tags", "metric_summaries")
_SUMMARY = [
    "run",
    "key",
    "last_value",
    "last_step",
    "last_timestamp",
    "first_value",
    "first_step",
    "first_timestamp",
    "min_value",
    "min_step",
    "max_value",
    "max_step",
    "total",
    "nan_count",
    "point_count",
]


def seed_ours(url: str, experiments: Sequence[tuple[str, Shape]]) -> None:
    """Fill a store of ours, made here, with an experiment for each name and shape."""
    from epochal.sql.database import open_database

    open_database(url).close()
    target = Target(url)
    indexes = target.drop_indexes(OUR_TABLES)
    run = 0
    for experiment, (name, shape) in enumerate(experiments, 1):
        target.pour(
            "experiments",
            ("id", "name", "artifact_location", "lifecycle_stage", "creation_time"),
            [(experiment, name, f"mlflow-artifacts:/{experiment}", "active", START_MS)],
        )
        keys = _seed_keys(target, experiment, shape)
        batch: list[tuple[int, SeededRun]] = []
        for seeded in runs_of(shape, experiment):
            run += 1
            batch.append((run, seeded))
            if len(batch) == 2000:
                _seed_runs(target, experiment, keys, batch)
                batch = []
        _seed_runs(target, experiment, keys, batch)
    if not target.is_sqlite:
        for table in ("runs", "experiments", "keys"):
            target.ask(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
                f"(SELECT max(id) FROM {table}))"
            )
    target.finish(indexes)


def _seed_keys(target: Target, experiment: int, shape: Shape) -> dict[str, list[int]]:
    first = (target.ask("SELECT coalesce(max(id), 0) FROM keys")[0][0] or 0) + 1
    names = [("t", "mlflow.runName")]
    names += [("p", f"p{place}") for place in range(shape.params)]
    names += [("m", f"m{place}") for place in range(shape.metrics)]
    names += [("t", f"t{place}") for place in range(shape.tags)]
    rows = [(first + place, experiment, kind, name) for place, (kind, name) in enumerate(names)]
    target.pour("keys", ("id", "experiment", "kind", "name"), rows)
    return {kind: [row[0] for row in rows if row[2] == kind] for kind in "mpt"}


def _seed_runs(
    target: Target,
    experiment: int,
    keys: dict[str, list[int]],
    batch: Sequence[tuple[int, SeededRun]],
) -> None:
    target.pour(
        "runs",
        [
            "id",
            "run_id",
            "experiment",
            "name",
            "user_id",
            "status",
            "start_time",
            "end_time",
            "lifecycle_stage",
            "artifact_uri",
        ],
        [
            (
                *(run, one.run_id, experiment, one.name, "ada", "FINISHED", one.start_time),
                *(one.start_time + 60_000, "active"),
                f"mlflow-artifacts:/{experiment}/{one.run_id}/artifacts",
            )
            for run, one in batch
        ],
    )
    target.pour(
        "params",
        ("run", "key", "value"),
        (
            (run, key, value)
            for run, one in batch
            for key, value in zip(keys["p"], one.params, strict=True)
        ),
    )
    target.pour(
        "tags",
        ("run", "key", "value"),
        (
            (run, key, value)
            for run, one in batch
            for key, value in zip(keys["t"], [one.name, *one.tags], strict=True)
        ),
    )
    target.pour(
        "metric_summaries",
        _SUMMARY,
        (
            (run, key, *(value, 0, one.start_time) * 2, value, 0, value, 0, value, 0, 1)
            for run, one in batch
            for key, value in zip(keys["m"], one.metrics, strict=True)
        ),
    )


def seed_by_store(url: str, name: str, shape: Shape) -> None:
    """Fill a store of ours as users do: through its own classes, run by run."""
    from epochal.entities import Metric, Points
    from epochal.ports.tracking import NewExperiment, NewRun, RunChanges, RunLog
    from epochal.sql.database import open_database
    from epochal.sql.store import SqlStore

    store = SqlStore(open_database(url))
    made = store.create_experiment(NewExperiment(name, "mlflow-artifacts:", START_MS))
    for one in runs_of(shape, int(made.experiment_id)):
        start = one.start_time
        store.create_run(NewRun(one.run_id, made.experiment_id, one.name, "ada", start))
        params = {f"p{place}": value for place, value in enumerate(one.params)}
        tags = {f"t{place}": value for place, value in enumerate(one.tags)}
        points = [Metric(f"m{place}", value, start) for place, value in enumerate(one.metrics)]
        store.log(RunLog(one.run_id, Points.of(points), params, tags)).result()
        changes = RunChanges(status="FINISHED", end_time=start + 60_000)
        store.update_run(one.run_id, changes)
    store.close()


def seed_mlflow(url: str, name: str, shape: Shape) -> None:
    """Fill a store that MLflow itself has made; its experiment is 1."""
    target = Target(url)
    indexes = target.drop_indexes(("runs", "params", "tags", "latest_metrics", "metrics"))
    target.pour(
        "experiments",
        [
            "experiment_id",
            "name",
            "artifact_location",
            "lifecycle_stage",
            "creation_time",
            "last_update_time",
        ],
        [(1, name, "mlflow-artifacts:/1", "active", START_MS, START_MS)],
    )
    listed = list(runs_of(shape, 1))
    target.pour(
        "runs",
        [
            "run_uuid",
            "name",
            "source_type",
            "source_name",
            "entry_point_name",
            "user_id",
            "status",
            "start_time",
            "end_time",
            "deleted_time",
            "source_version",
            "lifecycle_stage",
            "artifact_uri",
            "experiment_id",
        ],
        (
            (
                *(one.run_id, one.name, "UNKNOWN", "", "", "ada", "FINISHED", one.start_time),
                *(one.start_time + 60_000, None, "", "active"),
                *(f"mlflow-artifacts:/1/{one.run_id}/artifacts", 1),
            )
            for one in listed
        ),
    )
    target.pour(
        "params",
        ("key", "value", "run_uuid"),
        ((f"p{i}", v, one.run_id) for one in listed for i, v in enumerate(one.params)),
    )
    target.pour(
        "tags",
        ("key", "value", "run_uuid"),
        (
            (key, value, one.run_id)
            for one in listed
            for key, value in [
                ("mlflow.runName", one.name),
                *((f"t{place}", text) for place, text in enumerate(one.tags)),
            ]
        ),
    )
    no = 0 if target.is_sqlite else False
    target.pour(
        "latest_metrics",
        ("key", "value", "timestamp", "step", "is_nan", "run_uuid"),
        (
            (f"m{i}", v, one.start_time, 0, no, one.run_id)
            for one in listed
            for i, v in enumerate(one.metrics)
        ),
    )
    target.finish(indexes)


def seed_over_http(port: int, name: str, shape: Shape) -> str:
    """Fill a server that speaks MLflow's wire, request by request; answers the experiment."""

    def post(path: str, **body: Any) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/2.0/mlflow/{path}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    experiment = post("experiments/create", name=name)["experiment_id"]
    for one in runs_of(shape, 1):
        start = one.start_time
        made = post("runs/create", experiment_id=experiment, start_time=start, run_name=one.name)
        post(
            "runs/log-batch",
            run_id=made["run"]["info"]["run_id"],
            params=[{"key": f"p{i}", "value": v} for i, v in enumerate(one.params)],
            tags=[{"key": f"t{i}", "value": v} for i, v in enumerate(one.tags)],
            metrics=[
                {"key": f"m{i}", "value": v, "timestamp": start, "step": 0}
                for i, v in enumerate(one.metrics)
            ],
        )
    return str(experiment)
