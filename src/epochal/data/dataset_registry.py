"""The functions that make datasets, those of plugins among them."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Any

from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

_constructors: dict[str, Callable[..., Any]] = {}


def register_constructor(
    constructor_fn: Callable[..., Any], constructor_name: str | None = None
) -> str:
    """Offer a function as `epochal.data.<name>`; the name is that of the function if None.

    Raises:
        InvalidParameterError: the name begins neither with "from_" nor with "load_", or the
            function does not take `name` and `digest`.

    """
    name = constructor_name or constructor_fn.__name__
    if not name.startswith(("from_", "load_")):
        raise InvalidParameterError(
            f"Invalid dataset constructor name: {name!r}; it must begin with 'from_' or 'load_'"
        )
    taken = inspect.signature(constructor_fn).parameters
    lacking = [each for each in ("name", "digest") if each not in taken]
    if lacking:
        raise InvalidParameterError(
            f"A constructor of datasets must take {' and '.join(lacking)}; {name!r} does not"
        )
    _constructors[name] = constructor_fn
    setattr(sys.modules["epochal.data"], name, constructor_fn)
    return name


def get_registered_constructors() -> dict[str, Callable[..., Any]]:
    """What was registered, by name."""
    return dict(_constructors)
