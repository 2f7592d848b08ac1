"""Where a dataset came from."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import Any, Self, cast

from epochal.errors import InvalidParameterError


class DatasetSource(ABC):
    """The origin of a dataset. Sources of your own subclass it and are registered."""

    @staticmethod
    @abstractmethod
    def _get_source_type() -> str:
        """The name under which the source is kept, such as "s3"."""

    @abstractmethod
    def load(self) -> Any:
        """Fetch the data: a local path, or whatever the kind of source gives."""

    @staticmethod
    @abstractmethod
    def _can_resolve(raw_source: Any) -> bool:
        """Whether `_resolve` understands what a user gave."""

    @classmethod
    @abstractmethod
    def _resolve(cls, raw_source: Any) -> Self:
        """The source that a user means."""

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """What is needed to find the source again, as plain values."""

    def to_json(self) -> str:
        """`to_dict` as JSON text."""
        return json.dumps(self.to_dict())

    @classmethod
    @abstractmethod
    def from_dict(cls, source_dict: dict[str, Any]) -> Self:
        """The source from what `to_dict` gave. Raises InvalidParameterError."""

    @classmethod
    def from_json(cls, source_json: str) -> Self:
        """The source from what `to_json` gave. Raises InvalidParameterError."""
        try:
            fields: Any = json.loads(source_json)
        except ValueError as fault:
            raise InvalidParameterError(f"{source_json[:80]!r} is no JSON: {fault}") from None
        if not isinstance(fields, dict):
            raise InvalidParameterError(f"{source_json[:80]!r} is no JSON object")
        return cls.from_dict(cast("dict[str, Any]", fields))

    @property
    def source_type(self) -> str:
        """The name under which the source is kept."""
        return self._get_source_type()


class UnresolvableSource(DatasetSource):
    """A source that only its own kind of dataset makes, never a text that a user gives."""

    @staticmethod
    def _can_resolve(raw_source: Any) -> bool:
        del raw_source
        return False

    @classmethod
    def _resolve(cls, raw_source: Any) -> Self:
        raise InvalidParameterError(f"{raw_source!r} names no {cls.__name__}")


def required(fields: dict[str, Any], name: str, kind: str) -> Any:
    """One field of a source's JSON. Raises InvalidParameterError if it is absent."""
    if fields.get(name) is None:
        raise InvalidParameterError(
            f"The JSON of a {kind} must have the key {name!r}; it has {sorted(fields)}"
        )
    return fields[name]
