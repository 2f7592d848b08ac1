"""The command `epochal`."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from epochal.cli.main import epochal


def run(*arguments):
    return CliRunner().invoke(epochal, arguments)


def test_help_lists_every_command():
    """With a line about each."""
    told = run("--help").output
    for name in ("server", "ui", "experiments", "runs"):
        assert name in told


def test_help_imports_no_command():
    """It is quick because nothing heavy is loaded."""
    probe = (
        "import sys; from click.testing import CliRunner; from epochal.cli.main import epochal; "
        "CliRunner().invoke(epochal, ['--help']); "
        "sys.exit(any(name in sys.modules for name in ('uvicorn', 'msgspec', 'sqlite3')))"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


def test_the_version_is_told():
    """As `epochal, version X`."""
    assert run("--version").output.startswith("epochal, version ")


def test_an_unknown_command_is_wrong_usage():
    """Exit status 2."""
    assert run("bogus").exit_code == 2


@pytest.mark.parametrize("module", ["epochal", "epochal.cli.main"])
def test_it_runs_as_a_module(module):
    """Without an installed script."""
    done = subprocess.run(
        [sys.executable, "-m", module, "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("epochal, version ")
