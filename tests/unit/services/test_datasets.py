"""Uploads and their end."""

import pytest

from epochal.settings import locate_store
from epochal.wiring import open_embedded


@pytest.fixture
def datasets(tmp_path):
    services = open_embedded(locate_store(str(tmp_path / "store")))
    yield services.datasets
    services.close()


def test_uploads_that_nobody_commits_are_dropped(datasets, tmp_path):
    """Not before their grace is over."""
    datasets.upload(b"\0\0\0\5chunk")
    assert len(list(tmp_path.glob("**/*.pack"))) == 1
    assert datasets.collect() == 0
    assert datasets.collect(grace_ms=-10_000) == 1
    assert list(tmp_path.glob("**/*.pack")) == []


def test_a_failed_upload_leaves_no_file(datasets, tmp_path, monkeypatch):
    """A full disk, say."""

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("epochal.blobs.folder.os.fsync", fail)
    with pytest.raises(Exception, match="No space left"):
        datasets.upload(b"\0\0\0\5chunk")
    assert [p for p in tmp_path.glob("**/.epochal-datasets/**/*") if p.is_file()] == []
