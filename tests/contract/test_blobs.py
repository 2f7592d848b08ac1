"""Every blob store keeps the promises of `ports.blobs`."""

import pytest

from epochal.blobs.folder import FolderBlobs
from epochal.testing.blobs import BlobContract


class TestFolder(BlobContract):
    @pytest.fixture
    def store(self, tmp_path):
        return FolderBlobs(tmp_path / "artifacts")
