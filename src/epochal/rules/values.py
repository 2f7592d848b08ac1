"""Which values params, tags and datasets may have, and what is done with long ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.errors import InvalidParameterError
from epochal.rules import limits
from epochal.rules.keys import check_key
from epochal.rules.names import MODEL_HISTORY_TAG

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.entities import DatasetInput, Points


def fit_value(kind: str, key: str, value: str, limit: int, *, truncate: bool) -> str:
    """The value as it is kept: cut at `limit` characters if `truncate`, else refused.

    NUL characters are refused: PostgreSQL cannot keep them, and both stores answer alike.
    """
    if "\x00" in value:
        raise InvalidParameterError(
            f"The value of {kind} {key!r} holds a NUL character; text must be without"
        )
    if len(value) <= limit:
        return value
    if truncate:
        return value[:limit]
    raise InvalidParameterError(
        f"The value of {kind} {key!r} exceeds the maximum length of {limit} characters: "
        f"it has {len(value)}"
    )


def fit_params(params: Mapping[str, str], *, truncate: bool) -> dict[str, str]:
    """Params with their keys checked and their values fitted."""
    limit = limits.MAX_PARAM_VALUE_LENGTH
    fitted: dict[str, str] = {}
    for key, value in params.items():
        check_key("param", key)
        fitted[key] = fit_value("param", key, value, limit, truncate=truncate)
    return fitted


def fit_tags(tags: Mapping[str, str], *, truncate: bool) -> dict[str, str]:
    """Run tags with their keys checked and their values fitted.

    The history of logged models is JSON that would break if cut; it may be long.
    """
    fitted: dict[str, str] = {}
    for key, value in tags.items():
        check_key("tag", key)
        if key == MODEL_HISTORY_TAG:
            fitted[key] = value
        else:
            limit = limits.MAX_TAG_VALUE_LENGTH
            fitted[key] = fit_value("tag", key, value, limit, truncate=truncate)
    return fitted


def check_points(points: Points) -> None:
    """Raises InvalidParameterError for a bad metric key or a negative timestamp."""
    for name in points.names:
        check_key("metric", name)
    if len(points) and min(points.timestamp) < 0:
        row = min(range(len(points)), key=points.timestamp.__getitem__)
        raise InvalidParameterError(
            f"Got invalid timestamp {points.timestamp[row]} for metric "
            f"'{points.names[points.key[row]]}' (value: {points.value[row]}). "
            "Timestamp must be a nonnegative long (64-bit integer), milliseconds since 1970"
        )


def check_batch(metrics: int, params: Sequence[str], tags: int) -> None:
    """MLflow's limits of one log-batch request; `params` are its keys, in order.

    Raises:
        InvalidParameterError: too many of one kind or in all, or a param key twice.

    """
    counts = {
        "metrics": (metrics, limits.MAX_BATCH_METRICS),
        "params": (len(params), limits.MAX_BATCH_PARAMS),
        "tags": (tags, limits.MAX_BATCH_TAGS),
        "metrics, params and tags": (metrics + len(params) + tags, limits.MAX_BATCH_ITEMS),
    }
    for what, (count, limit) in counts.items():
        if count > limit:
            raise InvalidParameterError(
                f"A batch logging request can contain at most {limit} {what}. "
                f"Got {count} {what}; split them over several requests"
            )
    if len(set(params)) != len(params):
        twice = sorted({key for key in params if params.count(key) > 1})
        raise InvalidParameterError(f"Duplicate parameter keys have been submitted: {twice}")


def check_dataset_input(given: DatasetInput) -> None:
    """Raises InvalidParameterError for a dataset without identity or over a limit."""
    dataset = given.dataset
    for name, value, limit in (
        ("name", dataset.name, limits.MAX_DATASET_NAME_LENGTH),
        ("digest", dataset.digest, limits.MAX_DATASET_DIGEST_LENGTH),
        ("source_type", dataset.source_type, limits.MAX_DATASET_SOURCE_LENGTH),
        ("source", dataset.source, limits.MAX_DATASET_SOURCE_LENGTH),
    ):
        if not value:
            raise InvalidParameterError(f"A dataset needs a {name}; {value!r} was given")
        _check_length(f"dataset {name}", value, limit)
    _check_length("dataset schema", dataset.schema or "", limits.MAX_DATASET_SCHEMA_LENGTH)
    _check_length("dataset profile", dataset.profile or "", limits.MAX_DATASET_PROFILE_LENGTH)
    for tag in given.tags:
        if not tag.key:
            raise InvalidParameterError("An input tag needs a key; '' was given")
        _check_length("input tag key", tag.key, limits.MAX_INPUT_TAG_KEY_LENGTH)
        _check_length("input tag value", tag.value, limits.MAX_INPUT_TAG_VALUE_LENGTH)


def _check_length(what: str, value: str, limit: int) -> None:
    if len(value) > limit:
        raise InvalidParameterError(
            f"The {what} exceeds the maximum length of {limit} characters: it has {len(value)}"
        )
