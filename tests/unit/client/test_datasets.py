"""Sending and fetching versions."""

import random

import pytest

from epochal.client.datasets import fetch, keep
from epochal.entities import DatasetVersion
from epochal.errors import CorruptDataError, EpochalError
from epochal.settings import locate_store
from epochal.wiring import open_embedded

DRAFT = DatasetVersion("n", 0, "", "bytes", "x.bin", 0, 0)


@pytest.fixture
def shelf(tmp_path):
    services = open_embedded(locate_store(str(tmp_path / "store")))
    yield services.datasets
    services.close()


class Watched:
    """A shelf that remembers how much was sent, and may do things in between."""

    def __init__(self, shelf, before_commit=lambda: None) -> None:
        self.shelf, self.sent, self.before_commit = shelf, [], before_commit

    def __getattr__(self, name: str) -> object:
        return getattr(self.shelf, name)

    def upload(self, body):
        self.sent.append(len(body))
        return self.shelf.upload(body)

    def commit(self, draft, chunks):
        self.before_commit()
        return self.shelf.commit(draft, chunks)


def test_only_what_is_new_is_sent(shelf, tmp_path):
    """Nothing for the same content, little for a small change; in bounded requests."""
    content = bytearray(random.Random(0).randbytes(20 << 20))
    watched = Watched(shelf)
    version, is_new = keep(watched, DRAFT, memoryview(content))
    assert (is_new, version.size_bytes, len(watched.sent)) == (True, len(content), 2)
    assert max(watched.sent) < 17 << 20
    watched.sent.clear()
    assert not keep(watched, DRAFT, memoryview(content))[1]
    assert watched.sent == []
    content[5 << 20] ^= 1
    changed, _ = keep(watched, DRAFT, memoryview(content))
    assert sum(watched.sent) < 512 << 10
    fetch(shelf, changed, str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == content


def test_chunks_that_vanish_are_sent_again(shelf):
    """Somebody may delete between the question and the commit."""
    pending = [True]

    def vanish():
        if pending.pop() if pending else False:
            shelf.collect(grace_ms=-10_000)

    version, _ = keep(Watched(shelf, vanish), DRAFT, memoryview(b"some content"))
    assert version.version == 1


def test_chunks_that_always_vanish_end_in_an_error(shelf):
    """Never in a loop."""
    endless = Watched(shelf, lambda: shelf.collect(grace_ms=-10_000))
    with pytest.raises(EpochalError, match="vanish"):
        keep(endless, DRAFT, memoryview(b"other content"))


def test_another_content_is_not_passed_off(shelf, tmp_path):
    """Neither the file nor a part of it is left."""
    version, _ = keep(shelf, DRAFT, memoryview(b"one"))
    keep(shelf, DRAFT, memoryview(b"two"))
    other = DatasetVersion("n", 2, version.content, "bytes", "x", 3, 0)
    with pytest.raises(CorruptDataError, match="another content"):
        fetch(shelf, other, str(tmp_path / "back"))
    assert list(tmp_path.glob("back*")) == []
