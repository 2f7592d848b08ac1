"""`epochal registry`."""

import json

import pytest
from click.testing import CliRunner

from epochal.cli.main import epochal


@pytest.fixture
def tell(store):
    """Run a command on the test's store, where `taxi` has two versions."""
    for loss in ("0.5", "0.3"):
        with store.start_run() as run:
            store.log_text(loss, "model/file")
        store.register_model(f"runs:/{run.info.run_id}/model", "taxi")

    def command(*arguments, status=0):
        done = CliRunner().invoke(epochal, ["registry", *arguments])
        assert done.exit_code == status, done.output
        return done.output

    return command


def test_models_and_versions_are_listed(tell):
    """For people and for programs, by filter and order."""
    tell("alias", "taxi", "champion", "1")
    lines = tell("models", "name LIKE 't%'").splitlines()
    assert lines[-1].split()[:4] == ["taxi", "2", "champion:", "1"]
    assert json.loads(tell("models", "name = 'bus'", "--json")) == []
    told = json.loads(tell("versions", "--order-by", "version_number", "--json"))
    assert [version["version"] for version in told] == [1, 2]
    assert len(tell("versions", "alias = 'champion'", "-n", "5").splitlines()) == 3


def test_a_version_is_shown(tell):
    """With its aliases and files."""
    tell("alias", "taxi", "champion", "2")
    told = json.loads(tell("show", "taxi", "2", "--json"))
    assert (told["aliases"], told["source"]) == (["champion"], told["download_uri"])
    assert "Name                   : taxi" in tell("show", "taxi", "1")


def test_aliases_and_stages_move(tell):
    """Each says what it did."""
    assert "Version 1 of 'taxi' bears" in tell("alias", "taxi", "best", "1")
    assert "No version" in tell("alias", "taxi", "best", "--delete")
    tell("stage", "taxi", "1", "production")
    assert "stage Production" in tell("stage", "taxi", "2", "Production", "--archive")
    assert json.loads(tell("show", "taxi", "1", "--json"))["current_stage"] == "Archived"


def test_versions_are_registered(tell):
    """From another version too."""
    tell("register", "models:/taxi/1", "bus")
    assert json.loads(tell("show", "bus", "1", "--json"))["source"] == "models:/taxi/1"


def test_mistakes_are_one_line(tell):
    """With exit status 1, or 2 for wrong usage."""
    for arguments, status in (
        (("show", "taxi", "9"), 1),
        (("show", "taxi", "x"), 1),
        (("models", "colour = 'x'"), 1),
        (("alias", "taxi", "latest", "1"), 1),
        (("alias", "taxi", "best"), 2),
        (("stage", "taxi", "1", "live"), 2),
        (("register", "runs:/x", "taxi"), 1),
    ):
        assert "Error: " in tell(*arguments, status=status)
