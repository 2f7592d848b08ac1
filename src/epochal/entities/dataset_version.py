from __future__ import annotations

import json
from dataclasses import dataclass, field

DATASETS = "datasets"
"""The scheme of URIs that name versions, and the type of their sources."""

DIGEST_LENGTH = 16


@dataclass(frozen=True, slots=True)
class DatasetVersion:
    """One state of a named dataset. The same content under one name is the same version."""

    name: str
    version: int
    content: str  # SHA-256 of all bytes, in hexadecimal
    format: str  # "parquet", "csv", "npy"; else the ending of the file, or "bytes"
    file_name: str
    size_bytes: int
    created_ms: int
    origin: str = "file"  # what it was made from: pandas, polars, arrow, numpy or file
    rows: int | None = None
    columns: int | None = None
    schema: str | None = None  # JSON, as runs keep it
    profile: str | None = None  # JSON of `epochal.data.profile`; listings leave it out
    description: str | None = None
    run_id: str | None = None  # the run that kept it first
    user_id: str = ""
    chunks: int = 0
    new_bytes: int = 0  # of chunks that no version had before it
    tags: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def uri(self) -> str:
        """What to load it by, from anywhere."""
        return f"{DATASETS}:/{self.name}/{self.version}"

    @property
    def digest(self) -> str:
        """The fingerprint under which runs note it."""
        return self.content[:DIGEST_LENGTH]

    @property
    def source(self) -> str:
        """The JSON by which runs note where it is."""
        return json.dumps({"uri": self.uri})


@dataclass(frozen=True, slots=True)
class NamedDataset:
    """A dataset with all its versions; `latest` is the newest of them, without its profile."""

    name: str
    created_ms: int
    versions: int
    latest: DatasetVersion | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class DatasetReader:
    """A run that read a version of a dataset, and the models that it kept."""

    run_id: str
    run_name: str
    experiment_id: str
    status: str
    start_time: int | None
    version: int
    context: str | None = None
    is_active: bool = True
    models: list[str] = field(default_factory=list[str])
