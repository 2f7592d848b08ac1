"""Reading on behind the damage in a segment."""

from __future__ import annotations

import random

import pytest

from epochal.client import records
from epochal.client.journal import Journal
from epochal.client.reading import MetricRecord, SeriesRecord, TextRecord
from epochal.client.salvage import Salvage
from epochal.client.segment import HEADER_SIZE, create_segment

RUN = "f" * 32


@pytest.fixture
def content():
    """A segment with two metrics, each with fifty points, and a param between them."""
    journal = Journal(lambda size: create_segment(None, size), lambda: None)
    for key in ("loss", "accuracy"):
        for step in range(50):
            journal.append_metric(RUN, key, step / 3, step, 1000 + step)
        journal.append_text(records.PARAM, RUN, f"best {key}", "0.5")
    (stretch,) = journal.stretches()
    return bytearray(stretch.segment.view[: stretch.end + 500])


def read(content):
    return Salvage().read(bytes(content))


def kinds(found):
    return [type(record) for _, record in found.records]


def test_all_of_a_whole_segment_is_read(content):
    """Without damage nothing is mended and nothing left behind."""
    found = read(content)
    assert len(found.records) == 104
    assert (found.mended, found.skipped_bytes, found.nameless) == (0, 0, 0)


def test_every_single_wrong_bit_is_mended(content):
    """Whichever bit it is, the same records come out."""
    whole = read(content).records
    end = whole[-1][0]
    for bit in random.Random(1).sample(range(8 * HEADER_SIZE, 8 * end), 150):
        content[bit >> 3] ^= 1 << (bit & 7)
        found = read(content)
        content[bit >> 3] ^= 1 << (bit & 7)
        assert found.records == whole
        assert found.mended == 1


def test_points_whose_name_is_lost_are_counted_and_left(content):
    """They are never taken for points of another metric."""
    content[HEADER_SIZE : HEADER_SIZE + 40] = b"\xee" * 40
    found = read(content)
    assert found.nameless == 50
    assert found.skipped_bytes > 0
    assert kinds(found) == [TextRecord, SeriesRecord, *[MetricRecord] * 50, TextRecord]


@pytest.mark.parametrize("filler", [b"\0", b"\xff", b"\x1d\0\0\0"])
def test_reading_goes_on_behind_any_damage(content, filler):
    """Also behind a page of zeros, as a crashed file system leaves, which is not the end."""
    content[1000:1400] = (filler * 400)[:400]
    found = read(content)
    assert 90 <= len(found.records) < 104
    assert 400 <= found.skipped_bytes < 500
    assert str(len(found.records)) in str(found)


def test_rubbish_holds_no_record():
    """Nothing is found in bytes of chance, in little time."""
    assert read(random.Random(2).randbytes(1 << 20)).records == []
