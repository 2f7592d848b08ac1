"""Cutting bytes where their content says so."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from epochal.data.chunking import MAX_BYTES, MIN_BYTES, cut


def rubbish(size, seed=0):
    return random.Random(seed).randbytes(size)


def joined(content):
    return b"".join(bytes(chunk.data) for chunk in cut(content))


@settings(max_examples=40, deadline=None)
@given(size=st.integers(0, 400_000), seed=st.integers(0, 5), run=st.integers(0, 200_000))
def test_joined_chunks_are_the_content(size, seed, run):
    """Whatever it is: random bytes, runs of one byte, nothing."""
    content = rubbish(size, seed) + b"\0" * run
    assert joined(content) == content
    sizes = [len(chunk.data) for chunk in cut(content)]
    assert all(MIN_BYTES <= each <= MAX_BYTES for each in sizes[:-1])


@settings(max_examples=30, deadline=None)
@given(
    place=st.integers(0, 2_000_000), removed=st.integers(0, 3000), added=st.binary(max_size=3000)
)
def test_an_edit_changes_the_chunks_around_it_only(place, removed, added):
    """Insert, delete or overwrite somewhere in 2 MB: few chunks are new."""
    before = rubbish(2_000_000)
    after = before[:place] + added + before[place + removed :]
    known = {chunk.digest for chunk in cut(before)}
    new = [len(chunk.data) for chunk in cut(after) if chunk.digest not in known]
    assert sum(new) <= 4 * MAX_BYTES


def test_a_file_is_cut_as_its_bytes_are(tmp_path):
    """Without being read into memory as a whole."""
    content = rubbish(300_000)
    (tmp_path / "x").write_bytes(content)
    from_file = [(chunk.digest, len(chunk.data)) for chunk in cut(str(tmp_path / "x"))]
    assert from_file == [(chunk.digest, len(chunk.data)) for chunk in cut(content)]


def test_an_empty_file_has_no_chunks(tmp_path):
    """There is nothing to keep of it."""
    (tmp_path / "x").write_bytes(b"")
    assert list(cut(str(tmp_path / "x"))) == []
    assert list(cut(b"")) == []
