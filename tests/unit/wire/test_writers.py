"""Messages about writers."""

from __future__ import annotations

import json

import pytest

from epochal.entities import WriterReport
from epochal.errors import EpochalError
from epochal.wire.decoding import decode_body
from epochal.wire.writers import (
    NoteWriters,
    decode_delivered,
    encode_delivered,
    encode_reports,
    encode_writers,
)

REPORTS = [
    WriterReport("r1", "w", "ok", 3, "host", 7),
    WriterReport("r2", "w", "lagging", 2**62, "höst", 7, rank=3),
]


def test_reports_come_back_as_they_were_sent():
    """What the client encodes is what the server decodes."""
    asked = decode_body(NoteWriters, encode_reports(REPORTS))
    assert [report.report() for report in asked.writers] == REPORTS


def test_the_answer_has_what_pages_show():
    """Each writer with its rank or null."""
    (first, _) = json.loads(encode_writers(REPORTS))["writers"]
    assert first == {
        "writer": "w", "rank": None, "state": "ok", "waiting": 3, "seen_ms": 0, "host": "host",
        "pid": 7,
    }  # fmt: skip


def test_sequences_come_back():
    """And an answer that is none raises."""
    assert decode_delivered(encode_delivered({"w/r": 2**62})) == {"w/r": 2**62}
    with pytest.raises(EpochalError):
        decode_delivered(b'{"delivered": 3}')
