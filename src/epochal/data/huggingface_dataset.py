"""A dataset of Hugging Face's `datasets`."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from epochal.data.dataset import (
    Dataset,
    PyFuncInputsOutputs,
    check_column,
    schema_or_none,
    spell_columns,
)
from epochal.data.dataset_source_registry import source_of
from epochal.data.digests import MAX_ROWS, pandas_digest
from epochal.data.huggingface_dataset_source import HuggingFaceDatasetSource
from epochal.data.libraries import library
from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from epochal.data.dataset_source import DatasetSource
    from epochal.data.types import Schema


class HuggingFaceDataset(Dataset):
    """A `datasets.Dataset`; digest and schema are those of its first 10,000 rows."""

    def __init__(
        self,
        ds: Any,
        source: DatasetSource,
        targets: str | None = None,
        name: str | None = None,
        digest: str | None = None,
    ) -> None:
        check_column("targets", targets, ds.column_names, "Hugging Face dataset")
        self._ds = ds
        self._targets = targets
        super().__init__(source, name, digest)

    @cached_property
    def _first_rows(self) -> Any:
        return next(self._ds.to_pandas(batch_size=MAX_ROWS, batched=True))

    def _compute_digest(self) -> str:
        return pandas_digest(self._first_rows)

    @property
    def ds(self) -> Any:
        """The `datasets.Dataset` itself."""
        return self._ds

    @property
    def targets(self) -> str | None:
        """The column to predict."""
        return self._targets

    def _measure(self) -> dict[str, Any]:
        """The number of rows and the sizes that the hub tells."""
        return {
            "num_rows": self._ds.num_rows,
            "dataset_size": self._ds.dataset_size,
            "size_in_bytes": self._ds.size_in_bytes,
        }

    def _infer_schema(self) -> Schema | None:
        """The columns; None if one holds what no schema can name."""
        return schema_or_none(self._first_rows)

    def to_dict(self) -> dict[str, Any]:
        """What is kept of it, each value as text."""
        described = {"schema": spell_columns(self.schema), "profile": json.dumps(self.profile)}
        return super().to_dict() | described

    def to_pyfunc(self) -> PyFuncInputsOutputs:
        """All rows for pandas: what to predict from, and what to predict."""
        frame = self._ds.to_pandas()
        if self._targets is None:
            return PyFuncInputsOutputs(frame)
        return PyFuncInputsOutputs(frame.drop(columns=self._targets), frame[self._targets])


def from_huggingface(
    ds: Any,
    path: str | None = None,
    targets: str | None = None,
    data_dir: str | None = None,
    data_files: Any = None,
    revision: Any = None,
    name: str | None = None,
    digest: str | None = None,
    trust_remote_code: bool | None = None,  # noqa: FBT001 - MLflow's signature
    source: Any = None,
) -> HuggingFaceDataset:
    """A dataset of a `datasets.Dataset`.

    Args:
        ds: the dataset; one split, not a dictionary of splits.
        path: its name on the hub, by which it can be loaded again.
        targets: the column to predict.
        data_dir: as `datasets.load_dataset` was told.
        data_files: the same.
        revision: the same.
        name: what to call it; "dataset" if None.
        digest: a fingerprint of the content; computed if None.
        trust_remote_code: as `datasets.load_dataset` was told.
        source: a path, a URI or a source, which counts more than `path`.

    Raises:
        InvalidParameterError: it is no such dataset, or a named column is not in it.

    """
    if not isinstance(ds, library("datasets").Dataset):
        raise InvalidParameterError(
            f"A datasets.Dataset is needed, not a {type(ds).__name__}; of a DatasetDict, give "
            "one split such as ds['train']"
        )
    if source is None and path is not None:
        source = HuggingFaceDatasetSource(
            path, ds.config_name, data_dir, data_files, ds.split, revision, trust_remote_code
        )
    return HuggingFaceDataset(ds, source_of(source), targets, name, digest)
