"""Every blob store keeps the promises of `ports.blobs`."""

import pytest

from epochal.blobs.folder import FolderBlobs
from epochal.blobs.indexed import IndexedBlobs
from epochal.blobs.plain import PlainBlobs
from epochal.sql.database import open_database
from epochal.sql.file_index import SqlFileIndex
from epochal.testing.blobs import BlobContract, SharingContract, SigningContract


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
