"""A journal that finds no room is reported, and training goes on."""

from __future__ import annotations

import re

import pytest


def test_unwritable_journal_moves_to_the_temporary_folder(script, tmp_path):
    """A folder that takes no journal costs a warning; the journal is kept elsewhere."""
    (tmp_path / "store").mkdir()
    (tmp_path / "store/journal").write_text("a file stands in the way")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = script(
        """
        import epochal as mlflow
        mlflow.set_tracking_uri("store")
        with mlflow.start_run():
            mlflow.log_metric("loss", 1.0)
        print(mlflow.last_active_run().data.metrics)
        """,
        TMPDIR=str(temporary),
    )
    assert done.code == 0, done.err
    assert done.out.strip() == "{'loss': 1.0}"
    assert "cannot be written" in done.err
    assert str(temporary) in done.err


@pytest.mark.skipif(not hasattr(__import__("os"), "posix_fallocate"), reason="needs fallocate")
def test_full_disk_is_reported_and_never_raised(script):
    """With no disk left for a journal, points go through memory into the store."""
    done = script(
        """
        import errno, os
        import epochal as mlflow
        mlflow.set_tracking_uri("store")
        run = mlflow.start_run()
        def full(*_):
            raise OSError(errno.ENOSPC, "No space left on device")
        os.posix_fallocate = full
        for step in range(100_000):
            mlflow.log_metric("loss", 1.0, step=step)
        mlflow.end_run()
        print(len(mlflow.MlflowClient().get_metric_history(run.info.run_id, "loss")))
        """
    )
    assert done.code == 0, done.err
    assert done.out.strip() == "100000"
    assert "No space left on device" in done.err
    assert "held in memory" in done.err


FULL = """
import resource, sys, time
import epochal as mlflow
from epochal.client.stores import close_all
mlflow.set_tracking_uri("store")
run = mlflow.start_run()
resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, 3 << 20))  # no file grows beyond that
for step in range(300_000):
    mlflow.log_metric("loss", step / 7, step=step)
print(mlflow.logging_status().state, mlflow.logging_status().in_memory > 0)
stored = len(mlflow.MlflowClient().get_metric_history(run.info.run_id, "loss"))
close_all()
status = mlflow.logging_status()
print(status.state, stored < 300_000, stored + status.lost, status.in_memory)
"""


@pytest.mark.skipif(not hasattr(__import__("os"), "posix_fallocate"), reason="needs fallocate")
def test_an_offline_folder_without_room_says_how_much_is_lost(script):
    """The end names the number of values that were held in memory."""
    code = FULL.replace('"store"', '"offline:away"').partition("stored =")[0]
    done = script(code)
    assert done.code == 0, done.err
    (lost,) = re.findall(r"(\d+) values are lost", done.err)
    assert 200_000 < int(lost) < 300_000


@pytest.mark.skipif(not hasattr(__import__("os"), "posix_fallocate"), reason="needs fallocate")
def test_what_no_disk_takes_is_counted_as_lost(script):
    """With neither journal nor store the end names how many values are gone; reads warn."""
    done = script(FULL, EPOCHAL_EXIT_GRACE_S="1")
    assert done.code == 0, done.err
    first, second = done.out.splitlines()
    assert first == "degraded True"
    assert second == "degraded True 300001 0"  # all points and the end of the run
    assert "lacks what this process logged" in done.err
    assert re.findall(r"(\d+) values are lost", done.err) != []
    assert "It lies in" not in done.err


def test_unusable_store_is_a_clear_error_at_the_start(script, tmp_path):
    """A store that cannot be opened says so at start_run, not at each point."""
    (tmp_path / "store").write_text("no folder")
    done = script(
        """
        import epochal as mlflow
        mlflow.set_tracking_uri("store")
        try:
            mlflow.start_run()
        except mlflow.MlflowException as error:
            print(type(error).__name__, error)
        """
    )
    assert done.code == 0, done.err
    assert "store" in done.out
