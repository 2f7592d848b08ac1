"""What users hand over as metrics, params, tags and times, and what is made of it.

Misuse raises here, at the line that is wrong, before anything is written.
"""

from __future__ import annotations

import math
import operator
import time
from typing import TYPE_CHECKING, Any

from epochal.client.environment import is_set
from epochal.client.notices import warn
from epochal.errors import InvalidParameterError
from epochal.rules import limits
from epochal.rules.keys import check_key, not_a_text
from epochal.rules.values import fit_value

if TYPE_CHECKING:
    from collections.abc import Mapping

_said: list[float] = []  # at most one: the first step that was no whole number


def now_ms() -> int:
    """Milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


def as_number(key: str, value: Any) -> float:
    """A metric's value as a float: any real number, also numpy's and torch's scalars.

    A truth value counts as 1 or 0 and a text as the number that it spells, as in MLflow.

    Raises:
        InvalidParameterError: anything else, or several numbers at once.

    """
    if type(value) is float:
        return value
    try:
        plain = value.item() if hasattr(value, "item") else value
        if not isinstance(plain, bytes):
            return float(plain)
    except (TypeError, ValueError, OverflowError, RuntimeError):
        pass
    raise InvalidParameterError(
        f"Got invalid value {value!r} for metric '{key}'. Please specify value as a valid "
        f"double (64-bit floating point); it is of type {type(value).__name__}"
    )


def as_numbers(metrics: Mapping[str, Any]) -> Mapping[str, float]:
    """Several metrics' values as floats; the very same mapping if they are floats already."""
    if {*map(type, metrics.values())} <= {float}:
        return metrics
    return {key: as_number(key, value) for key, value in metrics.items()}


def as_step(step: Any) -> int:
    """A step as an int; None is 0. Raises InvalidParameterError for anything but numbers.

    MLflow takes parts of steps as well, and its stores disagree on what becomes of them; here
    the part is dropped, and said so once.
    """
    if step is None:
        return 0
    plain = step.item() if type(step).__module__ == "numpy" else step
    if isinstance(plain, float) and math.isfinite(plain) and not plain.is_integer():
        _say_once(plain)
        return int(plain)
    return _as_whole("step", plain)


def _say_once(step: float) -> None:
    if not _said:
        _said.append(step)
        warn("epochal: steps are whole numbers; step=%r is kept as %d", step, int(step))


def as_timestamp(timestamp: Any) -> int:
    """A time in milliseconds since the epoch; None is now. Raises as `as_step`, and if negative."""
    if timestamp is None:
        return now_ms()
    whole = _as_whole("timestamp", timestamp)
    if whole < 0:
        raise InvalidParameterError(
            f"Got invalid timestamp {timestamp!r}: it must not be negative; "
            "give milliseconds since 1970"
        )
    return whole


def _as_whole(what: str, value: Any) -> int:
    try:
        if isinstance(value, float) and value.is_integer():
            return int(value)
        plain: Any = value
        return operator.index(plain.item() if hasattr(plain, "item") else plain)
    except (TypeError, ValueError, RuntimeError):
        raise InvalidParameterError(
            f"Got invalid {what} {value!r} of type {type(value).__name__}; "
            "it must be a whole number"
        ) from None


def as_param(key: str, value: Any) -> str:
    """A param's value as text, fitted to what is kept. Raises InvalidParameterError."""
    check_key("param", _text_key("param", key))
    limit = limits.MAX_PARAM_VALUE_LENGTH
    return fit_value("param", key, str(value), limit, truncate=_truncates())


def as_tag(key: str, value: Any) -> str:
    """A tag's value as text, fitted to what is kept. Raises InvalidParameterError."""
    check_key("tag", _text_key("tag", key))
    if key == "mlflow.log-model.history":
        return str(value)
    limit = limits.MAX_TAG_VALUE_LENGTH
    return fit_value("tag", key, str(value), limit, truncate=_truncates())


def _text_key(kind: str, key: Any) -> str:
    if not isinstance(key, str):
        raise not_a_text(kind, key)
    return key


def _truncates() -> bool:
    return is_set("TRUNCATE_LONG_VALUES", default=True)
