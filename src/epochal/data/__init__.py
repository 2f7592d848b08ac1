"""Datasets: made from tables and arrays, described, fingerprinted, compared.

No library of data is imported before it is needed; none is a dependency of Epochal itself.
"""

from __future__ import annotations

from typing import Any

from epochal.data import dataset_source_registry, sources
from epochal.data.code_dataset_source import CodeDatasetSource
from epochal.data.dataset import Dataset
from epochal.data.dataset_registry import register_constructor
from epochal.data.dataset_source import DatasetSource
from epochal.data.drift import diff
from epochal.data.file_dataset import from_csv, from_delta, from_parquet
from epochal.data.http_dataset_source import HTTPDatasetSource
from epochal.data.huggingface_dataset import from_huggingface
from epochal.data.meta_dataset import MetaDataset
from epochal.data.numpy_dataset import NumpyDataset, from_numpy
from epochal.data.pandas_dataset import PandasDataset, from_pandas
from epochal.data.polars_dataset import PolarsDataset, from_polars
from epochal.data.profiles import profile
from epochal.data.spark_dataset import from_spark, load_delta
from epochal.data.tensorflow_dataset import from_tensorflow
from epochal.entities import Dataset as StoredDataset
from epochal.entities import DatasetInput
from epochal.errors import InvalidParameterError


def get_source(dataset: Any) -> DatasetSource:
    """Where a dataset came from, be it one of this module or one that a run read.

    Raises:
        InvalidParameterError: it is no dataset.

    """
    if isinstance(dataset, DatasetInput):
        dataset = dataset.dataset
    if isinstance(dataset, StoredDataset):
        return dataset_source_registry.get_dataset_source_from_json(
            dataset.source, dataset.source_type
        )
    if isinstance(dataset, Dataset):
        return dataset.source
    raise InvalidParameterError(
        f"{dataset!r:.80} of type {type(dataset).__name__} is no dataset; give one of "
        "epochal.data, or one of run.inputs.dataset_inputs"
    )


__all__ = [
    "CodeDatasetSource", "Dataset", "DatasetSource", "HTTPDatasetSource", "MetaDataset",
    "NumpyDataset", "PandasDataset", "PolarsDataset", "diff", "from_csv", "from_delta",
    "from_huggingface", "from_numpy", "from_pandas", "from_parquet", "from_polars", "from_spark",
    "from_tensorflow", "get_source", "load_delta", "profile", "register_constructor", "sources",
]  # fmt: skip
