"""Segment files: their header, their room, the mark of delivery."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.client.reading import DamagedSegmentError, read_header
from epochal.client.segment import DELIVERED_AT, HEADER_SIZE, create_segment


def header_of(segment):
    return read_header(bytes(segment.view[:HEADER_SIZE]))


def test_header_tells_base_size_and_delivery(tmp_path):
    """What was noted in a segment is read from its file."""
    path = tmp_path / "1.journal"
    segment = create_segment(str(path), 4096)
    segment.begin(777)
    segment.note_delivered(100)
    header = read_header(path.read_bytes())
    assert (header.base, header.size, header.delivered) == (777, 4096, 100)
    segment.close(delete=True)
    assert not path.exists()


def test_memory_serves_where_no_file_can_be():
    """A segment without a path works the same and leaves nothing."""
    segment = create_segment(None, 4096)
    segment.begin(5)
    assert header_of(segment).base == 5
    segment.close(delete=True)


def test_existing_files_are_never_taken_over(tmp_path):
    """Two writers cannot write into one file."""
    create_segment(str(tmp_path / "1.journal"), 4096).close(delete=False)
    with pytest.raises(FileExistsError):
        create_segment(str(tmp_path / "1.journal"), 4096)


@given(st.integers(0, DELIVERED_AT - 1), st.integers(1, 255))
def test_changed_headers_are_noticed(place, flip):
    """No byte of base or size can change unseen."""
    segment = create_segment(None, 4096)
    segment.begin(12345)
    data = bytearray(segment.view[:HEADER_SIZE])
    data[place] ^= flip
    with pytest.raises(DamagedSegmentError):
        read_header(bytes(data))


@given(st.integers(DELIVERED_AT, DELIVERED_AT + 11), st.integers(1, 255))
def test_torn_marks_of_delivery_mean_nothing_delivered(place, flip):
    """A mark that a crash tore apart leads to a second delivery, which is harmless."""
    segment = create_segment(None, 4096)
    segment.begin(0)
    segment.note_delivered(2000)
    data = bytearray(segment.view[:HEADER_SIZE])
    data[place] ^= flip
    assert read_header(bytes(data)).delivered == HEADER_SIZE


@pytest.mark.parametrize("data", [b"", b"short", bytes(HEADER_SIZE), b"x" * 100])
def test_other_files_are_no_segments(data):
    """A file that is something else is refused."""
    with pytest.raises(DamagedSegmentError):
        read_header(data)
