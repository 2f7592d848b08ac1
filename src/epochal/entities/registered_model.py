from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from epochal.entities.model_version import ModelVersion


@dataclass(frozen=True, slots=True)
class RegisteredModel:
    """A name under which versions of a model are kept, from the first try to production.

    `latest_versions` holds the newest version of each stage that has one; `aliases` leads from
    a name such as `champion` to the number of the version that bears it.
    """

    name: str
    creation_timestamp: int  # milliseconds since the epoch
    last_updated_timestamp: int
    description: str | None = None
    latest_versions: list[ModelVersion] = field(default_factory=list["ModelVersion"])
    tags: dict[str, str] = field(default_factory=dict[str, str])
    aliases: dict[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class RegisteredModelTag:
    """One piece of metadata of a registered model."""

    key: str
    value: str
