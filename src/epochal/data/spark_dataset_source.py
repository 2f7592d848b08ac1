"""Data in a table, file or query of Spark."""

from __future__ import annotations

from typing import Any, Self

from epochal.data.dataset_source import UnresolvableSource
from epochal.data.libraries import library
from epochal.errors import InvalidParameterError


class SparkDatasetSource(UnresolvableSource):
    """A Parquet path, a table's name, or a query: exactly one of them."""

    def __init__(
        self, path: str | None = None, table_name: str | None = None, sql: str | None = None
    ) -> None:
        given = {"path": path, "table_name": table_name, "sql": sql}
        self._fields = {name: value for name, value in given.items() if value is not None}
        if len(self._fields) != 1:
            raise InvalidParameterError(
                f"Give exactly one of path, table_name and sql; given: {sorted(self._fields)}"
            )

    @staticmethod
    def _get_source_type() -> str:
        return "spark"

    def load(self, **_: Any) -> Any:
        """The data as a DataFrame of the active Spark session."""
        spark = spark_session()
        if "path" in self._fields:
            return spark.read.parquet(self._fields["path"])
        if "table_name" in self._fields:
            return spark.read.table(self._fields["table_name"])
        return spark.sql(self._fields["sql"])

    def to_dict(self) -> dict[str, Any]:
        """The one that was given."""
        return dict(self._fields)

    @classmethod
    def from_dict(cls, source_dict: dict[str, Any]) -> Self:
        """The source from its JSON's fields."""
        return cls(source_dict.get("path"), source_dict.get("table_name"), source_dict.get("sql"))


def spark_session() -> Any:
    """The active session, a new one if there is none."""
    return library("pyspark.sql").SparkSession.builder.getOrCreate()
