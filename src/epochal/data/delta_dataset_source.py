"""Data in a Delta table."""

from __future__ import annotations

from typing import Any, Self

from epochal.data.dataset_source import UnresolvableSource
from epochal.data.spark_dataset_source import spark_session
from epochal.errors import InvalidParameterError


class DeltaDatasetSource(UnresolvableSource):
    """A Delta table by path or by name, at one version or at its newest."""

    def __init__(
        self,
        path: str | None = None,
        delta_table_name: str | None = None,
        delta_table_version: int | None = None,
        delta_table_id: str | None = None,
    ) -> None:
        if (path is None) == (delta_table_name is None):
            raise InvalidParameterError("Give exactly one of path and delta_table_name")
        self.path = path
        self.delta_table_name = delta_table_name
        self.delta_table_version = delta_table_version
        self.delta_table_id = delta_table_id

    @staticmethod
    def _get_source_type() -> str:
        return "delta_table"

    def load(self, **_: Any) -> Any:
        """The table as a DataFrame of the active Spark session."""
        reader = spark_session().read.format("delta")
        if self.delta_table_version is not None:
            reader = reader.option("versionAsOf", self.delta_table_version)
        return reader.load(self.path) if self.path else reader.table(self.delta_table_name)

    def to_dict(self) -> dict[str, Any]:
        """Path or name, and the version if one was given."""
        fields = {
            "path": self.path,
            "delta_table_name": self.delta_table_name,
            "delta_table_version": self.delta_table_version,
            "delta_table_id": self.delta_table_id,
        }
        return {name: value for name, value in fields.items() if value}

    @classmethod
    def from_dict(cls, source_dict: dict[str, Any]) -> Self:
        """The source from its JSON's fields."""
        return cls(
            source_dict.get("path"),
            source_dict.get("delta_table_name"),
            source_dict.get("delta_table_version"),
            source_dict.get("delta_table_id"),
        )
