"""What one is asked for when reporting a problem."""

from __future__ import annotations

import os
import sys

from epochal.client.tracking_uri import get_tracking_uri

_PACKAGES = ("epochal", "msgspec", "numpy", "pandas", "mlflow", "scikit-learn", "torch")
_SHOWN = "***"


def doctor(mask_envs: bool = False) -> None:
    """Print versions, the store and the settings of the environment; secrets never.

    Args:
        mask_envs: hide the values of all variables, not only of secrets.

    """
    import platform
    from importlib.metadata import PackageNotFoundError, version

    lines = [
        f"System: {platform.platform()}",
        f"Python: {platform.python_version()} ({sys.executable})",
        f"Tracking URI: {get_tracking_uri()}",
    ]
    for package in _PACKAGES:
        try:
            lines.append(f"{package}: {version(package)}")
        except PackageNotFoundError:
            continue
    for name in sorted(os.environ):
        if name.startswith(("EPOCHAL_", "MLFLOW_")):
            hides = mask_envs or any(word in name for word in ("PASSWORD", "TOKEN", "SECRET"))
            lines.append(f"{name}: {_SHOWN if hides else os.environ[name]}")
    sys.stdout.write("\n".join(lines) + "\n")
