"""What the server keeps in an object store, when something dies in between."""

import pytest

from epochal.blobs.indexed import IndexedBlobs
from epochal.errors import UnavailableError
from epochal.rules.paths import ArtifactPath
from epochal.sql.database import open_database
from epochal.sql.file_index import SqlFileIndex
from epochal.testing.blobs import put, read


@pytest.fixture
def place(moto, tmp_path):
    """A bucket, an index, and the store of both."""
    uri = moto.new_uri()
    database = open_database(f"sqlite:///{tmp_path}/index.db")
    bucket, index = moto.bucket(uri), SqlFileIndex(database, uri)
    yield bucket, index, IndexedBlobs(bucket, index)
    database.close()


def test_a_file_that_could_not_be_noted_leaves_nothing(place, monkeypatch):
    """The database fails after the store has the bytes: they are removed again."""
    bucket, index, store = place

    def fail(*_):
        raise UnavailableError("The disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(index, "put", fail)
        for size in (10, 9 << 20):
            writer = store.open_write(ArtifactPath.parse("x"))
            writer.write(bytes(size))
            with pytest.raises(UnavailableError):
                writer.commit()
    assert list(bucket.iter_below("")) == []
    assert store.find(ArtifactPath.parse("x")) is None


def test_what_a_dead_server_left_behind_is_swept(place):
    """Bytes that no row tells of, once they are old enough to belong to no upload."""
    bucket, _, store = place
    bucket.put(".objects/ab/orphan", b"lost")
    put(store, "kept", b"kept")
    orphan = next(found for found in store.iter_objects() if not found.is_used)
    assert orphan.name == ".objects/ab/orphan"
    assert not store.sweep(orphan.name, 3600)
    assert store.sweep(orphan.name, 0)
    assert read(store, "kept") == b"kept"


def test_a_damaged_content_is_named(place):
    """Other bytes, or fewer."""
    bucket, index, store = place
    put(store, "x", b"sound")
    key = index.find(ArtifactPath.parse("x")).content.key
    for content, told in ((b"Sound", "SHA-256"), (b"so", "2 bytes instead of 5")):
        bucket.put(key, content)
        assert told in store.verify(key)
