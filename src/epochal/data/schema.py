"""The schema of features and targets that are tensors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from epochal.data.types import Schema
from epochal.errors import InvalidParameterError

_KEY = "mlflow_tensorspec"


@dataclass(frozen=True, slots=True)
class TensorDatasetSchema:
    """Types and shapes of the features and, if there are any, of the targets."""

    features: Schema
    targets: Schema | None = None

    def to_dict(self) -> dict[str, Any]:
        """Both as JSON texts, as MLflow spells them."""
        targets = None if self.targets is None else self.targets.to_json()
        return {_KEY: {"features": self.features.to_json(), "targets": targets}}

    @classmethod
    def from_dict(cls, schema_dict: dict[str, Any]) -> TensorDatasetSchema:
        """The schema from what `to_dict` gave. Raises InvalidParameterError."""
        if _KEY not in schema_dict:
            raise InvalidParameterError(
                f"The dictionary of a tensor schema must have the key {_KEY!r}; "
                f"it has {sorted(schema_dict)}"
            )
        spelled = schema_dict[_KEY]
        targets = spelled.get("targets")
        return cls(
            Schema.from_json(spelled["features"]), Schema.from_json(targets) if targets else None
        )
