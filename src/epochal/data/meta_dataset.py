"""A dataset of which only the description is at hand."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from epochal.data.dataset import Dataset, spell_columns
from epochal.data.digests import DIGEST_LENGTH

if TYPE_CHECKING:
    from epochal.data.dataset_source import DatasetSource
    from epochal.data.types import Schema


class MetaDataset(Dataset):
    """A source with a name and perhaps a schema; the data itself is never read."""

    def __init__(
        self,
        source: DatasetSource,
        name: str | None = None,
        digest: str | None = None,
        schema: Schema | None = None,
    ) -> None:
        self._schema = schema
        super().__init__(source, name, digest)

    def _compute_digest(self) -> str:
        described = {
            "name": self.name,
            "source": self.source.to_json(),
            "source_type": self.source.source_type,
            "schema": self._schema.to_dict() if self._schema else "",
        }
        return hashlib.sha256(json.dumps(described).encode()).hexdigest()[:DIGEST_LENGTH]

    def _infer_schema(self) -> Schema | None:
        """The schema that was given."""
        return self._schema

    def to_dict(self) -> dict[str, Any]:
        """What is kept of it, each value as text."""
        schema = spell_columns(self._schema)
        return super().to_dict() | ({} if schema is None else {"schema": schema})
