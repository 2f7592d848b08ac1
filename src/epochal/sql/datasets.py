"""Datasets as runs read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.entities import Dataset, DatasetInput, InputTag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.sql.database import Connection


def add_inputs(
    connection: Connection, run: int, experiment: int, inputs: Sequence[DatasetInput]
) -> None:
    """Attach datasets to a run. The same dataset again is ignored, its new tags too."""
    for given in inputs:
        dataset = _intern_dataset(connection, experiment, given.dataset)
        row = connection.execute(
            "INSERT INTO inputs (run, dataset) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING id",
            (run, dataset),
        ).first()
        if row is not None:
            connection.executemany(
                "INSERT INTO input_tags (input, key, value) VALUES (?, ?, ?) "
                "ON CONFLICT (input, key) DO UPDATE SET value = excluded.value",
                [(row[0], tag.key, tag.value) for tag in given.tags],
            )


def load_inputs(connection: Connection, runs: Sequence[int]) -> dict[int, list[DatasetInput]]:
    """The datasets of each run that has some, in the order in which they were attached."""
    among, listed = connection.dialect.among, (connection.dialect.many(runs),)
    rows = connection.execute(
        "SELECT inputs.run, inputs.id, datasets.name, datasets.digest, datasets.source_type, "
        "datasets.source, datasets.schema, datasets.profile "
        "FROM inputs JOIN datasets ON datasets.id = inputs.dataset "
        f"WHERE {among('inputs.run')} ORDER BY inputs.run, inputs.id",
        listed,
    )
    if not rows:
        return {}
    tags: dict[int, list[InputTag]] = {}
    for number, key, value in connection.execute(
        "SELECT input_tags.input, input_tags.key, input_tags.value "
        "FROM inputs JOIN input_tags ON input_tags.input = inputs.id "
        f"WHERE {among('inputs.run')} ORDER BY input_tags.input, input_tags.key",
        listed,
    ):
        tags.setdefault(number, []).append(InputTag(key, value))
    found: dict[int, list[DatasetInput]] = {}
    for run, number, *columns in rows:
        found.setdefault(run, []).append(DatasetInput(Dataset(*columns), tags.get(number, [])))
    return found


def _intern_dataset(connection: Connection, experiment: int, dataset: Dataset) -> int:
    identity = (experiment, dataset.name, dataset.digest)
    row = connection.execute(
        "INSERT INTO datasets (experiment, name, digest, source_type, source, schema, profile) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        (*identity, dataset.source_type, dataset.source, dataset.schema, dataset.profile),
    ).first()
    if row is None:
        row = connection.execute(
            "SELECT id FROM datasets WHERE experiment = ? AND name = ? AND digest = ?", identity
        )[0]
    return row[0]
