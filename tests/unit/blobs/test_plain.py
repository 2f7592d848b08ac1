"""What an object store adds to the contract of stores."""

import pytest

from epochal.blobs.plain import PlainBlobs, new_object_key
from epochal.errors import NotSupportedError
from epochal.rules.paths import ArtifactPath
from epochal.testing.blobs import put, read


def test_what_others_keep_there_is_seen_as_it_is(moto):
    """Marks of folders, as some tools leave them, are no files."""
    bucket = moto.bucket()
    bucket.put("a/x", b"x")
    store = PlainBlobs(bucket)
    put(store, "a/y", b"y")
    assert [info.path for info in store.list_folder(ArtifactPath.parse("a"))] == ["a/x", "a/y"]
    assert read(store, "a/x") == b"x"
    assert bucket.find("a/y").size == 1


def test_a_path_keeps_what_begins_alike_apart(moto):
    """Deleting `a` leaves `ab`."""
    store = PlainBlobs(moto.bucket())
    for name in ("a/x", "ab/x", "a.b"):
        put(store, name, b"x")
    store.delete(ArtifactPath.parse("a"))
    assert [info.path for info in store.list_folder(ArtifactPath())] == ["a.b", "ab"]


def test_without_keys_nothing_is_sent_in_parts(moto):
    """The library may have logged in by other means; it signs whole objects only."""
    store = PlainBlobs(moto.bucket())
    assert not store.takes_parts
    with pytest.raises(NotSupportedError):
        store.sign_parts(ArtifactPath.parse("x"), 1, 60)


def test_names_of_contents_are_all_different():
    """And spread over many prefixes."""
    assert len({new_object_key() for _ in range(1000)}) == 1000
