"""What datasets need to know of the process that makes them, told by the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from epochal.errors import NotSupportedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _nobody() -> Mapping[str, str]:
    return {}


def _unknown(uri: str) -> dict[str, Any]:
    raise NotSupportedError(f"The profile of {uri!r} cannot be asked for: no store is known")


def _nowhere(uri: str, folder: str | None) -> str:
    del folder
    raise NotSupportedError(f"{uri!r} cannot be fetched: nothing that fetches files is loaded")


@dataclass(slots=True)
class Surroundings:
    """Who runs this code, how a file gets to this machine, and what versions look like."""

    code_tags: Callable[[], Mapping[str, str]] = _nobody
    download: Callable[[str, str | None], str] = _nowhere
    profile: Callable[[str], dict[str, Any]] = _unknown


SURROUNDINGS = Surroundings()
"""The one of this process; filled when the SDK is imported."""
