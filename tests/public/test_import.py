"""What `import epochal` gives, and what it must not drag along."""

from __future__ import annotations

import ast
import importlib.resources
import json
import subprocess
import sys
from pathlib import Path

import epochal

HEAVY = {
    *("numpy", "pandas", "pyarrow", "matplotlib", "PIL"),
    *("sqlite3", "psycopg", "sqlalchemy"),
    *("starlette", "uvicorn", "fastapi", "httptools", "uvloop", "asyncio", "requests", "httpx"),
    *("click", "yaml", "mlflow", "sklearn"),
}
ROOMS_OF_SERVERS = {"epochal.sql", "epochal.server", "epochal.cli", "epochal.wiring"}


def fresh(code):
    """What a fresh interpreter prints as JSON."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_import_drags_no_heavy_module_along():
    """No web, SQL, numpy or pandas module is imported, nor any room that needs one."""
    loaded = set(fresh("import epochal, sys, json; print(json.dumps(sorted(sys.modules)))"))
    roots = {name.split(".")[0] for name in loaded}
    assert not roots & HEAVY
    assert not loaded & ROOMS_OF_SERVERS


def test_every_public_name_exists():
    """`__all__` names only what is there, each name once, in order."""
    assert [name for name in epochal.__all__ if not hasattr(epochal, name)] == []
    assert sorted(set(epochal.__all__)) == sorted(epochal.__all__)


def test_everything_public_is_named():
    """What the module imports for its users stands in `__all__`."""
    tree = ast.parse(Path(epochal.__file__).read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module != "__future__"
        for alias in node.names
    }
    assert {name for name in imported if not name.startswith("_")} <= set(epochal.__all__)


def test_names_of_the_course_are_there():
    """A script of the experiment-tracking course finds every name that it calls."""
    wanted = (
        "set_tracking_uri get_tracking_uri set_experiment create_experiment start_run end_run "
        "active_run last_active_run get_run log_param log_params log_metric log_metrics set_tag "
        "set_tags log_artifact log_artifacts log_text log_dict log_figure log_image log_table "
        "search_runs search_experiments MlflowClient"
    )
    assert [name for name in wanted.split() if not hasattr(epochal, name)] == []


def test_package_is_typed():
    """Type checkers of users read our annotations."""
    assert importlib.resources.files("epochal").joinpath("py.typed").is_file()
