from __future__ import annotations

from dataclasses import dataclass, field

CONTEXT_TAG = "mlflow.data.context"


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a run read: a name, a digest of the content, where it came from and its shape."""

    name: str
    digest: str
    source_type: str
    source: str
    schema: str | None = None
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class InputTag:
    """One piece of metadata of a dataset as an input, `mlflow.data.context` above all."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class DatasetInput:
    """A dataset as one run used it."""

    dataset: Dataset
    tags: list[InputTag] = field(default_factory=list[InputTag])


@dataclass(frozen=True, slots=True)
class DatasetSummary:
    """A dataset of an experiment, as lists of choices show it."""

    experiment_id: str
    name: str
    digest: str
    context: str | None = None
