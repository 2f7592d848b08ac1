"""Who runs what: the tags that every run gets without being asked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

CONSOLE = "<console>"
_NO_FILES = frozenset({CONSOLE, "-c", "-"})  # where what runs was typed or piped in


def source_tags() -> dict[str, str]:
    """User, script and commit of this process, as far as they can be found out.

    Read anew for each run: a notebook may change its folder, a checkout its commit.
    """
    from epochal.capture.git import find_checkout

    name, kind = _source()
    tags = {
        "mlflow.user": find_user(),
        "mlflow.source.name": name,
        "mlflow.source.type": kind,
    }
    checkout = find_checkout(_place(name, kind)) if name not in _NO_FILES else None
    if checkout is not None:
        tags["mlflow.source.git.commit"] = checkout.commit
        if checkout.branch:
            tags["mlflow.source.git.branch"] = checkout.branch
        if checkout.url:
            tags["mlflow.source.git.repoURL"] = checkout.url
    return tags


def find_user() -> str:
    """The name of the operating system's user."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if os.environ.get(name):
            return os.environ[name]
    if sys.platform != "win32":
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:  # a container that runs under a number without a name
            return str(os.getuid())
    return "unknown"


def _source() -> tuple[str, str]:
    """The name and type of what runs."""
    if is_notebook():
        return _notebook_name(), "NOTEBOOK"
    script = sys.argv[0] if getattr(sys, "argv", None) else ""
    return script or CONSOLE, "LOCAL"


def is_notebook() -> bool:
    """Whether this is a Jupyter kernel."""
    shell: Any = sys.modules.get("IPython")
    if shell is None or "ipykernel" not in sys.modules:
        return False
    return shell.get_ipython() is not None


def _notebook_name() -> str:
    """The notebook's file where the server or the editor tells it, else its folder."""
    session = os.environ.get("JPY_SESSION_NAME")
    if session:
        return session
    main = sys.modules.get("__main__")
    return str(getattr(main, "__vsc_ipynb_file__", None) or Path.cwd())


def _place(name: str, kind: str) -> Path:
    place = Path(name).absolute()
    return place if kind != "NOTEBOOK" or place.exists() else Path.cwd()
