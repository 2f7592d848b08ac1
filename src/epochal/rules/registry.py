"""Which names, aliases, stages, numbers and tags the registry takes. Messages are MLflow's."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from epochal.entities.model_version import ACTIVE_STAGES, STAGES
from epochal.errors import InvalidParameterError
from epochal.rules import limits
from epochal.rules.keys import check_key
from epochal.rules.values import fit_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from epochal.entities import Stage

LATEST = "latest"
PROMPT_TAG = "mlflow.prompt.is_prompt"

_ALIAS = re.compile(r"[\w-]+")
_VERSION_ALIAS = re.compile(r"v\d+", re.IGNORECASE)
_NUMBER = re.compile(r"\s*[+-]?[0-9]{1,40}\s*")
_STAGES: dict[str, Stage] = {stage.lower(): stage for stage in STAGES}


def check_model_name(name: str) -> None:
    """Raises InvalidParameterError for a name that no registered model can have."""
    if not name.strip():
        raise InvalidParameterError(
            f"Missing value for required parameter 'name'. {name!r} is no name of a model"
        )
    if "/" in name or ":" in name:
        raise InvalidParameterError(
            f"Invalid model name '{name}'. Names cannot contain '/' or ':'."
        )
    if name != posixpath.normpath(name) or name in {".", ".."}:
        raise InvalidParameterError(
            f"Invalid value \"{name}\" for parameter 'name' supplied: it must not be '.' or '..'"
        )
    _check_text("model name", name, limits.MAX_MODEL_NAME_LENGTH)


def check_alias(alias: str) -> None:
    """Raises InvalidParameterError for an alias that cannot be given to a version."""
    if len(alias) > limits.MAX_MODEL_ALIAS_LENGTH:
        raise InvalidParameterError(
            f"'Registered model alias name' exceeds the maximum length of "
            f"{limits.MAX_MODEL_ALIAS_LENGTH} characters: it has {len(alias)}"
        )
    if not _ALIAS.fullmatch(alias):
        raise InvalidParameterError(
            f"Invalid alias name: '{alias}'. Names may only contain alphanumerics, "
            "underscores (_), and dashes (-)."
        )
    if alias.lower() == LATEST:
        raise InvalidParameterError("'latest' alias name (case insensitive) is reserved.")
    if _VERSION_ALIAS.fullmatch(alias):
        raise InvalidParameterError(
            f"Version alias name '{alias}' is reserved. Names such as 'v3' mean versions."
        )


def read_version(given: str | int) -> int:
    """The number of a version, however it is spelled. Raises InvalidParameterError for no number.

    A number beyond what can be stored is that of no version.
    """
    if isinstance(given, bool) or not _NUMBER.fullmatch(str(given)):
        shown = str(given)[:80]
        raise InvalidParameterError(
            f"Parameter 'version' must be an integer, got '{shown}'. Versions are numbered 1, 2, 3…"
        )
    return max(limits.MIN_INT64, min(int(given), limits.MAX_INT64))


def read_stage(given: str) -> Stage:
    """The stage in its own spelling, whatever the case. Raises InvalidParameterError."""
    stage = _STAGES.get(given.strip().lower())
    if stage is None:
        raise InvalidParameterError(
            f"Invalid Model Version stage: {given[:80]}. Value must be one of {', '.join(STAGES)}."
        )
    return stage


def check_archiving(stage: Stage) -> None:
    """Raises InvalidParameterError for a stage that is not handed from version to version."""
    if stage not in ACTIVE_STAGES:
        raise InvalidParameterError(
            "Model version transition cannot archive existing model versions because "
            f"'{stage}' is not an Active stage. Valid stages are {list(ACTIVE_STAGES)}"
        )


def check_description(description: str | None) -> None:
    """Raises InvalidParameterError for a description that is too long or holds NUL."""
    _check_text("description", description or "", limits.MAX_MODEL_DESCRIPTION_LENGTH)


def check_reference(what: str, text: str) -> None:
    """Raises InvalidParameterError for an id or a link that is too long or holds NUL."""
    _check_text(what, text, limits.MAX_MODEL_TEXT_LENGTH)


def fit_model_tag(key: str, value: str) -> str:
    """The value as it is kept. Raises InvalidParameterError for a bad key or too long a value."""
    check_key("tag", key)
    limit = limits.MAX_MODEL_TAG_VALUE_LENGTH
    return fit_value("tag", key, value, limit, truncate=False)


def fit_model_tags(tags: Mapping[str, str] | None) -> dict[str, str]:
    """Tags of a model or version with their keys and values checked."""
    return {key: fit_model_tag(key, value) for key, value in (tags or {}).items()}


def _check_text(what: str, text: str, limit: int) -> None:
    if "\x00" in text:
        raise InvalidParameterError(f"Invalid {what} {text[:80]!r}: it holds a NUL character")
    if len(text) > limit:
        raise InvalidParameterError(
            f"Invalid {what}: with {len(text)} characters it exceeds the maximum length of {limit}"
        )
