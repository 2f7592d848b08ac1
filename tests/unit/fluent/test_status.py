"""`logging_status()`."""

from __future__ import annotations


def test_the_current_store_is_looked_at(store, tmp_path):
    """Unless another is named."""
    with store.start_run():
        store.log_metric("loss", 1.0)
    assert store.logging_status().appended == 2  # the point and the end of the run
    assert store.logging_status(str(tmp_path / "other")).appended == 0
