"""Libraries of data, imported when they are needed and not before."""

from __future__ import annotations

import importlib
from typing import Any

from epochal.errors import NotSupportedError

_EXTRAS = {"pandas": "epochal[data]", "pyarrow": "epochal[data]", "pyfastcdc": "epochal[data]"}


def library(name: str) -> Any:
    """A library by its module's name. Raises NotSupportedError where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        package = name.partition(".")[0]
        wanted = _EXTRAS.get(package, package)
        raise NotSupportedError(
            f"This needs {package}, which is not installed; pip install '{wanted}'"
        ) from None
