"""The tags that every run gets."""

from __future__ import annotations

import sys

import pytest

from epochal.capture.source import find_user, is_notebook, source_tags


def test_scripts_are_named(monkeypatch, tmp_path):
    """A script's path is the source."""
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "train.py"), "--lr", "1"])
    tags = source_tags()
    assert tags["mlflow.source.name"] == str(tmp_path / "train.py")
    assert tags["mlflow.source.type"] == "LOCAL"
    assert tags["mlflow.user"] == find_user()


@pytest.mark.parametrize("argv", [[""], []])
def test_consoles_have_no_script(monkeypatch, argv):
    """An interactive session has neither a file nor a commit."""
    monkeypatch.setattr(sys, "argv", argv)
    tags = source_tags()
    assert tags["mlflow.source.name"] == "<console>"
    assert "mlflow.source.git.commit" not in tags


def test_user_without_variables(monkeypatch):
    """Without variables the operating system is asked."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    assert find_user()
    monkeypatch.setenv("LOGNAME", "ada")
    assert find_user() == "ada"


def test_this_is_no_notebook():
    """A test process is not taken for a Jupyter kernel."""
    assert not is_notebook()


def test_code_on_the_command_line_is_called_as_mlflow_calls_it(monkeypatch):
    """`python -c` has no file, and so no commit."""
    monkeypatch.setattr(sys, "argv", ["-c"])
    tags = source_tags()
    assert tags["mlflow.source.name"] == "-c"
    assert "mlflow.source.git.commit" not in tags
