"""Digests that are computed once."""

from __future__ import annotations

import hashlib
import io
import os
import time

import pytest

from epochal.client.transfers import digests
from epochal.client.transfers.digests import Identity


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def identity(path, *, age_s=10):
    """Of a file that was last changed some time ago, as far as anybody can tell."""
    with path.open("rb") as content:
        found = Identity.of(content)
    changed = found.seen_ns - age_s * 10**9
    return Identity(found.device, found.inode, found.size, changed, changed, found.seen_ns)


def test_part_of_a_file_is_hashed_and_its_place_kept():
    """From where the file stands, as many bytes as asked for."""
    content = io.BytesIO(b"skipped" + b"x" * 3_000_000 + b"behind")
    content.seek(7)
    assert digests.digest_of(content, 3_000_000) == hashlib.sha256(b"x" * 3_000_000).hexdigest()
    assert content.tell() == 7
    assert digests.digest_of(io.BytesIO()) == hashlib.sha256().hexdigest()


def test_noted_digests_are_found_until_the_file_changes(tmp_path):
    """Size, inode and times tell an unchanged file."""
    file = tmp_path / "a"
    file.write_bytes(b"a")
    before = identity(file)
    assert digests.recall(before) is None
    digests.remember(before, "0" * 64)
    assert digests.recall(before) == "0" * 64
    later = identity(file, age_s=20)
    assert not later.is_same(before)
    assert digests.recall(later) is None


def test_fresh_files_are_not_noted(tmp_path):
    """A file that was written just now may change again within the same tick of its clock."""
    file = tmp_path / "a"
    file.write_bytes(b"a")
    with file.open("rb") as content:
        fresh = Identity.of(content)
    assert not fresh.is_settled
    digests.remember(fresh, "0" * 64)
    assert digests.recall(fresh) is None


def test_damaged_notes_and_unwritable_places_are_passed_over(tmp_path, monkeypatch):
    """The notes are a help and never a fault."""
    file = tmp_path / "a"
    file.write_bytes(b"a")
    found = identity(file)
    digests.remember(found, "0" * 64)
    found.place.write_bytes(b"\xff")
    assert digests.recall(found) is None
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    digests.remember(found, "0" * 64)
    assert digests.recall(found) is None


def test_touched_file_is_another(tmp_path):
    """Two looks at one file agree until it is touched."""
    file = tmp_path / "a"
    file.write_bytes(b"a")
    with file.open("rb") as content:
        first = Identity.of(content)
        assert first.is_same(Identity.of(content))
        time.sleep(0.02)
        os.utime(file)
        assert not first.is_same(Identity.of(content))
