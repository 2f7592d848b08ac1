"""Runs: their rows, their lives, and whole pages of them put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.entities import Run, RunData, RunInfo, RunInputs
from epochal.errors import NotActiveError, NotFoundError
from epochal.sql import datasets
from epochal.sql.experiments import find_active_location
from epochal.sql.keys import intern
from epochal.sql.metrics import latest_metrics
from epochal.sql.texts import key_names, read_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.entities import LifecycleStage
    from epochal.ports.tracking import NewRun, RunChanges
    from epochal.sql.database import Connection

RUN_NAME_TAG = "mlflow.runName"
_COLUMNS = (
    "run_id, experiment, name, user_id, status, start_time, end_time, artifact_uri, "
    "lifecycle_stage"
)


def create_run(connection: Connection, new: NewRun) -> Run:
    """Repeating it answers the run that is there. Raises NotFoundError, NotActiveError."""
    present = find_number(connection, new.run_id)
    if present is not None:
        return load_runs(connection, [present])[0]
    experiment, location = find_active_location(connection, new.experiment_id)
    artifact_uri = f"{location}/{new.run_id}/artifacts"
    row = connection.execute(
        "INSERT INTO runs (run_id, experiment, name, user_id, status, start_time, "
        "lifecycle_stage, artifact_uri) VALUES (?, ?, ?, ?, 'RUNNING', ?, 'active', ?) "
        "ON CONFLICT DO NOTHING RETURNING id",
        (new.run_id, experiment, new.run_name, new.user_id, new.start_time, artifact_uri),
    ).first()
    if row is None:  # another process was faster by a moment
        return get_run(connection, new.run_id)
    tags = {**new.tags, RUN_NAME_TAG: new.run_name}
    set_tags(connection, row[0], experiment, tags)
    info = RunInfo(
        new.run_id,
        str(experiment),
        new.run_name,
        new.user_id,
        "RUNNING",
        new.start_time,
        None,
        artifact_uri,
    )
    return Run(info, RunData(tags=tags))


def get_run(connection: Connection, run_id: str) -> Run:
    """Deleted ones too. Raises NotFoundError."""
    number = find_number(connection, run_id)
    if number is None:
        raise NotFoundError("run", run_id)
    return load_runs(connection, [number])[0]


def update_run(connection: Connection, run_id: str, changes: RunChanges) -> tuple[int, RunInfo]:
    """The run's number and what it is now. Raises NotFoundError, NotActiveError."""
    number, experiment = find_active_run(connection, run_id)
    row = connection.execute(
        "UPDATE runs SET status = coalesce(?, status), end_time = coalesce(?, end_time), "
        f"name = coalesce(?, name) WHERE id = ? RETURNING {_COLUMNS}",
        (changes.status, changes.end_time, changes.run_name, number),
    )[0]
    if changes.run_name is not None:
        set_tags(connection, number, experiment, {RUN_NAME_TAG: changes.run_name})
    return number, _info(row)


def set_run_stage(connection: Connection, run_id: str, stage: LifecycleStage, now_ms: int) -> None:
    """Idempotent. Raises NotFoundError."""
    changed = connection.execute(
        "UPDATE runs SET lifecycle_stage = ?, deleted_time = ? "
        "WHERE run_id = ? AND lifecycle_stage <> ?",
        (stage, now_ms if stage == "deleted" else None, run_id, stage),
    )
    if not changed.rowcount and find_number(connection, run_id) is None:
        raise NotFoundError("run", run_id)


def find_deleted(connection: Connection, before_ms: int) -> list[RunInfo]:
    """The runs that were deleted before an instant, the oldest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM runs WHERE lifecycle_stage = 'deleted' AND deleted_time < ? "
        "ORDER BY deleted_time, id",
        (before_ms,),
    )
    return [_info(row) for row in rows]


def set_tags(connection: Connection, run: int, experiment: int, tags: Mapping[str, str]) -> None:
    """Upsert tags of a run; the run's row is left as it is."""
    keys = intern(connection, experiment, "t", tags)
    # In the order of keys: two processes that set the same tags then queue and never deadlock.
    rows = sorted((run, key, value) for key, value in zip(keys, tags.values(), strict=True))
    connection.executemany(
        "INSERT INTO tags (run, key, value) VALUES (?, ?, ?) "
        "ON CONFLICT (run, key) DO UPDATE SET value = excluded.value",
        rows,
    )


def delete_tag(connection: Connection, run_id: str, key: str) -> None:
    """Raises NotFoundError when the run or its tag is absent, NotActiveError."""
    number, experiment = find_active_run(connection, run_id)
    gone = connection.execute(
        "DELETE FROM tags WHERE run = ? AND key = "
        "(SELECT id FROM keys WHERE experiment = ? AND kind = 't' AND name = ?)",
        (number, experiment, key),
    )
    if not gone.rowcount:
        raise NotFoundError(f"tag of run {run_id}", key)


def find_number(connection: Connection, run_id: str) -> int | None:
    """The number of a run, or None."""
    row = connection.execute("SELECT id FROM runs WHERE run_id = ?", (run_id,)).first()
    return row[0] if row else None


def find_active_run(connection: Connection, run_id: str) -> tuple[int, int]:
    """The numbers of an active run and its experiment. Raises NotFoundError, NotActiveError."""
    row = connection.execute(
        "SELECT id, experiment, lifecycle_stage FROM runs WHERE run_id = ?", (run_id,)
    ).first()
    if row is None:
        raise NotFoundError("run", run_id)
    if row[2] != "active":
        raise NotActiveError("run", run_id)
    return row[0], row[1]


def load_runs(connection: Connection, numbers: Sequence[int]) -> list[Run]:
    """Whole runs in the order given, by a fixed number of statements however many they are."""
    if not numbers:
        return []
    dialect = connection.dialect
    rows = connection.execute(
        f"SELECT id, {_COLUMNS} FROM runs WHERE {dialect.among('id')}", (dialect.many(numbers),)
    )
    infos = {row[0]: _info(row[1:]) for row in rows}
    latest = latest_metrics(connection, numbers)
    params = _load_texts(connection, "params", numbers)
    tags = _load_texts(connection, "tags", numbers)
    inputs = datasets.load_inputs(connection, numbers)
    return [
        Run(
            infos[number],
            RunData(latest.get(number, []), params.get(number, {}), tags.get(number, {})),
            RunInputs(inputs.get(number, [])),
        )
        for number in numbers
        if number in infos
    ]


def _load_texts(
    connection: Connection, table: str, numbers: Sequence[int]
) -> dict[int, dict[str, str]]:
    """Params or tags of runs, in the order in which their experiment met the keys."""
    rows = list(read_texts(connection, table, numbers))
    names = key_names(connection, {key for keys in {row[1] for row in rows} for key in keys})
    spelled: dict[tuple[int, ...], list[str]] = {}
    found: dict[int, dict[str, str]] = {}
    for run, keys, values in rows:
        own = spelled.get(keys)
        if own is None:
            own = spelled[keys] = [names[key] for key in keys]
        found[run] = dict(zip(own, values, strict=True))
    return found


def _info(row: tuple[Any, ...]) -> RunInfo:
    run_id, experiment, name, user_id, status, start, end, artifact_uri, stage = row
    return RunInfo(run_id, str(experiment), name, user_id, status, start, end, artifact_uri, stage)
