"""Zip files that are made while they are sent."""

import io
import zipfile

from epochal.entities import FileInfo
from epochal.ports.blobs import OpenFile
from epochal.server.archives import iter_zip


def opening(name, content):
    return lambda: OpenFile(FileInfo(name, is_dir=False), io.BytesIO(content))


def test_pieces_make_one_archive_and_stay_small():
    """However large the files are."""
    files = {"a": b"", "b/ü": b"x" * 5_000_000, "c": b"y"}
    pieces = list(iter_zip((name, opening(name, body)) for name, body in files.items()))
    assert len(pieces) > 4
    assert max(map(len, pieces)) < 3_000_000
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as found:
        assert {name: found.read(name) for name in found.namelist()} == files


def test_no_files_make_an_empty_archive():
    """Which is one all the same."""
    with zipfile.ZipFile(io.BytesIO(b"".join(iter_zip(iter(()))))) as found:
        assert found.namelist() == []
