"""Tensors and `tf.data` pipelines as a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from epochal.data.dataset import Dataset, PyFuncInputsOutputs
from epochal.data.dataset_source_registry import source_of
from epochal.data.digests import MAX_ROWS, first_hashes, numpy_digest, shorten
from epochal.data.libraries import library
from epochal.data.numpy_dataset import spell_tensors, tensor_schema
from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from epochal.data.dataset_source import DatasetSource
    from epochal.data.schema import TensorDatasetSchema


class TensorFlowDataset(Dataset):
    """Features and targets, both tensors or both pipelines."""

    def __init__(
        self,
        features: Any,
        source: DatasetSource,
        targets: Any = None,
        name: str | None = None,
        digest: str | None = None,
    ) -> None:
        self._is_pipeline = _is_pipeline("features", features)
        if targets is not None and _is_pipeline("targets", targets) != self._is_pipeline:
            raise InvalidParameterError(
                "features and targets must both be tensors or both be tf.data.Dataset; given: "
                f"{type(features).__name__} and {type(targets).__name__}"
            )
        self._features = features
        self._targets = targets
        super().__init__(source, name, digest)

    def _compute_digest(self) -> str:
        if not self._is_pipeline:
            targets = None if self._targets is None else self._targets.numpy()
            return numpy_digest(self._features.numpy(), targets)
        return shorten(_pipeline_hashes([self._features, self._targets]))

    @property
    def data(self) -> Any:
        """The features."""
        return self._features

    @property
    def targets(self) -> Any:
        """What a model should answer."""
        return self._targets

    def _measure(self) -> dict[str, Any]:
        """How many rows or values there are, -1 for a pipeline that does not know."""
        given = {"features": self._features, "targets": self._targets}
        present = {role: each for role, each in given.items() if each is not None}
        if self._is_pipeline:
            name = "cardinality"
            return {f"{role}_{name}": int(each.cardinality()) for role, each in present.items()}
        size = library("tensorflow").size
        return {f"{role}_cardinality": int(size(each)) for role, each in present.items()}

    def _infer_schema(self) -> TensorDatasetSchema | None:
        """Types and shapes of what the first element holds; None if they cannot be told."""
        features, targets = self._features, self._targets
        if self._is_pipeline:
            features = _first_element(features)
            targets = None if targets is None else _first_element(targets)
        else:
            features = features.numpy()
            targets = None if targets is None else targets.numpy()
        return tensor_schema(features, targets)

    def to_dict(self) -> dict[str, Any]:
        """What is kept of it, each value as text."""
        return super().to_dict() | spell_tensors(self)

    def to_pyfunc(self) -> PyFuncInputsOutputs:
        """Features and targets as they were given."""
        return PyFuncInputsOutputs(self._features, self._targets)


def _first_element(pipeline: Any) -> Any:
    """The first element; of several unnamed arrays a dictionary by their positions."""
    first = next(pipeline.as_numpy_iterator(), None)
    if isinstance(first, tuple):
        arrays = cast("tuple[Any, ...]", first)
        return {str(place): each for place, each in enumerate(arrays)}
    return first


def _is_pipeline(role: str, given: Any) -> bool:
    tf = library("tensorflow")
    if isinstance(given, tf.data.Dataset):
        return True
    if tf.is_tensor(given):
        return False
    raise InvalidParameterError(
        f"{role!r} must be a tf.data.Dataset or a tensor, not a {type(given).__name__}"
    )


def _pipeline_hashes(pipelines: list[Any]) -> Iterator[Any]:
    import numpy as np

    flatten = library("tensorflow").nest.flatten
    for pipeline in pipelines:
        if pipeline is None:
            continue
        for element in pipeline.as_numpy_iterator():
            flat = np.concatenate([np.ravel(each) for each in flatten(element)])
            yield first_hashes(flat[:MAX_ROWS])


def from_tensorflow(
    features: Any,
    source: Any = None,
    targets: Any = None,
    name: str | None = None,
    digest: str | None = None,
) -> TensorFlowDataset:
    """A dataset of tensors or `tf.data` pipelines; the arguments are those of `from_numpy`."""
    return TensorFlowDataset(features, source_of(source), targets, name, digest)
