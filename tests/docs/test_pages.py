"""The docs say what the code does."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from epochal.search.parser import parse_filter
from fixtures.servers import clean_environment

ROOT = Path(__file__).parent.parent.parent
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
VARIABLE = re.compile(r"(?:MLFLOW|EPOCHAL)_[A-Z_]+[A-Z]")
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
READERS = {"variable", "is_set", "number"}  # of client/environment.py: names without a prefix


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    """Every link to a file of the repository finds it."""
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_reference_pages_are_fresh():
    """The tables of endpoints, fields and options are those of the code."""
    spec = importlib.util.spec_from_file_location("reference", ROOT / "tools/reference.py")
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    assert [page.name for page in reference.stale()] == [], "run: make docs"


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "docs/getting-started.md",
        "docs/logging.md",
        "docs/datasets.md",
        "docs/registry.md",
    ],
)
def test_examples_run(page, tmp_path):
    """Each piece of Python in the page runs in a fresh store, as a reader would run it."""
    blocks = BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    assert blocks
    (tmp_path / ".epochal").mkdir()  # whatever lies in a folder above, the store is here
    for block in blocks:
        command = [sys.executable, "-c", block]
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / ".epochal/epochal.db").is_file()


def variables():
    """Every environment variable that our code reads by a literal name."""
    found = set()
    for path in (ROOT / "src/epochal").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and VARIABLE.fullmatch(str(node.value)):
                found.add(str(node.value).replace("EPOCHAL_", "MLFLOW_"))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                name = node.args[0]
                if node.func.id in READERS and isinstance(name, ast.Constant):
                    found.add(f"MLFLOW_{name.value}")
    return found


def test_every_variable_is_documented():
    """Each environment variable that the code reads stands in the pages about configuration."""
    text = "".join(
        (ROOT / "docs" / name).read_text(encoding="utf-8")
        for name in ("configuration.md", "command-line.md")
    )
    written = set(VARIABLE.findall(text))
    written |= {name.replace("EPOCHAL_", "MLFLOW_") for name in written}
    assert sorted(variables() - written) == []


def test_architecture_names_what_exists():
    """Every file and room that ARCHITECTURE.md names is there, and every room is named."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    source = ROOT / "src/epochal"
    named = set(re.findall(r"`([\w/]+(?:\.py|\.sql|/))`", text))
    assert [name for name in sorted(named) if not (source / name).exists()] == []
    rooms = {f"{path.name}/" for path in source.iterdir() if (path / "__init__.py").exists()}
    assert sorted(rooms - named) == []


def test_filters_in_the_docs_are_legal():
    """What the page on searching tells people to write, the parser takes."""
    text = (ROOT / "docs/search.md").read_text(encoding="utf-8").replace("\\|", "|")
    table = text.partition("| To find runs | write |")[2].partition("\n\n")[0]
    found = [
        one.strip()
        for one in re.findall(r"(?<!`)(`{1,2})(?!`)(.+?)(?<!`)\1(?!`)", table)
        for one in one[1:]
    ]
    filters = [one for one in found if re.search(r"[<>=~]| (IN|IS|LIKE|BETWEEN) ", one)]
    assert len(filters) >= 40
    for one in filters:
        parse_filter(one, "run")
