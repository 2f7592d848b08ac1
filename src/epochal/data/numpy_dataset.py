"""Arrays of features and targets as a dataset."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from epochal.data.dataset import Dataset, PyFuncInputsOutputs, schema_or_none
from epochal.data.dataset_source_registry import source_of
from epochal.data.digests import numpy_digest
from epochal.data.schema import TensorDatasetSchema

if TYPE_CHECKING:
    from epochal.data.dataset_source import DatasetSource


class NumpyDataset(Dataset):
    """Arrays, or dictionaries of arrays by name."""

    def __init__(
        self,
        features: Any,
        source: DatasetSource,
        targets: Any = None,
        name: str | None = None,
        digest: str | None = None,
    ) -> None:
        self._features = features
        self._targets = targets
        super().__init__(source, name, digest)

    def _compute_digest(self) -> str:
        return numpy_digest(self._features, self._targets)

    @property
    def features(self) -> Any:
        """What a model is given."""
        return self._features

    @property
    def targets(self) -> Any:
        """What it should answer."""
        return self._targets

    def _measure(self) -> dict[str, Any]:
        """Shape, number of values and bytes of features and targets."""
        given = {"features": self._features, "targets": self._targets}
        return {
            f"{role}_{name}": _each(arrays, name)
            for role, arrays in given.items()
            if arrays is not None
            for name in ("shape", "size", "nbytes")
        }

    def _infer_schema(self) -> TensorDatasetSchema | None:
        """Types and shapes; None if they cannot be told."""
        return tensor_schema(self._features, self._targets)

    def to_dict(self) -> dict[str, Any]:
        """What is kept of it, each value as text."""
        return super().to_dict() | spell_tensors(self)

    def to_pyfunc(self) -> PyFuncInputsOutputs:
        """Features and targets."""
        return PyFuncInputsOutputs(self._features, self._targets)


def tensor_schema(features: Any, targets: Any) -> TensorDatasetSchema | None:
    """The schema of arrays, None where one has no dimensions."""
    described = schema_or_none(features)
    wanted = None if targets is None else schema_or_none(targets)
    if described is None or (targets is not None and wanted is None):
        return None
    return TensorDatasetSchema(described, wanted)


def spell_tensors(dataset: Dataset) -> dict[str, Any]:
    """Schema and profile of tensors as they are kept."""
    schema = dataset.schema
    return {
        "schema": None if schema is None else json.dumps(schema.to_dict()),
        "profile": json.dumps(dataset.profile),
    }


def _each(arrays: Any, name: str) -> Any:
    if isinstance(arrays, dict):
        named = cast("dict[str, Any]", arrays)
        return {key: getattr(array, name) for key, array in named.items()}
    return getattr(arrays, name)


def from_numpy(
    features: Any,
    source: Any = None,
    targets: Any = None,
    name: str | None = None,
    digest: str | None = None,
) -> NumpyDataset:
    """A dataset of numpy arrays, or of dictionaries of them.

    Args:
        features: what a model is given.
        source: a path, a URI or a source; the code that runs if None.
        targets: what it should answer.
        name: what to call it; "dataset" if None.
        digest: a fingerprint of the content; computed if None.

    Raises:
        InvalidParameterError: something is no array.
        NotFoundError: the source is of no known kind.

    """
    return NumpyDataset(features, source_of(source), targets, name, digest)
