"""One clause of a filter on a registered model or a version, as SQL.

Models are the row `m` of `registered_models`, versions the row `v` of `model_versions` beside
the `m` that they belong to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.sql.clauses import number_clause, text_clause
from epochal.sql.conditions import Condition

if TYPE_CHECKING:
    from epochal.search.tree import Comparison
    from epochal.sql.dialect import Dialect

VERSIONS = "model_versions v JOIN registered_models m ON m.id = v.model"
MODEL_COLUMNS = {
    "name": "m.name",
    "creation_timestamp": "m.creation_time",
    "last_updated_timestamp": "m.last_updated_time",
}
VERSION_COLUMNS = {
    "name": "m.name",
    "version_number": "v.version",
    "stage": "v.stage",
    "run_id": "v.run_id",
    "source_path": "v.source",
    "creation_timestamp": "v.creation_time",
    "last_updated_timestamp": "v.last_updated_time",
}
NUMBERS = {"version_number", "creation_timestamp", "last_updated_timestamp"}

_MODEL_TAGS = "registered_model_tags x WHERE x.model = m.id"
_VERSION_TAGS = "model_version_tags x WHERE x.model_version = v.id"


def model_clause(clause: Comparison, dialect: Dialect) -> Condition:
    """A clause on a model; several on aliases may mean several of them."""
    if clause.field.entity == "tag":
        return _tag(_MODEL_TAGS, clause, dialect)
    if clause.field.key == "alias":
        return _alias("a.model = m.id", clause, dialect)
    return _column(MODEL_COLUMNS[clause.field.key], clause, dialect)


def version_clause(clause: Comparison, dialect: Dialect) -> Condition:
    """A clause on a version; several on aliases may mean several of them."""
    key = clause.field.key
    if clause.field.entity == "tag":
        return _tag(_VERSION_TAGS, clause, dialect)
    if key == "alias":
        return _alias("a.model_version = v.id", clause, dialect)
    if key == "run_id" and clause.operator == "IS NOT NULL":
        return Condition("v.run_id <> ''")
    return _column(VERSION_COLUMNS[key], clause, dialect)


def runs_of_versions(clause: Comparison, dialect: Dialect) -> Condition:
    """The ids of runs that made a version for which a clause holds."""
    test = version_clause(clause, dialect)
    return Condition(f"SELECT v.run_id FROM {VERSIONS} WHERE {test.sql}", test.params)


def _column(column: str, clause: Comparison, dialect: Dialect) -> Condition:
    if clause.field.key in NUMBERS:
        return number_clause(column, clause)
    return text_clause(column, clause, dialect)


def _tag(source: str, clause: Comparison, dialect: Dialect) -> Condition:
    test = text_clause("x.value", clause, dialect)
    return Condition(
        f"(SELECT 1 FROM {source} AND x.key = ? AND {test.sql}) IS NOT NULL",
        (clause.field.key, *test.params),
    )


def _alias(match: str, clause: Comparison, dialect: Dialect) -> Condition:
    test = text_clause("a.alias", clause, dialect)
    return Condition(
        f"(SELECT 1 FROM model_aliases a WHERE {match} AND {test.sql} LIMIT 1) IS NOT NULL",
        test.params,
    )
