"""What every kind of dataset has: a name, a digest, a source, and more where it can be told."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from epochal.data.inference import infer_schema
from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from epochal.data.dataset_source import DatasetSource
    from epochal.data.types import Schema

DEFAULT_NAME = "dataset"


@dataclass(frozen=True, slots=True)
class PyFuncInputsOutputs:
    """A dataset split for evaluation: what a model is given, and what it should answer."""

    inputs: Any
    outputs: Any = None


class Dataset(ABC):
    """A dataset as a run reads it. The digest is computed once, schema and profile when asked."""

    def __init__(
        self, source: DatasetSource, name: str | None = None, digest: str | None = None
    ) -> None:
        self._source = source
        self._name = name
        self._digest = digest or self._compute_digest()

    @abstractmethod
    def _compute_digest(self) -> str:
        """A short text that differs for different data."""

    @property
    def name(self) -> str:
        """The name, "dataset" if none was given."""
        return DEFAULT_NAME if self._name is None else self._name

    @property
    def digest(self) -> str:
        """A fingerprint of the content."""
        return self._digest

    @property
    def source(self) -> DatasetSource:
        """Where the data came from."""
        return self._source

    @cached_property
    def profile(self) -> Any:
        """How large it is, in a few numbers; None if that cannot be told."""
        return self._measure()

    @cached_property
    def schema(self) -> Any:
        """The columns and their types; None if they cannot be told."""
        return self._infer_schema()

    def _measure(self) -> Any:
        return None

    def _infer_schema(self) -> Any:
        return None

    def to_dict(self) -> dict[str, Any]:
        """What is kept of it, each value as text."""
        return {
            "name": self.name,
            "digest": self.digest,
            "source": self.source.to_json(),
            "source_type": self.source.source_type,
        }

    def to_json(self) -> str:
        """`to_dict` as JSON text."""
        return json.dumps(self.to_dict())


def schema_or_none(data: Any) -> Schema | None:
    """The schema of some data, None where it holds what no schema can name."""
    try:
        return infer_schema(data)
    except InvalidParameterError:
        return None


def spell_columns(schema: Schema | None) -> str | None:
    """A schema of columns as it is kept; column names that are no text are made text."""
    if schema is None:
        return None
    return json.dumps({"mlflow_colspec": schema.to_dict()}, default=str)


def check_column(role: str, name: str | None, columns: Any, kind: str) -> None:
    """Raises InvalidParameterError if a column is named that is not there."""
    if name is not None and name not in list(columns):
        raise InvalidParameterError(
            f"The specified {kind} does not contain the specified {role} column {name!r}; "
            f"it has {[str(each) for each in list(columns)[:20]]}"
        )
