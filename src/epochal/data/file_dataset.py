"""Tables in files as datasets."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from epochal.data.libraries import library
from epochal.data.pandas_dataset import from_pandas
from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from epochal.data.pandas_dataset import PandasDataset


def from_csv(
    path: str | os.PathLike[str],
    targets: str | None = None,
    name: str | None = None,
    digest: str | None = None,
    predictions: str | None = None,
    **options: Any,
) -> PandasDataset:
    """A dataset of a CSV file, read by pandas with `options`; the file is its source.

    Args:
        path: the file, local or behind any URI that pandas reads.
        targets: the column to predict.
        name: what to call it; the file's name without its ending if None.
        digest: a fingerprint of the content; computed if None.
        predictions: a column of predictions.
        **options: handed to `pandas.read_csv`.

    Raises:
        InvalidParameterError: there is no such file, or it is no table.

    """
    pd = library("pandas")

    frame = _read(pd.read_csv, path, options)
    return from_pandas(frame, str(path), targets, name or stem(path), digest, predictions)


def from_parquet(
    path: str | os.PathLike[str],
    targets: str | None = None,
    name: str | None = None,
    digest: str | None = None,
    predictions: str | None = None,
    **options: Any,
) -> PandasDataset:
    """A dataset of a Parquet file, read by pandas with `options`; see `from_csv`."""
    pd = library("pandas")

    frame = _read(pd.read_parquet, path, options)
    return from_pandas(frame, str(path), targets, name or stem(path), digest, predictions)


def from_delta(
    path: str | os.PathLike[str],
    version: int | None = None,
    targets: str | None = None,
    name: str | None = None,
    digest: str | None = None,
    predictions: str | None = None,
) -> PandasDataset:
    """A dataset of a Delta table, read by the package `deltalake` without any Spark.

    The version that was read is kept in the source, so that the same rows can be found again.
    """
    from epochal.data.delta_dataset_source import DeltaDatasetSource

    table = library("deltalake").DeltaTable(str(path), version=version)
    source = DeltaDatasetSource(path=str(path), delta_table_version=int(table.version()))
    return from_pandas(table.to_pandas(), source, targets, name or stem(path), digest, predictions)


def stem(path: str | os.PathLike[str]) -> str:
    """A file's name without folders and endings, "dataset" if nothing is left."""
    name = os.path.basename(os.fspath(path).rstrip("/"))  # noqa: PTH119 - also of URIs
    return name.split(".")[0] or "dataset"


def _read(reader: Any, path: Any, options: dict[str, Any]) -> Any:
    try:
        return reader(path, **options)
    except FileNotFoundError:
        raise InvalidParameterError(f"There is no file {str(path)!r}") from None
    except (ValueError, OSError) as fault:  # pandas' and pyarrow's errors are of these kinds
        raise InvalidParameterError(f"{str(path)!r} cannot be read: {fault}") from None
