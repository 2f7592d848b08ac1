"""From what a user gives, or what a store kept, to a source."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from epochal.data.code_dataset_source import CodeDatasetSource
from epochal.data.dataset_source import DatasetSource
from epochal.data.delta_dataset_source import DeltaDatasetSource
from epochal.data.filesystem_dataset_source import FILE_SOURCES
from epochal.data.http_dataset_source import HTTPDatasetSource
from epochal.data.huggingface_dataset_source import HuggingFaceDatasetSource
from epochal.data.spark_dataset_source import SparkDatasetSource
from epochal.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

_sources: list[type[DatasetSource]] = [
    CodeDatasetSource,
    *FILE_SOURCES,
    HTTPDatasetSource,
    DeltaDatasetSource,
    HuggingFaceDatasetSource,
    SparkDatasetSource,
]


def register_dataset_source(source: type[DatasetSource]) -> None:
    """Add a kind of source; it is asked before all that are there."""
    _sources.append(source)


def get_registered_sources() -> list[type[DatasetSource]]:
    """All kinds of sources, ours first."""
    return list(_sources)


def resolve_dataset_source(
    raw_source: Any, candidate_sources: Sequence[type[DatasetSource]] | None = None
) -> DatasetSource:
    """The source that a path, a URI or any object means.

    Raises:
        NotFoundError: no kind of source understands it.

    """
    allowed = tuple(candidate_sources or (DatasetSource,))
    able = [
        kind
        for kind in reversed(_sources)
        if issubclass(kind, allowed) and kind._can_resolve(raw_source)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - named by MLflow's plugins
    ]
    if not able:
        raise NotFoundError("kind of dataset source for", str(raw_source))
    if len(able) > 1:
        names = ", ".join(kind.__name__ for kind in able)
        warnings.warn(
            f"{raw_source!r} could be any of {names}; it is taken as {able[0].__name__}",
            stacklevel=2,
        )
    return able[0]._resolve(raw_source)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def get_dataset_source_from_json(source_json: str, source_type: str) -> DatasetSource:
    """The source that a store kept. Raises NotFoundError for an unknown type."""
    for kind in reversed(_sources):
        if kind._get_source_type() == source_type:  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
            return kind.from_json(source_json)
    raise NotFoundError("type of dataset source", source_type)


def source_of(given: Any) -> DatasetSource:
    """The source that a constructor of datasets was given; this code if it is None."""
    if given is None:
        return CodeDatasetSource.of_this_process()
    return given if isinstance(given, DatasetSource) else resolve_dataset_source(given)
