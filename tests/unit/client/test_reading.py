"""Reading a journal back, whole and damaged."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epochal.client import records
from epochal.client.reading import (
    DamagedRecordError,
    MetricRecord,
    MetricsRecord,
    SeriesRecord,
    TextRecord,
    parse_body,
    read_records,
    split_rows,
)
from epochal.client.segment import HEADER_SIZE

INT64 = st.integers(-(2**63), 2**63 - 1)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def metric_row(series, step, timestamp, value):
    body = records.METRIC_BODY.pack(records.METRIC, series, step, timestamp, value)
    return records.frame(body)


def journal_bytes(count=5):
    """A segment with one of each kind and `count` points, and where each record ends."""
    parts = [records.frame(records.series_body(1, "run", "loss"))]
    parts += [metric_row(1, step, 1000 + step, step / 2) for step in range(count)]
    parts.append(records.frame(records.text_body(records.PARAM, "run", "lr", "0.1")))
    parts.append(
        records.frame(records.metrics_body(7, 8, array("I", [1]), array("d", [float("inf")])))
    )
    parts.append(records.frame(records.text_body(records.TAG, "run", "größe", "日本")))
    data, ends = bytes(HEADER_SIZE), []
    for part in parts:
        data += part
        ends.append(len(data))
    return data, ends


@given(TEXT, TEXT, TEXT)
def test_text_records_come_back(run_id, key, value):
    """Params, tags and statuses are read as they were written, in any script."""
    body = records.text_body(records.TAG, run_id, key, value)
    assert parse_body(body) == TextRecord(records.TAG, run_id, key, value)


@given(INT64, INT64, st.lists(st.tuples(st.integers(0, 2**32 - 1), st.floats()), max_size=20))
def test_metrics_records_come_back(step, timestamp, points):
    """Many series at one step are read bit by bit as they were written."""
    series = array("I", [number for number, _ in points])
    values = array("d", [value for _, value in points])
    found = parse_body(records.metrics_body(step, timestamp, series, values))
    assert isinstance(found, MetricsRecord)
    assert (found.step, found.timestamp, found.series) == (step, timestamp, series)
    assert found.values.tobytes() == values.tobytes()


def test_whole_journal_is_read_in_order():
    """All records come back with the offsets behind them, and unused room is no damage."""
    data, ends = journal_bytes()
    reading = read_records(data + bytes(5000))
    assert reading.damage is None
    assert [offset for offset, _ in reading.records] == ends
    kinds = [type(record) for _, record in reading.records]
    assert kinds == [SeriesRecord, *[MetricRecord] * 5, TextRecord, MetricsRecord, TextRecord]


@given(st.data())
@settings(max_examples=300)
def test_cut_journal_keeps_its_good_prefix(data):
    """A file cut at any byte yields every record that was whole, and says so unless it is."""
    whole, ends = journal_bytes()
    cut = data.draw(st.integers(HEADER_SIZE, len(whole)))
    reading = read_records(whole[:cut])
    expected = [end for end in ends if end <= cut]
    assert [offset for offset, _ in reading.records] == expected
    is_torn = cut != HEADER_SIZE and cut not in ends
    assert (reading.damage is not None) == is_torn or whole[
        expected[-1] if expected else HEADER_SIZE : cut
    ].strip(b"\0") == b""


@given(st.data())
@settings(max_examples=500)
def test_flipped_journal_keeps_its_good_prefix(data):
    """A byte changed anywhere is noticed; the records before it are read, those after are not."""
    whole, ends = journal_bytes()
    place = data.draw(st.integers(HEADER_SIZE, len(whole) - 1))
    flip = data.draw(st.integers(1, 255))
    broken = bytearray(whole + bytes(100))
    broken[place] ^= flip
    reading = read_records(bytes(broken))
    good = [end for end in ends if end <= place]
    assert [offset for offset, _ in reading.records] == good
    assert reading.damage is not None
    assert reading.damaged_at == (good[-1] if good else HEADER_SIZE)


def test_points_without_a_definition_are_damage():
    """A point of an unknown series is never given to some other one."""
    reading = read_records(bytes(HEADER_SIZE) + metric_row(9, 1, 1, 1.0))
    assert reading.records == []
    assert "never defined" in str(reading.damage)


@pytest.mark.parametrize(
    "body", [b"", b"\x63", b"\x04\x01", records.text_body(4, "a", "b", "c") + b"x"]
)
def test_bodies_of_no_known_kind_are_damage(body):
    """What a newer version wrote, or nobody, is refused and not guessed at."""
    with pytest.raises(DamagedRecordError):
        parse_body(body)


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), INT64, INT64, st.floats()), max_size=30))
def test_rows_split_into_exact_columns(rows):
    """Cutting rows into columns changes no bit of them."""
    series, steps, timestamps, values = split_rows(b"".join(metric_row(*row) for row in rows))
    assert list(series) == [row[0] for row in rows]
    assert list(steps) == [row[1] for row in rows]
    assert list(timestamps) == [row[2] for row in rows]
    assert values.tobytes() == array("d", [row[3] for row in rows]).tobytes()
