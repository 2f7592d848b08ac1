"""A pandas DataFrame as a dataset."""

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
from epochal.data.digests import pandas_digest
from epochal.data.libraries import library
from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from epochal.data.dataset_source import DatasetSource
    from epochal.data.types import Schema


class PandasDataset(Dataset):
    """A DataFrame with the names of the columns to predict and of predictions made."""

    def __init__(
        self,
        df: Any,
        source: DatasetSource,
        targets: str | None = None,
        name: str | None = None,
        digest: str | None = None,
        predictions: str | None = None,
    ) -> None:
        check_column("targets", targets, df.columns, "pandas DataFrame")
        check_column("predictions", predictions, df.columns, "pandas DataFrame")
        self._df = df
        self._targets = targets
        self._predictions = predictions
        super().__init__(source, name, digest)

    def _compute_digest(self) -> str:
        return pandas_digest(self._df)

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

    def _measure(self) -> dict[str, int]:
        """The number of rows, and of values in all columns."""
        return {"num_rows": len(self._df), "num_elements": int(self._df.size)}

    def _infer_schema(self) -> Schema | None:
        """The columns; None if one holds what no schema can name."""
        return schema_or_none(self._df)

    def to_dict(self) -> dict[str, Any]:
        """What is kept of it, each value as text."""
        described = {"schema": spell_columns(self.schema), "profile": json.dumps(self.profile)}
        return super().to_dict() | described

    def to_pyfunc(self) -> PyFuncInputsOutputs:
        """The columns to predict from, and the column to predict."""
        if self._targets is None:
            return PyFuncInputsOutputs(self._df)
        return PyFuncInputsOutputs(self._df.drop(columns=[self._targets]), self._df[self._targets])


def from_pandas(
    df: Any,
    source: Any = None,
    targets: str | None = None,
    name: str | None = None,
    digest: str | None = None,
    predictions: str | None = None,
) -> PandasDataset:
    """A dataset of a pandas DataFrame.

    Args:
        df: the table.
        source: a path, a URI or a source; the code that runs if None.
        targets: the column to predict.
        name: what to call it; "dataset" if None.
        digest: a fingerprint of the content; computed if None.
        predictions: a column of predictions.

    Raises:
        InvalidParameterError: it is no DataFrame, or a named column is not in it.
        NotFoundError: the source is of no known kind.

    """
    pd = library("pandas")

    if not isinstance(df, pd.DataFrame):
        raise InvalidParameterError(f"{df!r:.80} is no pandas DataFrame but {type(df).__name__}")
    return PandasDataset(df, source_of(source), targets, name, digest, predictions)
