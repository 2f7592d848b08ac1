"""`epochal gc` and `epochal check`."""

import time

import pytest
from click.testing import CliRunner

from epochal.cli.main import epochal
from epochal.cli.upkeep import parse_age
from epochal.errors import InvalidParameterError
from epochal.settings import locate_store
from epochal.wiring import open_served


@pytest.fixture
def run_of(tmp_path):
    """Make a run with one file in the store; answers its id."""

    def make(content, *, is_deleted):
        services = open_served(locate_store(str(tmp_path)))
        run_id = services.runs.create("0").info.run_id
        writer = services.artifacts.write_run(run_id, "model.bin")
        writer.write(content)
        writer.commit()
        if is_deleted:
            services.runs.delete(run_id)
        services.close()
        return run_id

    return make


def tell(tmp_path, command, *options):
    arguments = [command, "--backend-store-uri", str(tmp_path), *options]
    return CliRunner().invoke(epochal, arguments)


def test_gc_lists_first_and_removes_when_told(tmp_path, run_of):
    """Files of deleted runs go, then contents that no file has; shared ones stay."""
    kept = run_of(b"shared", is_deleted=False)
    shared, own = run_of(b"shared", is_deleted=True), run_of(b"own content", is_deleted=True)
    time.sleep(0.01)
    now = ("--older-than", "0s", "--grace", "0s")
    listed = tell(tmp_path, "gc", *now)
    assert listed.exit_code == 0
    assert {shared, own} <= set(listed.output.split())
    assert "Would remove 2 entries, 0 bytes; repeat with --delete" in listed.output
    assert (tmp_path / f"artifacts/0/{own}/artifacts/model.bin").exists()
    done = tell(tmp_path, "gc", *now, "--delete")
    assert "Removed 3 entries, 11 bytes" in done.output
    assert "Removed 0 entries" in tell(tmp_path, "gc", *now, "--delete").output
    assert (tmp_path / f"artifacts/0/{kept}/artifacts/model.bin").read_bytes() == b"shared"


def test_gc_drops_uploads_of_datasets_that_nobody_completed(tmp_path):
    """Once their grace is over, and only when told to remove."""
    services = open_served(locate_store(str(tmp_path)))
    services.datasets.upload(b"\0\0\0\5chunk")
    services.close()
    time.sleep(0.01)
    for options in (("--grace", "0s"), ("--delete",)):
        assert "uploads" not in tell(tmp_path, "gc", *options).output
        assert len(list(tmp_path.glob("**/*.pack"))) == 1
    done = tell(tmp_path, "gc", "--grace", "0s", "--delete")
    assert "Dropped 1 uploads of datasets" in done.output
    assert list(tmp_path.glob("**/*.pack")) == []


def test_gc_leaves_what_is_recent(tmp_path, run_of):
    """By default for a month and a day."""
    run_of(b"own", is_deleted=True)
    assert "Would remove 0 entries" in tell(tmp_path, "gc").output


def test_check_names_what_was_edited_in_place(tmp_path, run_of):
    """With exit status 1; a sound store has 0."""
    run_id = run_of(b"content", is_deleted=False)
    assert tell(tmp_path, "check").output == "Read 1 contents, 0 damaged\n"
    place = tmp_path / f"artifacts/0/{run_id}/artifacts/model.bin"
    place.chmod(0o644)
    place.write_bytes(b"Content")
    done = tell(tmp_path, "check")
    assert done.exit_code == 1
    assert "its content has the SHA-256" in done.output


@pytest.mark.parametrize(("text", "seconds"), [("90", 90), ("1.5h", 5400), ("30D", 2_592_000)])
def test_ages_are_read(text, seconds):
    """Seconds unless a unit says otherwise."""
    assert parse_age(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "-1d", "1w", "1d2h"])
def test_other_ages_are_refused(text):
    """Rather than guessed."""
    with pytest.raises(InvalidParameterError, match="30d"):
        parse_age(text)
