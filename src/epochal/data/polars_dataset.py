"""A polars DataFrame as a dataset."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from epochal.data.dataset import Dataset, PyFuncInputsOutputs, check_column, spell_columns
from epochal.data.dataset_source_registry import source_of
from epochal.data.digests import polars_digest
from epochal.data.libraries import library
from epochal.data.types import Array, ColSpec, DataType, Kind, Object, Property, Schema
from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from epochal.data.dataset_source import DatasetSource

_KINDS: dict[str, Kind] = {
    "Binary": DataType.binary,
    "Boolean": DataType.boolean,
    "Datetime": DataType.datetime,
    "Date": DataType.datetime,
    "Float32": DataType.float,
    "Float64": DataType.double,
    "Int8": DataType.integer,
    "Int16": DataType.integer,
    "Int32": DataType.integer,
    "Int64": DataType.long,
    "UInt8": DataType.integer,
    "UInt16": DataType.integer,
    "UInt32": DataType.long,
    "String": DataType.string,
    "Categorical": DataType.string,
    "Enum": DataType.string,
}


class PolarsDataset(Dataset):
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
        check_column("targets", targets, df.columns, "polars DataFrame")
        check_column("predictions", predictions, df.columns, "polars DataFrame")
        self._df = df
        self._targets = targets
        self._predictions = predictions
        super().__init__(source, name, digest)

    def _compute_digest(self) -> str:
        return polars_digest(self._df)

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
        rows, columns = self._df.shape
        return {"num_rows": rows, "num_elements": rows * columns}

    def _infer_schema(self) -> Schema | None:
        """The columns; None if one holds what no schema can name."""
        try:
            return Schema(
                [
                    ColSpec(_kind(column.dtype), column.name, column.count() > 0)
                    for column in self._df.get_columns()
                ]
            )
        except InvalidParameterError:
            return None

    def to_dict(self) -> dict[str, Any]:
        """What is kept of it, each value as text; an unknown schema is "null" here."""
        schema = spell_columns(self.schema) or "null"
        return super().to_dict() | {"schema": schema, "profile": json.dumps(self.profile)}

    def to_pyfunc(self) -> PyFuncInputsOutputs:
        """The columns to predict from, and the column to predict, as pandas has them."""
        if self._targets is None:
            return PyFuncInputsOutputs(self._df.to_pandas())
        return PyFuncInputsOutputs(
            self._df.drop(self._targets).to_pandas(), self._df[self._targets].to_pandas()
        )


def _kind(dtype: Any) -> Kind:
    name = getattr(dtype, "__name__", type(dtype).__name__)
    if name in _KINDS:
        return _KINDS[name]
    if name in {"List", "Array"}:
        return Array(_kind(dtype.inner))
    if name == "Struct":
        return Object([Property(field.name, _kind(field.dtype)) for field in dtype.fields])
    raise InvalidParameterError(f"No column type is known for polars' {dtype}")


def from_polars(
    df: Any,
    source: Any = None,
    targets: str | None = None,
    name: str | None = None,
    digest: str | None = None,
    predictions: str | None = None,
) -> PolarsDataset:
    """A dataset of a polars DataFrame; the arguments are those of `from_pandas`."""
    pl = library("polars")

    if not isinstance(df, pl.DataFrame):
        hint = "; call collect() on it first" if isinstance(df, pl.LazyFrame) else ""
        raise InvalidParameterError(
            f"A polars DataFrame is needed, not a {type(df).__name__}{hint}"
        )
    return PolarsDataset(df, source_of(source), targets, name, digest, predictions)
