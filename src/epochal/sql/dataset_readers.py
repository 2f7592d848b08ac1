"""Which runs read a version of a dataset."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from epochal.entities import DatasetReader
from epochal.entities.dataset import CONTEXT_TAG
from epochal.entities.dataset_version import DATASETS
from epochal.rules.names import MODEL_HISTORY_TAG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import DatasetVersion
    from epochal.sql.database import Connection

MAX_READERS = 1000


def find_readers(
    connection: Connection, versions: Sequence[DatasetVersion]
) -> list[DatasetReader]:
    """The runs that noted one of some versions of a dataset as an input, the newest first."""
    if not versions:
        return []
    sources = {one.source: one.version for one in versions}
    rows = connection.execute(
        "SELECT r.id, r.run_id, r.name, r.experiment, r.status, r.start_time, r.lifecycle_stage, "
        "d.source, t.value FROM datasets d JOIN inputs i ON i.dataset = d.id "
        "JOIN runs r ON r.id = i.run "
        "LEFT JOIN input_tags t ON t.input = i.id AND t.key = ? "
        "WHERE d.name = ? AND d.source_type = ? "
        f"AND {connection.dialect.among('d.source')} "
        "ORDER BY r.start_time DESC, r.run_id LIMIT ?",
        (
            CONTEXT_TAG,
            versions[0].name,
            DATASETS,
            connection.dialect.many(list(sources)),
            MAX_READERS,
        ),
    )
    models = _models(connection, [row[0] for row in rows])
    return [
        DatasetReader(
            run_id=run_id,
            run_name=name,
            experiment_id=str(experiment),
            status=status,
            start_time=started,
            version=sources[source],
            context=context,
            is_active=stage == "active",
            models=models.get(number, []),
        )
        for number, run_id, name, experiment, status, started, stage, source, context in rows
    ]


def _models(connection: Connection, runs: list[int]) -> dict[int, list[str]]:
    """The paths of the models that runs kept, as their tags tell."""
    found: dict[int, list[str]] = {}
    for run, text in connection.execute(
        "SELECT t.run, t.value FROM tags t JOIN keys k ON k.id = t.key "
        f"WHERE k.name = ? AND {connection.dialect.among('t.run')}",
        (MODEL_HISTORY_TAG, connection.dialect.many(runs)),
    ):
        found[run] = _paths(text)
    return found


def _paths(text: str) -> list[str]:
    try:
        listed = json.loads(text)
    except ValueError:  # the tag is a user's to set
        return []
    if not isinstance(listed, list):
        return []
    models = [
        cast("dict[str, Any]", each)
        for each in cast("list[Any]", listed)
        if isinstance(each, dict)
    ]
    return [str(one["artifact_path"]) for one in models if one.get("artifact_path")]
