"""Data on the web."""

from __future__ import annotations

from typing import Any, Self
from urllib.parse import urlsplit

from epochal.data.dataset_source import DatasetSource, required
from epochal.data.surroundings import SURROUNDINGS


class HTTPDatasetSource(DatasetSource):
    """A file that an http or https URL names."""

    def __init__(self, url: str) -> None:
        self._url = url

    @property
    def url(self) -> str:
        """The address."""
        return self._url

    @staticmethod
    def _get_source_type() -> str:
        return "http"

    def load(self, dst_path: str | None = None) -> str:
        """Fetch the file into a folder, a new temporary one if None; its path there."""
        return SURROUNDINGS.download(self.url, dst_path)

    @staticmethod
    def _can_resolve(raw_source: Any) -> bool:
        return isinstance(raw_source, str) and urlsplit(raw_source).scheme in {"http", "https"}

    @classmethod
    def _resolve(cls, raw_source: Any) -> Self:
        return cls(raw_source)

    def to_dict(self) -> dict[str, Any]:
        """The address."""
        return {"url": self.url}

    @classmethod
    def from_dict(cls, source_dict: dict[str, Any]) -> Self:
        """The source from its JSON's fields."""
        return cls(required(source_dict, "url", cls.__name__))
