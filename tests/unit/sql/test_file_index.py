"""The index of files in an object store, on both databases."""

import pytest

from epochal.errors import InvalidParameterError
from epochal.ports.file_index import IndexEntry, KeptObject
from epochal.rules.paths import ArtifactPath
from epochal.sql.file_index import SqlFileIndex

ROOT = ArtifactPath()


@pytest.fixture
def index(any_database):
    return SqlFileIndex(any_database, "s3://bucket/place")


def path(text):
    return ArtifactPath.parse(text)


def names(index, folder):
    return [entry.name for entry in index.list_folder(path(folder))]


def test_files_stand_in_folders(index):
    """Each is listed where it is, folders without a content."""
    content = KeptObject("k1", 5, "ab")
    assert index.put(path("a/b/c"), content, 1) == "k1"
    assert index.list_folder(ROOT) == [IndexEntry("a", None)]
    assert index.list_folder(path("a/b")) == [IndexEntry("c", content)]
    assert index.find(path("a/b/c")) == IndexEntry("c", content)
    assert index.find(path("a/b/d")) is None


def test_equal_contents_are_one_object(index):
    """The second key is not taken up."""
    index.put(path("one"), KeptObject("k1", 5, "ab"), 1)
    assert index.put(path("two"), KeptObject("k2", 5, "ab"), 2) == "k1"
    assert index.put(path("three"), KeptObject("k3", 6, "ab"), 3) == "k3"
    assert set(index.find_kept(["k1", "k2", "k3"])) == {"k1", "k3"}


def test_another_place_is_another_store(index, any_database):
    """Neither files nor contents are seen there."""
    index.put(path("a"), KeptObject("k", 5, "ab"), 1)
    other = SqlFileIndex(any_database, "s3://bucket/elsewhere")
    assert other.list_folder(ROOT) == []
    assert not other.link(path("a"), "ab", 5, 2)


def test_files_and_folders_are_not_mixed(index):
    """In either direction."""
    index.put(path("a/b"), KeptObject("k", 5, "ab"), 1)
    for where in ("a", "a/b/c"):
        with pytest.raises(InvalidParameterError):
            index.put(path(where), KeptObject("x", 1, None), 2)
        with pytest.raises(InvalidParameterError):
            index.check_free(path(where))
    index.check_free(path("a/c"))


def test_deleting_takes_all_below_and_nothing_beside(index):
    """Names that begin alike stay, whatever character follows."""
    for name in ("a/x", "a/y/z", "a-/x", "a0", "a.b/x", "b"):
        index.put(path(name), KeptObject(name, 1, name), 1)
    index.delete(path("a"), 2)
    index.delete(path("a"), 3)
    assert names(index, "") == ["a-", "a.b", "a0", "b"]
    assert names(index, "a/y") == []
    index.delete(ROOT, 4)
    assert names(index, "") == names(index, "a-") == []


def test_only_what_nobody_has_is_forgotten(index):
    """And not what was touched since."""
    index.put(path("a"), KeptObject("k", 1, "ab"), 10)
    assert not index.forget("k", 100)
    index.delete(path("a"), 20)
    assert index.find_kept(["k"])["k"][1] is False
    assert not index.forget("k", 19)
    assert index.link(path("b"), "ab", 1, 30)
    assert not index.forget("k", 100)
    index.put(path("b"), KeptObject("other", 1, "cd"), 40)
    assert index.forget("k", 40)
    assert not index.forget("k", 40)
    assert not index.link(path("c"), "ab", 1, 50)


def test_a_digest_found_later_joins_equal_contents(index):
    """The files of the one without get the other."""
    index.put(path("known"), KeptObject("k1", 3, "ab"), 1)
    index.put(path("sent"), KeptObject("k2", 3), 2)
    index.put(path("alone"), KeptObject("k3", 4), 3)
    for key, digest in (("k2", "ab"), ("k3", "cd"), ("none", "ef")):
        index.settle(key, digest, 4)
    assert index.find(path("sent")).content.key == "k1"
    assert index.find(path("alone")).content == KeptObject("k3", 4, "cd")
    assert index.find_kept(["k2"])["k2"][1] is False
