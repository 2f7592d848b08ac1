"""Settings from the environment, spelled our way or MLflow's."""

from __future__ import annotations

import os

from epochal.errors import InvalidParameterError

_FALSE = frozenset({"", "0", "false", "no", "off"})


def variable(name: str) -> str | None:
    """`EPOCHAL_<name>`, else `MLFLOW_<name>`, else None; an empty one counts as unset."""
    return os.environ.get(f"EPOCHAL_{name}") or os.environ.get(f"MLFLOW_{name}") or None


def is_set(name: str, *, default: bool = False) -> bool:
    """A switch: 1/true/yes/on or 0/false/no/off, any case."""
    value = variable(name)
    return default if value is None else value.strip().lower() not in _FALSE


def number(name: str, default: float) -> float:
    """A number of at least 0.

    Raises:
        InvalidParameterError: the variable holds none.

    """
    value = variable(name)
    if value is None:
        return default
    try:
        found = float(value)
    except ValueError:
        found = -1.0
    if not found >= 0:
        raise InvalidParameterError(
            f"The environment variable EPOCHAL_{name} or MLFLOW_{name} is {value!r}; "
            f"it must be a number of at least 0, such as {default:g}"
        )
    return found
