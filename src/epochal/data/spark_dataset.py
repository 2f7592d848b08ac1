"""A Spark DataFrame or a Delta table as a dataset."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from epochal.data.dataset import (
    Dataset,
    PyFuncInputsOutputs,
    check_column,
    schema_or_none,
    spell_columns,
)
from epochal.data.dataset_source_registry import source_of
from epochal.data.delta_dataset_source import DeltaDatasetSource
from epochal.data.digests import MAX_ROWS, shorten
from epochal.data.spark_dataset_source import SparkDatasetSource
from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from epochal.data.dataset_source import DatasetSource
    from epochal.data.types import Schema

COUNT_MS = 5000
CONFIDENCE = 0.9


class SparkDataset(Dataset):
    """A DataFrame of Spark. Its digest is that of its plan: nothing is computed for it."""

    def __init__(
        self,
        df: Any,
        source: DatasetSource,
        targets: str | None = None,
        name: str | None = None,
        digest: str | None = None,
        predictions: str | None = None,
    ) -> None:
        check_column("targets", targets, df.columns, "Spark dataset")
        check_column("predictions", predictions, df.columns, "Spark dataset")
        self._df = df
        self._targets = targets
        self._predictions = predictions
        super().__init__(source, name, digest)

    def _compute_digest(self) -> str:
        import numpy as np

        return shorten([np.int64(self._df.semanticHash())])

    @property
    def df(self) -> Any:
        """The DataFrame itself."""
        return self._df

    @property
    def targets(self) -> str | None:
        """The column to predict."""
        return self._targets

    @property
    def predictions(self) -> str | None:
        """The column of predictions."""
        return self._predictions

    def _measure(self) -> dict[str, Any]:
        """About how many rows there are, "unknown" if Spark cannot count them in five seconds."""
        count = int(self._df.rdd.countApprox(COUNT_MS, CONFIDENCE))
        return {"approx_count": count if count > 0 else "unknown"}

    def _infer_schema(self) -> Schema | None:
        """The columns; None if one holds what no schema can name."""
        return schema_or_none(self._df)

    def to_dict(self) -> dict[str, Any]:
        """What is kept of it, each value as text."""
        described = {"schema": spell_columns(self.schema), "profile": json.dumps(self.profile)}
        return super().to_dict() | described

    def to_pyfunc(self) -> PyFuncInputsOutputs:
        """The first 10,000 rows for pandas: what to predict from, and what to predict."""
        frame = self._df.limit(MAX_ROWS).toPandas()
        if self._targets is None:
            return PyFuncInputsOutputs(frame)
        return PyFuncInputsOutputs(frame.drop(columns=self._targets), frame[self._targets])


def from_spark(
    df: Any,
    path: str | None = None,
    table_name: str | None = None,
    version: str | None = None,
    sql: str | None = None,
    targets: str | None = None,
    name: str | None = None,
    digest: str | None = None,
    predictions: str | None = None,
) -> SparkDataset:
    """A dataset of a Spark DataFrame.

    Args:
        df: the DataFrame.
        path: the Parquet files that it was read from.
        table_name: the table that it was read from.
        version: of the table, when it is a Delta table.
        sql: the query that it is the answer to.
        targets: the column to predict.
        name: what to call it; the table with its version if None.
        digest: a fingerprint; that of the plan if None.
        predictions: a column of predictions.

    Raises:
        InvalidParameterError: more than one origin, or a named column is not there.

    """
    if version is not None and (path is None) == (table_name is None):
        raise InvalidParameterError("A version needs exactly one of path and table_name")
    source: DatasetSource
    if version is not None:
        source = DeltaDatasetSource(path, table_name, int(version))
    elif (path, table_name, sql) == (None, None, None):
        source = source_of(None)
    else:
        source = SparkDatasetSource(path, table_name, sql)
    if name is None and table_name is not None:
        name = table_name if version is None else f"{table_name}@v{version}"
    return SparkDataset(df, source, targets, name, digest, predictions)


def load_delta(
    path: str | None = None,
    table_name: str | None = None,
    version: str | None = None,
    targets: str | None = None,
    name: str | None = None,
    digest: str | None = None,
) -> SparkDataset:
    """A dataset of a Delta table, read through the active Spark session.

    Raises:
        InvalidParameterError: not exactly one of path and table_name.

    """
    source = DeltaDatasetSource(path, table_name, None if version is None else int(version))
    if name is None and table_name is not None:
        name = table_name if version is None else f"{table_name}@v{version}"
    return SparkDataset(source.load(), source, targets, name, digest)
