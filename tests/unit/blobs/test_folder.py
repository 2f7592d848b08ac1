"""What folders add to the contract: links, hidden files, faults of the disk."""

import errno
import os

import pytest

from epochal.blobs.folder import INCOMING, FolderBlobs
from epochal.errors import InvalidPathError, UnavailableError
from epochal.rules.paths import ArtifactPath


@pytest.fixture
def store(tmp_path):
    (tmp_path / "root").mkdir()
    return FolderBlobs(tmp_path / "root")


def test_refuses_links_that_lead_out(store, tmp_path):
    """A link inside the root never opens a file outside of it, for reading or writing."""
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "root" / "file").symlink_to(tmp_path / "secret")
    (tmp_path / "root" / "folder").symlink_to(tmp_path)
    for spelled in ("file", "folder/secret", "folder"):
        path = ArtifactPath.parse(spelled)
        with pytest.raises(InvalidPathError, match="link"):
            store.open_read(path)
        with pytest.raises(InvalidPathError, match="link"):
            store.open_write(path)
        with pytest.raises(InvalidPathError, match="link"):
            store.delete(path)
    assert (tmp_path / "secret").read_text() == "secret"


def test_the_folder_of_unfinished_files_is_not_reachable(store):
    """Its name is reserved."""
    with pytest.raises(InvalidPathError, match="reserved"):
        store.find(ArtifactPath.parse(f"{INCOMING}/x"))


def test_a_full_disk_names_the_artifact_and_not_the_place(store, tmp_path, monkeypatch):
    """The error can be shown to a client, and nothing half-written stays."""

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left", str(tmp_path))

    writer = store.open_write(ArtifactPath.parse("a.txt"))
    writer.write(b"x")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnavailableError, match=r"a\.txt.*No space left") as caught:
        writer.commit()
    assert str(tmp_path) not in str(caught.value)
    assert [p for p in (tmp_path / "root").rglob("*") if p.is_file()] == []
