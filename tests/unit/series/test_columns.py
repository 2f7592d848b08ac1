from __future__ import annotations

from hypothesis import given

from epochal.entities import Series
from epochal.series.columns import Bounds, Columns
from unit.series.series_strategies import ANY_POINTS, FEW_POINTS, bits, columns


@given(ANY_POINTS)
def test_series_and_columns_hold_the_same(points):
    """There and back changes no bit, an empty series included."""
    series = columns(points).to_series()
    assert bits(Columns.of(series)) == bits(series) == bits(columns(points))


def test_no_parts_are_no_points():
    """Joining nothing gives an empty series."""
    assert Columns.joined([]).to_series() == Series()


@given(FEW_POINTS)
def test_window_is_inclusive(points):
    """Both ends of a window of steps belong to it, and none means all."""
    chosen = columns(points).within(Bounds.of_steps(-1, 1))
    assert chosen.step.tolist() == [step for step, _, _ in points if -1 <= step <= 1]
    assert len(columns(points).within(Bounds())) == len(points)


def test_window_may_be_wider_than_int64():
    """Bounds beyond int64 mean no bound."""
    assert len(columns([(2**63 - 1, 0, 0.0)]).within(Bounds.of_steps(-(2**70), 2**70))) == 1
