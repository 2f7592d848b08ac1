from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Stage = Literal["None", "Staging", "Production", "Archived"]
VersionStatus = Literal["PENDING_REGISTRATION", "FAILED_REGISTRATION", "READY"]

STAGES: tuple[Stage, ...] = ("None", "Staging", "Production", "Archived")
ACTIVE_STAGES: tuple[Stage, ...] = ("Staging", "Production")


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """One numbered model under a registered name: where its files are and which run made it.

    Numbers count from 1 and are never given twice. `aliases` is filled where one version is
    asked for, not in lists.
    """

    name: str
    version: int
    creation_timestamp: int  # milliseconds since the epoch
    last_updated_timestamp: int
    source: str
    run_id: str = ""  # empty if no run is known
    current_stage: Stage = "None"
    description: str | None = None
    user_id: str | None = None
    status: VersionStatus = "READY"
    status_message: str | None = None
    run_link: str = ""
    model_id: str | None = None
    tags: dict[str, str] = field(default_factory=dict[str, str])
    aliases: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class ModelVersionTag:
    """One piece of metadata of a model version."""

    key: str
    value: str
