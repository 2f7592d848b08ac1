from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.errors import CorruptDataError
from epochal.series.codec import decode_series, encode_series, open_series
from epochal.series.columns import Columns
from unit.series.series_strategies import ANY_POINTS, bits, columns


def loss(count: int) -> Columns:
    """A noisy curve with regular steps and ordinary clock jitter."""
    noise = np.random.default_rng(3)
    step = np.arange(count, dtype=np.int64)
    clock = 1_700_000_000_000 + np.cumsum(noise.integers(2, 6, count))
    return Columns(step, clock, 2 * np.exp(-step / 2e5) + 0.01 * noise.normal(size=count) + 0.1)


@given(ANY_POINTS)
def test_series_come_back_bit_by_bit(points):
    """Every float, NaN payloads included, and every int64 survives."""
    series = columns(points)
    assert bits(decode_series(encode_series(series))) == bits(series)


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1), st.integers(1, 50))
def test_even_steps_may_wrap(first, stride, count):
    """Equal differences survive even where their sum leaves int64."""
    words = (np.arange(count, dtype=np.uint64) * np.uint64(stride % 2**64)).view(np.int64)
    step = words + np.int64(first) if -(2**62) < first < 2**62 else words
    series = Columns(step, step, np.zeros(count))
    assert bits(decode_series(encode_series(series))) == bits(series)


def test_positions_are_picked_without_the_rest():
    """Picked points are those of the whole series."""
    series = loss(5000)
    packed = open_series(encode_series(series))
    chosen = np.array([0, 17, 4999])
    assert packed.has_growing_steps
    assert bits(packed.take(chosen)) == bits(series[chosen])
    assert packed.steps().tolist() == series.step.tolist()


def test_long_series_are_small():
    """Noise fills 6 bytes of a float64; steps and clock add half a byte."""
    series = loss(65_536)
    assert len(encode_series(series)) < 6.8 * len(series)
    single = Columns(series.step, series.timestamp, series.value.astype("f4").astype("f8"))
    assert len(encode_series(single)) < 3.2 * len(series)


@given(st.data())
def test_any_flipped_byte_is_noticed(data):
    """A damaged chunk raises; it never crashes and never reads as other numbers."""
    whole = encode_series(loss(300))
    position = data.draw(st.integers(0, len(whole) - 1))
    flip = data.draw(st.integers(1, 255))
    broken = bytearray(whole)
    broken[position] ^= flip
    with pytest.raises(CorruptDataError):
        decode_series(bytes(broken))


@given(st.binary(max_size=80))
def test_rubbish_is_refused(rubbish):
    """Bytes that we never wrote raise a clear error."""
    with pytest.raises(CorruptDataError, match="damaged chunk"):
        decode_series(rubbish)
