"""What keeps equal contents once on a folder, and what protects them."""

import errno
import os
from pathlib import Path

import pytest

from epochal.blobs import objects
from epochal.blobs.folder import FolderBlobs
from epochal.rules.paths import ArtifactPath
from epochal.testing.blobs import put, read


@pytest.fixture
def root(tmp_path):
    return tmp_path / "root"


@pytest.fixture
def store(root):
    return FolderBlobs(root, shares=True)


def digest_of(store, name):
    opened = store.open_file(ArtifactPath.parse(name))
    opened.stream.close()
    return opened.info.sha256


def inode(root, name):
    return (root / name).stat().st_ino


def test_a_thousand_runs_with_one_file_take_its_disk_once(store, root):
    """Each has a plain file in its folder; all of them are one inode."""
    for number in range(50):
        put(store, f"0/{number}/artifacts/model.pkl", b"weights" * 10_000)
    places = list(root.glob("0/*/artifacts/model.pkl"))
    assert len(places) == 50
    assert len({place.stat().st_ino for place in places}) == 1
    assert places[0].stat().st_nlink == 51


def test_files_that_share_a_content_are_read_only(store, root):
    """An editor then makes a file of its own instead of changing all of them."""
    put(store, "a", b"x")
    assert (root / "a").stat().st_mode & 0o777 == 0o444


def test_an_edited_content_is_never_given_to_others(store, root):
    """Somebody forced his way into one file; the next upload of the old bytes is written anew."""
    put(store, "a", b"content")
    (root / "a").chmod(0o644)
    (root / "a").write_bytes(b"Content")
    put(store, "b", b"content")
    assert read(store, "b") == b"content"
    assert read(store, "a") == b"Content"
    assert digest_of(store, "a") is None
    put(store, "c", b"content")
    assert inode(root, "b") == inode(root, "c") != inode(root, "a")


def test_a_content_with_a_lost_mark_is_read_again(store, root):
    """A copy of the folder may have other times; what is sound is still used."""
    put(store, "a", b"content")
    os.utime(root / "a", (1, 1))
    put(store, "b", b"content")
    assert inode(root, "a") == inode(root, "b")


def test_files_are_copied_where_nothing_can_be_linked(store, root, monkeypatch):
    """Some network folders cannot."""

    def refuse(*_):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    for name in ("a", "b"):
        put(store, name, b"content")
        assert read(store, name) == b"content"
    assert inode(root, "a") != inode(root, "b")
    assert list(store.iter_objects()) == []


def test_more_names_than_an_inode_can_have_begin_a_second(store, root, monkeypatch):
    """ext4 takes 65,000; the content then has two inodes."""
    real, left = os.link, [3]

    def limited(source, target):
        if left[0] == 0 and Path(source).stat().st_ino == first[0]:
            raise OSError(errno.EMLINK, "Too many links")
        left[0] = max(left[0] - 1, 0)
        real(source, target)

    put(store, "0", b"content")
    first = [inode(root, "0")]
    monkeypatch.setattr(os, "link", limited)
    for number in range(1, 8):
        put(store, str(number), b"content")
    assert [read(store, str(number)) for number in range(8)] == [b"content"] * 8
    assert len({inode(root, str(number)) for number in range(8)}) == 2


def test_a_crash_between_the_steps_is_harmless(store, root, monkeypatch):
    """An object without a file is used by the next, and swept if there is none."""

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("epochal.blobs.folder._move", die)
        with pytest.raises(KeyboardInterrupt):
            put(store, "a", b"content")
    assert store.list_folder(ArtifactPath()) == []
    put(store, "b", b"content")
    assert read(store, "b") == b"content"


def test_where_no_attributes_are_kept_the_digest_is_not_told(store, monkeypatch):
    """It is only ever told when it is known."""
    monkeypatch.setattr(objects, "_has_attributes", False)
    put(store, "a", b"content")
    assert digest_of(store, "a") is None


def test_logging_the_same_file_to_the_same_path_leaves_one(store, root):
    """Two names of one inode are not replaced by each other; nothing stays of the second."""
    for _ in range(3):
        put(store, "a", b"content")
    assert (root / "a").stat().st_nlink == 2
    assert list((root / ".epochal-incoming").iterdir()) == []
