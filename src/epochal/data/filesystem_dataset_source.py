"""Data in files: on this machine, on object stores, behind URIs."""

from __future__ import annotations

import os
from typing import Any, ClassVar, Self, cast
from urllib.parse import urlsplit

from epochal.data.dataset_source import DatasetSource, required
from epochal.data.surroundings import SURROUNDINGS
from epochal.errors import InvalidParameterError


class FileSystemDatasetSource(DatasetSource):
    """A file or folder that a URI names. There is one subclass for each scheme."""

    scheme: ClassVar[str] = ""

    def __init__(self, uri: str) -> None:
        self._uri = uri

    @property
    def uri(self) -> str:
        """Where the data lies."""
        return self._uri

    @classmethod
    def _get_source_type(cls) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        return cls.scheme

    def load(self, dst_path: str | None = None) -> str:
        """Copy the data to a local folder, a new temporary one if None; its path there."""
        return SURROUNDINGS.download(self.uri, dst_path)

    @classmethod
    def _can_resolve(cls, raw_source: Any) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        return isinstance(raw_source, str) and urlsplit(raw_source).scheme == cls.scheme

    @classmethod
    def _resolve(cls, raw_source: Any) -> Self:
        return cls(str(raw_source))

    def to_dict(self) -> dict[str, Any]:
        """The URI."""
        return {"uri": self.uri}

    @classmethod
    def from_dict(cls, source_dict: dict[str, Any]) -> Self:
        """The source from its JSON's fields."""
        return cls(required(source_dict, "uri", cls.__name__))


class LocalArtifactDatasetSource(FileSystemDatasetSource):
    """A file or folder of this machine."""

    scheme = "local"

    def load(self, dst_path: str | None = None) -> str:
        """The path itself, or a copy's if a folder for it is given."""
        path = _local_path(self.uri)
        if dst_path is not None:
            return SURROUNDINGS.download(self.uri, dst_path)
        if not os.path.exists(path):  # noqa: PTH110 - may be any spelling of a path
            raise InvalidParameterError(f"The dataset's file {path!r} is no longer there")
        return path

    @classmethod
    def _can_resolve(cls, raw_source: Any) -> bool:
        if not isinstance(raw_source, str | os.PathLike):
            return False
        parts = urlsplit(str(cast("object", raw_source)))
        is_drive = os.name == "nt" and len(parts.scheme) == 1
        return parts.scheme in {"", "file"} or is_drive


def _local_path(uri: str) -> str:
    from urllib.request import url2pathname

    parts = urlsplit(uri)
    return url2pathname(parts.path) if parts.scheme == "file" else uri


def _named(scheme: str, name: str) -> type[FileSystemDatasetSource]:
    text = f"A file or folder that a URI with the scheme {scheme!r} names."
    return type(
        f"{name}DatasetSource", (FileSystemDatasetSource,), {"scheme": scheme, "__doc__": text}
    )


_SCHEMES = {
    "s3": "S3Artifact",
    "r2": "R2Artifact",
    "b2": "B2Artifact",
    "gs": "GCSArtifact",
    "wasb": "AzureBlobArtifact",
    "wasbs": "AzureBlobArtifact",
    "abfss": "AzureDataLakeArtifact",
    "ftp": "FTPArtifact",
    "sftp": "SFTPArtifact",
    "hdfs": "HdfsArtifact",
    "viewfs": "HdfsArtifact",
    "dbfs": "DBFSArtifact",
    "runs": "RunsArtifact",
    "models": "ModelsArtifact",
    "mlflow-artifacts": "ProxiedArtifact",
    "datasets": "VersionedDataset",
}
FILE_SOURCES: tuple[type[FileSystemDatasetSource], ...] = (
    LocalArtifactDatasetSource,
    *(_named(scheme, name) for scheme, name in _SCHEMES.items()),
)
"""One class for each scheme that data may lie behind."""
