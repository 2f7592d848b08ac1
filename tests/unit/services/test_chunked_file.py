"""Many chunks read as one file."""

import hashlib
import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epochal.blobs.folder import FolderBlobs
from epochal.errors import CorruptDataError
from epochal.ports.datasets import ChunkPlace
from epochal.rules.paths import ArtifactPath
from epochal.services.chunked_file import ChunkedFile


def stored(folder, sizes):
    """Chunks of some sizes in two packs, by turns; their bytes and a file over them."""
    rubbish, store, places, whole = random.Random(1), FolderBlobs(folder), [], b""
    packs = {"a.pack": b"", "b.pack": b""}
    for number, size in enumerate(sizes):
        pack = "ab"[number % 2] + ".pack"
        data = rubbish.randbytes(size)
        digest = hashlib.sha256(data).hexdigest()
        places.append(ChunkPlace(digest, pack, len(packs[pack]), size))
        packs[pack] += data
        whole += data
    for name, content in packs.items():
        writer = store.open_write(ArtifactPath.parse(name))
        writer.write(content)
        writer.commit()
    return whole, ChunkedFile.over(store, places)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return stored(tmp_path_factory.mktemp("chunks"), [10, 1, 700_000, 5, 300])


@settings(max_examples=60, deadline=None)
@given(start=st.integers(0, 700_400), size=st.integers(-1, 10_000))
def test_any_part_can_be_read(file, start, size):
    """From any place on, as of a plain file."""
    whole, opened = file
    plain = io.BytesIO(whole)
    assert opened.seek(start) == plain.seek(start)
    assert opened.read(size) == plain.read(size)
    assert opened.tell() == plain.tell()


def test_places_count_from_anywhere(file):
    """From the start, from here, from the end."""
    whole, opened = file
    opened.seek(-5, io.SEEK_END)
    assert opened.read() == whole[-5:]
    opened.seek(20)
    opened.seek(3, io.SEEK_CUR)
    assert opened.read(2) == whole[23:25]


def test_no_chunks_are_an_empty_file(tmp_path):
    """It ends at once."""
    assert stored(tmp_path, [])[1].read() == b""


def test_changed_and_lost_chunks_are_noticed(tmp_path):
    """Never are other bytes passed off as what was kept."""
    _, opened = stored(tmp_path, [50, 50])
    with (tmp_path / "b.pack").open("r+b") as pack:
        pack.write(b"changed")
    with opened, pytest.raises(CorruptDataError, match="was changed"):
        opened.read()
    (tmp_path / "lost").mkdir()
    _, opened = stored(tmp_path / "lost", [50])
    (tmp_path / "lost/a.pack").unlink()
    with opened, pytest.raises(CorruptDataError, match="is gone"):
        opened.read()
