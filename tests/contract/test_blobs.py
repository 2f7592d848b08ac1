"""Every blob store keeps the promises of `ports.blobs`."""

import pytest

from epochal.blobs.folder import FolderBlobs
from epochal.blobs.plain import PlainBlobs
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
