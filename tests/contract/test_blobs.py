"""Every blob store keeps the promises of `ports.blobs`."""

import urllib.request

import pytest

from epochal.blobs.folder import FolderBlobs
from epochal.blobs.indexed import IndexedBlobs
from epochal.blobs.plain import PlainBlobs
from epochal.sql.database import open_database
from epochal.sql.file_index import SqlFileIndex
from epochal.testing.blobs import BlobContract, SharingContract, SigningContract, path, put, read


class TestFolder(BlobContract):
    @pytest.fixture
    def store(self, tmp_path):
        return FolderBlobs(tmp_path / "artifacts")


class TestSharingFolder(BlobContract, SharingContract):
    @pytest.fixture
    def store(self, tmp_path):
        return FolderBlobs(tmp_path / "artifacts", shares=True)


class TestPlainOnMoto(BlobContract, SigningContract):
    @pytest.fixture
    def store(self, moto):
        uri = moto.new_uri()
        return PlainBlobs(moto.bucket(uri), moto.multipart(uri))


class TestPlainOnRclone(BlobContract):
    @pytest.fixture
    def store(self, rclone):
        return PlainBlobs(rclone.bucket())


class TestIndexedOnMoto(BlobContract, SharingContract, SigningContract):
    @pytest.fixture
    def store(self, moto, tmp_path):
        uri = moto.new_uri()
        database = open_database(f"sqlite:///{tmp_path}/index.db")
        index = SqlFileIndex(database, uri)
        yield IndexedBlobs(moto.bucket(uri), index, moto.multipart(uri))
        database.close()


class TestIndexedOnRclone(BlobContract, SharingContract):
    @pytest.fixture
    def store(self, rclone, tmp_path):
        uri = rclone.new_uri()
        database = open_database(f"sqlite:///{tmp_path}/index.db")
        yield IndexedBlobs(rclone.bucket(uri), SqlFileIndex(database, uri))
        database.close()


def test_what_clients_sent_in_parts_is_kept_once_too(moto, tmp_path):
    """Its digest is worked out afterwards; then equal files share one content."""
    uri = moto.new_uri()
    database = open_database(f"sqlite:///{tmp_path}/index.db")
    store = IndexedBlobs(moto.bucket(uri), SqlFileIndex(database, uri), moto.multipart(uri))
    put(store, "one", b"same")
    upload = store.sign_parts(path("two"), 1, 60)
    request = urllib.request.Request(
        upload.parts[0].url, b"same", {"Content-Type": "x/y"}, method="PUT"
    )
    with urllib.request.urlopen(request) as answer:
        etags = [(1, answer.headers["ETag"])]
    store.complete_parts(path("two"), upload.upload_id, etags)
    for found in list(store.iter_objects()):
        assert store.verify(found.name) in {None, "no file has it"}
    assert [found.is_used for found in store.iter_objects()].count(True) == 1
    assert read(store, "two") == b"same"
    database.close()
