"""Experiments and their tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.entities import DatasetSummary, Experiment
from epochal.entities.dataset import CONTEXT_TAG
from epochal.errors import AlreadyExistsError, NotActiveError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from epochal.entities import LifecycleStage
    from epochal.ports.tracking import NewExperiment
    from epochal.sql.database import Connection

MAX_DATASETS = 1000
_LARGEST_ID = 2**63 - 1
_COLUMNS = "id, name, artifact_location, lifecycle_stage, creation_time, last_update_time"
_SET_TAG = (
    "INSERT INTO experiment_tags (experiment, key, value) VALUES (?, ?, ?) "
    "ON CONFLICT (experiment, key) DO UPDATE SET value = excluded.value"
)


def create_experiment(connection: Connection, new: NewExperiment) -> Experiment:
    """Raises AlreadyExistsError, also when a deleted experiment holds the name."""
    row = connection.execute(
        "INSERT INTO experiments "
        "(name, artifact_location, lifecycle_stage, creation_time, last_update_time) "
        "VALUES (?, ?, 'active', ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        (new.name, new.artifact_location or "", new.created_ms, new.created_ms),
    ).first()
    if row is None:
        raise _name_taken(connection, new.name)
    number: int = row[0]
    location = new.artifact_location
    if location is None:
        location = f"{new.artifact_root}/{number}"
        connection.execute(
            "UPDATE experiments SET artifact_location = ? WHERE id = ?", (location, number)
        )
    connection.executemany(_SET_TAG, [(number, *tag) for tag in new.tags.items()])
    return Experiment(
        str(number),
        new.name,
        location,
        creation_time=new.created_ms,
        last_update_time=new.created_ms,
        tags=dict(new.tags),
    )


def get_experiment(connection: Connection, experiment_id: str) -> Experiment:
    """Deleted ones too. Raises NotFoundError."""
    found = load_experiments(connection, parse_ids([experiment_id]))
    if not found:
        raise NotFoundError("experiment", experiment_id)
    return found[0]


def find_experiment_by_name(connection: Connection, name: str) -> Experiment | None:
    """Deleted ones too."""
    rows = connection.execute(
        "SELECT id FROM experiments WHERE workspace = 'default' AND name = ?", (name,)
    )
    found = load_experiments(connection, [row[0] for row in rows])
    return found[0] if found else None


def load_experiments(connection: Connection, ids: Sequence[int]) -> list[Experiment]:
    """The experiments with these numbers, in their order; unknown ones are left out."""
    if not ids:
        return []
    dialect = connection.dialect
    listed = (dialect.many(ids),)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM experiments WHERE {dialect.among('id')}", listed
    )
    tags: dict[int, dict[str, str]] = {row[0]: {} for row in rows}
    for experiment, key, value in connection.execute(
        "SELECT experiment, key, value FROM experiment_tags WHERE "
        f"{dialect.among('experiment')} ORDER BY experiment, key",
        listed,
    ):
        tags[experiment][key] = value
    made = {row[0]: _experiment(row, tags[row[0]]) for row in rows}
    return [made[number] for number in ids if number in made]


def count_runs(connection: Connection, experiment_ids: Sequence[str]) -> dict[str, int]:
    """How many active runs each of some experiments has."""
    rows = connection.execute(
        "SELECT experiment, count(*) FROM runs WHERE "
        f"{connection.dialect.among('experiment')} AND lifecycle_stage = 'active' "
        "GROUP BY experiment",
        (connection.dialect.many(parse_ids(experiment_ids)),),
    )
    found = {str(number): count for number, count in rows}
    return {given: found.get(given, 0) for given in experiment_ids}


def rename_experiment(connection: Connection, experiment_id: str, name: str, now_ms: int) -> None:
    """Raises NotFoundError, NotActiveError, AlreadyExistsError."""
    number, old_name = find_active(connection, experiment_id)
    if name == old_name:
        return
    _lock_names(connection)
    taken = connection.execute(
        "SELECT id FROM experiments WHERE workspace = 'default' AND name = ?", (name,)
    )
    if taken:
        raise _name_taken(connection, name)
    connection.execute(
        "UPDATE experiments SET name = ?, last_update_time = ? WHERE id = ?",
        (name, now_ms, number),
    )


def set_experiment_stage(
    connection: Connection, experiment_id: str, stage: LifecycleStage, now_ms: int
) -> None:
    """Move to `stage`, all runs along. Raises NotFoundError if absent or there already."""
    for number in parse_ids([experiment_id]):
        changed = connection.execute(
            "UPDATE experiments SET lifecycle_stage = ?, last_update_time = ? "
            "WHERE id = ? AND lifecycle_stage <> ?",
            (stage, now_ms, number, stage),
        )
        if changed.rowcount:
            connection.execute(
                "UPDATE runs SET lifecycle_stage = ?, deleted_time = ? "
                "WHERE experiment = ? AND lifecycle_stage <> ?",
                (stage, now_ms if stage == "deleted" else None, number, stage),
            )
            return
    opposite = "active" if stage == "deleted" else "deleted"
    raise NotFoundError(f"{opposite} experiment", experiment_id)


def set_experiment_tag(connection: Connection, experiment_id: str, key: str, value: str) -> None:
    """Upsert. Raises NotFoundError, NotActiveError."""
    number, _ = find_active(connection, experiment_id)
    connection.execute(_SET_TAG, (number, key, value))


def delete_experiment_tag(connection: Connection, experiment_id: str, key: str) -> None:
    """Raises NotFoundError when the experiment or its tag is absent, NotActiveError."""
    number, _ = find_active(connection, experiment_id)
    gone = connection.execute(
        "DELETE FROM experiment_tags WHERE experiment = ? AND key = ?", (number, key)
    )
    if not gone.rowcount:
        raise NotFoundError(f"tag of experiment {experiment_id}", key)


def search_datasets(connection: Connection, experiment_ids: Sequence[str]) -> list[DatasetSummary]:
    """Distinct (experiment, name, digest, context), at most 1,000."""
    rows = connection.execute(
        "SELECT datasets.experiment, datasets.name, datasets.digest, input_tags.value "
        "FROM datasets JOIN inputs ON inputs.dataset = datasets.id "
        "LEFT JOIN input_tags ON input_tags.input = inputs.id AND input_tags.key = ? "
        f"WHERE {connection.dialect.among('datasets.experiment')} "
        "GROUP BY datasets.experiment, datasets.name, datasets.digest, input_tags.value "
        "ORDER BY datasets.experiment, datasets.name, datasets.digest, "
        "coalesce(input_tags.value, '') LIMIT ?",
        (CONTEXT_TAG, connection.dialect.many(parse_ids(experiment_ids)), MAX_DATASETS),
    )
    return [DatasetSummary(str(row[0]), *row[1:]) for row in rows]


def find_active(connection: Connection, experiment_id: str) -> tuple[int, str]:
    """The number and the name of an active experiment. Raises NotFoundError, NotActiveError."""
    row = _row(connection, "id, name, lifecycle_stage", experiment_id)
    if row[2] != "active":
        raise NotActiveError("experiment", experiment_id)
    return row[0], row[1]


def find_active_location(connection: Connection, experiment_id: str) -> tuple[int, str]:
    """The number and the artifact location. Raises NotFoundError, NotActiveError."""
    row = _row(connection, "id, artifact_location, lifecycle_stage", experiment_id)
    if row[2] != "active":
        raise NotActiveError("experiment", experiment_id)
    return row[0], row[1]


def parse_ids(experiment_ids: Iterable[str]) -> list[int]:
    """The numbers that ids spell; what spells none names nothing and is left out."""
    numbers = (int(text) for text in experiment_ids if text.isascii() and text.isdecimal())
    return [number for number in numbers if number <= _LARGEST_ID]


def _experiment(row: tuple[Any, ...], tags: dict[str, str]) -> Experiment:
    number, name, location, stage, created, updated = row
    return Experiment(str(number), name, location, stage, created, updated, tags)


def _row(connection: Connection, columns: str, experiment_id: str) -> tuple[Any, ...]:
    for number in parse_ids([experiment_id]):
        row = connection.execute(
            f"SELECT {columns} FROM experiments WHERE id = ?", (number,)
        ).first()
        if row is not None:
            return row
    raise NotFoundError("experiment", experiment_id)


def _lock_names(connection: Connection) -> None:
    """Keep other processes from taking a name between our look and our update."""
    if connection.dialect.name == "postgresql":
        connection.execute("LOCK TABLE experiments IN SHARE ROW EXCLUSIVE MODE")


def _name_taken(connection: Connection, name: str) -> AlreadyExistsError:
    found = find_experiment_by_name(connection, name)
    is_deleted = found is not None and found.lifecycle_stage == "deleted"
    hint = "It is deleted; restore it or choose another name." if is_deleted else ""
    return AlreadyExistsError("Experiment", name, hint)
