"""Data made by the code that runs."""

from __future__ import annotations

from typing import Any, NoReturn, Self

from epochal.data.dataset_source import UnresolvableSource
from epochal.data.surroundings import SURROUNDINGS
from epochal.errors import NotSupportedError


class CodeDatasetSource(UnresolvableSource):
    """The script or notebook in which a dataset was made: what is known of no other source."""

    def __init__(self, tags: dict[str, Any] | None = None) -> None:
        self._tags = tags or {}

    @classmethod
    def of_this_process(cls) -> Self:
        """The code that runs now, described by the tags that a run of it would get."""
        return cls(dict(SURROUNDINGS.code_tags()))

    @staticmethod
    def _get_source_type() -> str:
        return "code"

    def load(self, **_: Any) -> NoReturn:
        """Code cannot be asked for its data again. Raises NotSupportedError."""
        raise NotSupportedError("Data that code made cannot be loaded; run the code again")

    def to_dict(self) -> dict[str, Any]:
        """The tags."""
        return {"tags": self._tags}

    @classmethod
    def from_dict(cls, source_dict: dict[str, Any]) -> Self:
        """The source from its JSON's fields."""
        return cls(source_dict.get("tags"))
